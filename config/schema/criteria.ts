/** Shape of criteria.yaml: the checklist of the Bộ Công an, as configuration a site replaces. */
import { z } from 'zod';
import { speaker } from './parts.ts';

export const criterion = z.strictObject({
  id: z.string().regex(/^tc\d{2}$/, 'must be tc01, tc02, …'),
  title: z.string().min(1),
  short: z.string().min(1),
  block: z.enum(['phap_ly', 'an_ninh', 'ket_noi', 'dung', 'du', 'sach', 'song']),
  certainty: z.enum(['explicit', 'implied', 'filled_in', 'official']),
  basis: z.string(),
  met_when: z.string(),
  in_progress_when: z.string().nullable(),
  accepted_evidence: z.string(),
  not_evidence: z.array(z.string()).default([]),
  not_applicable_when: z.string().nullable(),
  /** The attribute whose facts bear on the criterion, if any, and what its states say about it. */
  attribute: z.string().nullable(),
  met_states: z.array(z.string()).default([]),
  unmet_states: z.array(z.string()).default([]),
  said_by: z.array(speaker).default([]),
  duplicates_indicator: z.string().nullable(),
  seen: z.array(z.string()).default([]),
});

export const criteriaFile = z.strictObject({
  version: z.string(),
  status: z.enum(['reconstructed', 'official']),
  total: z.number().int().min(1).max(22),
  numbering: z.string(),
  source_note: z.string(),
  criteria: z.array(criterion),
});
export type Criteria = z.output<typeof criteriaFile>;
