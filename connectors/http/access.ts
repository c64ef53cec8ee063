/** Shape of the settings that say how a source is reached over HTTP; for the options of every connector that asks. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { missingFile } from '../path-check.ts';
import type { HttpAccess } from '../ports.ts';

/** A secret goes into one header line: no line breaks, and not so long that servers refuse the line. */
const secret = z
  .string()
  .min(1, 'is empty; is the environment variable set?')
  .max(4000)
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'must be printable ASCII without blanks');

const auth = z.discriminatedUnion('kind', [
  /** `Authorization: Bearer …`. */
  z.strictObject({ kind: z.literal('bearer'), token: secret }),
  /** `Authorization: Basic …`. */
  z.strictObject({
    kind: z.literal('basic'),
    user: z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !text.includes(':') && !/\p{Cc}/u.test(text), 'must hold no colon and no line break'),
    password: z
      .string()
      .min(1, 'is empty; is the environment variable set?')
      .max(1000)
      .refine((text) => !/\p{Cc}/u.test(text), 'must hold no line break'),
  }),
  /** Every request is signed with a shared secret that never travels; see sign.ts. */
  z.strictObject({
    kind: z.literal('hmac'),
    key_id: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, 'must be letters, digits, dots, _ and -'),
    secret: z.string().min(16, 'must have at least 16 characters; is the environment variable set?').max(1000),
  }),
]);

/** A PEM file, relative to the folder of sources.yaml. */
const pem = z.string().min(1).max(1000);

const tls = z
  .strictObject({
    /** The authority that signed the server's certificate; then no other one is believed. */
    ca: pem.optional(),
    /** Certificate of the client and its key, both or neither (mTLS). */
    cert: pem.optional(),
    key: pem.optional(),
  })
  .refine((t) => (t.cert === undefined) === (t.key === undefined), '`cert` and `key` are given together');

export const httpAccess = z
  .strictObject({
    /** Credentials; secrets are written as ${ENV_NAME}. */
    auth: auth.optional(),
    tls: tls.optional(),
    /** Tries of one request in all, the first included. */
    tries: z.number().int().min(1).max(10).default(4),
    /** Seconds for one try, from connecting to the last byte. */
    try_seconds: z.number().min(0.1).max(3600).default(20),
    /** Seconds for all tries of one request and the pauses between them. */
    total_seconds: z.number().min(0.1).max(14_400).default(90),
    /** Largest body, as sent and as inflated. */
    max_bytes: z.number().int().min(1).max(2_000_000_000).default(50_000_000),
  })
  .refine((a) => a.try_seconds <= a.total_seconds, {
    path: ['try_seconds'],
    message: 'is more than `total_seconds`',
  });

/** @param folder that of sources.yaml, from which the PEM files are named */
export function absoluteAccess(access: HttpAccess, folder: string): HttpAccess {
  const { tls: files } = access;
  if (files === undefined) return access;
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(folder, path);
  return { ...access, tls: { ca: absolute(files.ca), cert: absolute(files.cert), key: absolute(files.key) } };
}

/** For the `check` of a connector: @returns which file of `tls` is missing or no PEM file, or null */
export function accessProblem(access: HttpAccess, folder: string): string | null {
  for (const path of Object.values(access.tls ?? {})) {
    if (path === undefined) continue;
    const missing = missingFile(folder, path);
    if (missing !== null) return missing;
    if (!readFileSync(resolve(folder, path), 'latin1').includes('-----BEGIN ')) return `${path} is no PEM file`;
  }
  return null;
}
