/**
 * The small pieces every page is made of: text with links, badges, marks, bars, evidence, tables of rows.
 * Rule: every field is filled (null, never absent), so that a template can never print a hole.
 */
import { z } from 'zod';

const text = z.string();
const maybe = z.string().nullable();

/** A piece of running text; `href` is relative to the root of the site. */
export const segment = z.strictObject({ text, href: maybe, tone: z.enum(['plain', 'overdue', 'strong', 'muted']) });
export const rich = z.array(segment);

/** A name with the page that explains it. */
export const link = z.strictObject({ text, href: maybe });

/** A level as a numbered badge; without a level it is grey and says why. */
export const badge = z.strictObject({
  level: z.number().int().min(1).max(5).nullable(),
  name: text,
  short: text,
  note: maybe,
});

/** Shape and word of a state; the colour only repeats them. */
export const MARK_SHAPES = ['done', 'half', 'open', 'later', 'asked', 'out', 'none', 'clash', 'old'] as const;
export const mark = z.strictObject({ shape: z.enum(MARK_SHAPES), word: text });

/** The interval bar: numbers for the drawing, texts for the reader. */
export const bar = z.strictObject({
  floor: z.number(),
  confirmed: z.number(),
  ceiling: z.number(),
  coverage: z.number(),
  threshold: z.number().nullable(),
  range: text,
  coverage_text: text,
  alt: text,
});

/** Where a statement stands: short text with a link to the full row of the evidence table. */
export const evidence = z.strictObject({ text, href: maybe, title: text });

/** One row of the evidence table of a page. */
export const fact = z.strictObject({
  anchor: text,
  what: text,
  value: text,
  details: z.array(text),
  said_by: text,
  quoted: maybe,
  grade: text,
  date: text,
  document: text,
  place: maybe,
  inherited: maybe,
  shared: maybe,
  given_from: link.nullable(),
  given_by: maybe,
  conflict: maybe,
  stale: maybe,
  silenced: maybe,
  is_current: z.boolean(),
});

/** A next step with the six "rõ" columns and what it would gain. */
export const action = z.strictObject({
  no: text,
  text: rich,
  responsible: text,
  lead: rich,
  coordinate: rich,
  product: text,
  due: rich,
  authority: text,
  result: rich,
});

/** Somebody waits for somebody. */
export const waitingLine = z.strictObject({
  database: link,
  owner: link,
  holder: text,
  what: text,
  since: text,
  days: z.number().nullable(),
  days_text: text,
  evidence: evidence.nullable(),
});

/** Something a person must look at. */
export const finding = z.strictObject({
  kind: text,
  name: text,
  text,
  severity: z.enum(['info', 'warning', 'error']),
  database: link.nullable(),
  owner: link.nullable(),
  /** What became of it: its state and since when, who said what of it. */
  notes: z.array(text),
});

/** Rows behind a distribution of databases over the levels. */
export const levelStrip = z.strictObject({
  caption: text,
  rows: z.array(
    z.strictObject({
      name: text,
      parts: z.array(
        z.strictObject({ level: z.number().int().nullable(), name: text, count: z.number().int(), href: maybe }),
      ),
    }),
  ),
});

/** One database in a list. */
export const databaseRow = z.strictObject({
  kind: z.enum(['database', 'umbrella', 'group']),
  is_part: z.boolean(),
  anchor: text,
  place: text,
  place_sort: z.number(),
  name: link,
  group_note: maybe,
  owner: link,
  agency_id: text,
  level: text,
  listed_in: text,
  tags: text,
  search: text,
  reported: badge,
  confirmed: badge,
  max: maybe,
  criteria: text,
  criteria_sort: z.number(),
  criteria_note: maybe,
  c12: text,
  sync: text,
  cleaning: text,
  deadline: text,
  deadline_sort: text,
  overdue: text,
  overdue_sort: z.number(),
  shared: maybe,
});

/** A task of a list, with the databases it is about. */
export const taskRow = z.strictObject({
  anchor: text,
  no: text,
  title: rich,
  basis: text,
  lead: text,
  deadline: text,
  deadline_sort: text,
  agencies: z.array(z.strictObject({ agency: link, status: text, difficulty: text })),
  agencies_note: maybe,
  days: text,
  days_sort: z.number(),
  place: maybe,
});

export type Segment = z.output<typeof segment>;
export type Rich = Segment[];
export type Link = z.output<typeof link>;
export type Badge = z.output<typeof badge>;
export type Mark = z.output<typeof mark>;
export type MarkShape = (typeof MARK_SHAPES)[number];
export type Bar = z.output<typeof bar>;
export type Evidence = z.output<typeof evidence>;
export type Fact = z.output<typeof fact>;
export type Action = z.output<typeof action>;
export type WaitingLine = z.output<typeof waitingLine>;
export type Finding = z.output<typeof finding>;
export type LevelStrip = z.output<typeof levelStrip>;
export type DatabaseListRow = z.output<typeof databaseRow>;
export type TaskListRow = z.output<typeof taskRow>;
