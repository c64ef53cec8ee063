/** Shape of publication.yaml: how what is published is known outside. */
import { z } from 'zod';

/** `noi_bo` is everything; `chia_se` leaves out what must not leave the house. */
export const EDITIONS = ['noi_bo', 'chia_se'] as const;
export type Edition = (typeof EDITIONS)[number];

const keep = z.strictObject({
  /** The newest ones, whatever their day. */
  newest: z.int().min(1).default(14),
  /** And the last one of each of the newest months that have any. */
  month_ends: z.int().min(0).default(24),
});
export type Keep = z.output<typeof keep>;

export const publicationFile = z.strictObject({
  /**
   * Beginning of every IRI in the machine-readable exports: a name of ours (`urn:…:`), or the address at which the
   * folder of the publication is served.
   */
  iri_base: z
    .string()
    .regex(
      /^(urn:[a-z0-9][a-z0-9-]{1,30}[a-z0-9]:([a-z0-9.-]+:)*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?\/([A-Za-z0-9._~-]+\/)*)$/,
      'must be urn:NAME: or an http(s) address that ends with /',
    ),
  /** What a night publishes; the internal edition always. */
  editions: z
    .array(z.enum(EDITIONS))
    .refine((editions) => editions.includes('noi_bo'), 'must hold noi_bo, which the others are made from')
    .default(['noi_bo']),
  /** Each publication is signed: the file of the private key (PEM, Ed25519), relative to the folder of settings. */
  sign: z.strictObject({ key: z.string().min(1) }).optional(),
  /** Which publications stay on the disk, of each edition; what a link leads to always does. */
  keep: keep.prefault({}),
});
export type Publication = z.output<typeof publicationFile>;
