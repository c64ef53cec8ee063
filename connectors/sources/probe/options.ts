/** Shape of the options: which endpoints are tried, how often, and what counts as an answer. */
import { z } from 'zod';
import { slug } from '../../../config/schema/parts.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';

/** An endpoint written one way; what is wrong with it is said without repeating it. */
const written = (kind: Endpoint['kind']) =>
  z
    .string()
    .max(2000)
    .superRefine((text, context) => {
      const problem = endpointOf(kind, text);
      if (typeof problem === 'string') context.addIssue({ code: 'custom', message: problem });
    });

/** What is shown to everybody; an address in it would be shown to everybody too. */
const ADDRESS =
  /:\/\/|@|:\d{2,5}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]*::[0-9a-f]*|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,}\b|\.vn\b|\blocalhost\b/i;
const shown = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => !/\p{Cc}/u.test(name), 'must be one line')
  .refine((name) => !ADDRESS.test(name), 'is shown in reports: a name for people, no address');

const target = z
  .strictObject({
    database: slug,
    /** The endpoint's name in reports, one a database. */
    name: shown,
    /** Exactly one of these: a page that is fetched, or a port that is opened, with TLS or without. */
    url: written('url').optional(),
    tcp: written('tcp').optional(),
    tls: written('tls').optional(),
    /** PEM file, relative to sources.yaml: the authority that signed the certificate, if not a public one. */
    ca: z.string().min(1).optional(),
    /** Answers to a fetch that count; without it every one below 500: who asks for a password is alive. */
    expect_status: z.array(z.number().int().min(100).max(599)).min(1).optional(),
    tries: z.number().int().min(1).max(10).default(3),
    /** Seconds between two tries, and for one try in all. */
    pause_seconds: z.number().min(0).max(60).default(1),
    timeout_seconds: z.number().min(0.1).max(60).default(10),
  })
  .refine(
    (t) => [t.url, t.tcp, t.tls].filter((part) => part !== undefined).length === 1,
    'give one of url, tcp and tls',
  )
  .refine((t) => t.expect_status === undefined || t.url !== undefined, {
    path: ['expect_status'],
    message: 'is for `url` alone',
  })
  .refine((t) => t.ca === undefined || t.tls !== undefined || /^https:/i.test(t.url ?? ''), {
    path: ['ca'],
    message: 'is for `tls` and https alone',
  })
  .refine((t) => !holdsHost(t.name, t), {
    path: ['name'],
    message: 'is shown in reports and must not hold the host',
  });
export type TargetOptions = z.output<typeof target>;

export const options = z
  .strictObject({
    /** What the evidence is called in reports. */
    title: z.string().min(1).max(200),
    targets: z.array(target).min(1).max(1000),
    /** A port of the operator's own network: when it cannot be opened either, the network is at fault and not the owners. */
    control: written('tcp').optional(),
  })
  .refine((o) => new Set(o.targets.map((t) => `${t.database} ${t.name}`)).size === o.targets.length, {
    path: ['targets'],
    message: 'two targets of one database have the same name',
  });
export type Options = z.output<typeof options>;

/** The endpoint a target names; its text was checked with the options. */
export function endpointFrom(given: Written): Endpoint {
  const found = read(given);
  if (typeof found === 'string') throw new Error(`an endpoint that was not checked: ${found}`);
  return found;
}

interface Written {
  url?: string | undefined;
  tcp?: string | undefined;
  tls?: string | undefined;
}

function read({ url, tcp, tls }: Written): Endpoint | string {
  if (url !== undefined) return endpointOf('url', url);
  return tls !== undefined ? endpointOf('tls', tls) : endpointOf('tcp', tcp ?? '');
}

/** Short hosts are words that may stand in a name by chance. */
function holdsHost(name: string, given: Written): boolean {
  const found = read(given);
  return typeof found !== 'string' && found.host.length >= 4 && name.toLowerCase().includes(found.host);
}
