/** Shape of report.yaml: what the head and the end of an official report say. Rule: nothing given, nothing printed but a blank. */
import { z } from 'zod';
import { slug } from './parts.ts';

/** One line of text as a person wrote it. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be one line of text');

const letterhead = z.strictObject({
  /** The body above the issuing one; not bold in the head. */
  parent: line.nullable().default(null),
  issuer: line.nullable().default(null),
  /** Short name of the issuing body in the symbol of a number: BC-… */
  symbol: line.nullable().default(null),
  place: line.nullable().default(null),
  /** To whom, where the report goes to a superior. */
  addressees: z.array(line).max(20).default([]),
  signer: z
    .strictObject({
      /** Authority and position, one line each. */
      position: z.array(line).max(4).default([]),
      name: line.nullable().default(null),
    })
    .default({ position: [], name: null }),
  /** Copies to, one body each; the last line is usually the archive. */
  recipients: z.array(line).max(40).default([]),
});
export type Letterhead = z.output<typeof letterhead>;

export const reportFile = z.strictObject({
  /** Of the national report, and of those of agencies without one of their own. */
  letterhead: letterhead.prefault({}),
  /** Agency → head of the report on its databases. */
  agencies: z.record(slug, letterhead).default({}),
});
export type ReportSettings = z.output<typeof reportFile>;
