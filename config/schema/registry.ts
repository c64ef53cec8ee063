/** Rows of the registry files: databases, deadlines, agencies, who followed whom, who owned what when, days off. */
import { z } from 'zod';
import { cellDay, cellDuration, cellList, cellText, day, optionalDay, slug, strength } from './parts.ts';

export const databaseRow = z.strictObject({
  database_id: slug,
  name: z.string().min(1),
  kind: z.enum(['quoc_gia', 'chuyen_nganh', 'he_thong']),
  /** umbrella: a heading over its parts, never scored nor counted; group: a set the documents do not name one by one. */
  row_kind: z.enum(['database', 'umbrella', 'group']),
  part_of: cellText,
  agency_id: cellText,
  listed_in: cellList,
  /** Vietnamese persons in the database: `no` and `foreign` take the C06 questions out. */
  holds_persons: z.enum(['yes', 'no', 'foreign', 'unknown']),
  custodian: cellText,
  classification: z.enum(['open', 'restricted', 'unknown']),
  required_direction: z.enum(['one_way', 'two_way', 'unknown']),
  headline_unit: cellText,
  update_frequency: cellDuration,
  sync_schedule: cellDuration,
  aliases: cellList,
  note: cellText,
  /** First and last day on which it is counted; empty: since and for as long as anybody knows. */
  valid_from: optionalDay,
  valid_to: optionalDay,
});
export type DatabaseRow = z.output<typeof databaseRow>;
export const LISTED_IN = ['nq71', 'nq11', 'key12', 'de_an_06', 'other'] as const;

export const deadlineRow = z.strictObject({
  database_id: slug,
  due: day,
  precision: z.enum(['day', 'month', 'year']),
  basis: z.string().min(1),
  what: z.string().min(1),
  document: z.string().min(1),
  row: z.string(),
});
export type DeadlineRow = z.output<typeof deadlineRow>;

export const agencyRow = z.strictObject({
  agency_id: slug,
  name: z.string().min(1),
  short_name: cellText,
  type: z.string().min(1),
  group: z.string().min(1),
  protocol_order: z.coerce.number().int(),
  parent_id: cellText,
  valid_from: cellDay,
  valid_to: cellDay,
  aliases: cellList,
  note: cellText,
});
export type AgencyRow = z.output<typeof agencyRow>;

export const successionRow = z.strictObject({
  from_id: slug,
  to_id: slug,
  field: cellText,
  date: day,
  basis: z.string(),
  strength,
});
export type SuccessionRow = z.output<typeof successionRow>;

/** What became of a database on a day; a split or a merger is one row a part. */
export const databaseSuccessionRow = z.strictObject({
  from_id: slug,
  to_id: slug,
  kind: z.enum(['renamed', 'split', 'merged']),
  /** First day on which the successor is counted. */
  date: day,
  basis: z.string().min(1),
  strength,
});
export type DatabaseSuccessionRow = z.output<typeof databaseSuccessionRow>;

/** An owner of earlier days; on a day that no row covers the owner in databases.csv holds. */
export const databaseOwnerRow = z.strictObject({
  database_id: slug,
  agency_id: slug,
  valid_from: cellDay,
  valid_to: cellDay,
  basis: z.string().min(1),
});
export type DatabaseOwnerRow = z.output<typeof databaseOwnerRow>;

/** A day that the week alone would tell wrong: a day off from Monday to Friday, or a Saturday or Sunday that is worked. */
export const holidayRow = z.strictObject({
  date: day,
  kind: z.enum(['holiday', 'make_up_workday']),
  name: z.string().min(1),
  basis: z.string().min(1),
  strength,
});
export type HolidayRow = z.output<typeof holidayRow>;
