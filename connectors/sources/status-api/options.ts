/** Shape of the options: where the owner's status is, how it is asked for, and what it may be. */
import { z } from 'zod';
import { grade, speaker } from '../../../config/schema/parts.ts';
import { urlOf } from '../../../config/url-of.ts';
import { httpAccess } from '../../http/access.ts';

const isWithoutUser = (url: URL | null): boolean => url?.username === '' && url.password === '';

export const options = z.strictObject({
  /** The first page; its host must be declared under `hosts`. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => isWithoutUser(urlOf(text)), {
      error: 'must not hold a user or password; write them under `http.auth`',
    }),
  /** How it is asked: credentials, certificates, tries, limits. */
  http: httpAccess.prefault({}),
  /** What the evidence is called in reports; without it, what the owner calls it. */
  title: z.string().min(1).max(300).optional(),
  /** The `id` the report must have, so that nobody else's is taken for it. */
  document_id: z.string().min(1).max(100).optional(),
  /** Of facts that do not say it themselves. `trust` of the source stands above both. */
  grade: grade.default('E3'),
  said_by: speaker.default('owner'),
});
export type Options = z.output<typeof options>;
