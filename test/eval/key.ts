/** The answer key of a document: what a person found by reading it, one JSON object a line. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const row = z.union([z.number(), z.string()]);
const evidence = z.looseObject({ row: row.optional(), table: row.optional() }).default({});

/** `null` in an accepted answer means: without this. */
const observationFields = {
  subject_type: z.enum(['database', 'agency']).optional(),
  subject_id: z.string().optional(),
  attribute: z.string().optional(),
  target: z.string().nullish(),
  value_number: z.number().nullish(),
  value_total: z.number().nullish(),
  value_low: z.number().nullish(),
  value_high: z.number().nullish(),
  value_text: z.string().nullish(),
  value_time: z.string().nullish(),
  unit: z.string().nullish(),
  stage: z.string().nullish(),
  role: z.string().nullish(),
  modality: z.string().nullish(),
  extent: z.string().nullish(),
  shared_n: z.number().nullish(),
  quoted: z.string().nullish(),
  flags: z.record(z.string(), z.unknown()).optional(),
};

/**
 * `accept` holds other answers a careful reader may give: each replaces the fields it names. An `optional` line counts
 * neither as missing nor as wrong; the fields it leaves out may be anything.
 */
export const keyObservation = z.looseObject({
  type: z.literal('observation'),
  ...observationFields,
  optional: z.boolean().default(false),
  accept: z.array(z.looseObject({ ...observationFields, evidence: evidence.optional() })).default([]),
  evidence,
});
export type KeyObservation = z.output<typeof keyObservation>;

const ids = z.array(z.string()).default([]);
const measured = {
  deadline: z.string().nullish(),
  legal_basis: z.string().optional(),
  lead_agencies: z.array(z.string()).optional(),
  overdue_agencies: z.array(z.string()).optional(),
  database_ids: z.array(z.string()).optional(),
};
/** The fields of a task that are measured one by one. */
export type TaskField = keyof typeof measured;
export const keyTask = z.looseObject({
  type: z.literal('task'),
  table: row.optional(),
  /** A number that is not whole ("1.1") stands in `sub` or, with `no` null, in the row of the evidence. */
  no: z.number().nullable(),
  sub: z.string().optional(),
  /** The first words of the title, to tell apart tasks of several tables that carry the same number. */
  hint: z.string().optional(),
  deadline: z.string().nullish(),
  deadline_raw: z.string().optional(),
  legal_basis: z.string().optional(),
  assigned_agencies_n: z.number().optional(),
  lead_agencies: ids,
  lead_optional: ids,
  overdue_agencies: ids,
  overdue_optional: ids,
  database_ids: ids,
  database_optional: ids,
  optional: z.boolean().default(false),
  /** Fields that count neither way. */
  optional_fields: z.array(z.string()).default([]),
  accept: z.array(z.looseObject(measured)).default([]),
  evidence,
});
export type KeyTask = z.output<typeof keyTask>;

/** Numbers as printed; a table of overdue tasks alone gives `own` and `shared` instead of what was assigned. */
export const keyCount = z.looseObject({
  type: z.literal('agency_count'),
  agency: z.string(),
  assigned: z.number().optional(),
  done: z.number().optional(),
  in_progress: z.number().optional(),
  overdue: z.number(),
  own: z.number().optional(),
  shared: z.number().optional(),
  adds_up: z.boolean().optional(),
  optional: z.boolean().default(false),
  evidence,
});
export type KeyCount = z.output<typeof keyCount>;

export const keyCheck = z.looseObject({
  type: z.literal('document_check'),
  kind: z.enum(['list_count', 'odd_date']),
  printed: row,
  counted: row,
  optional: z.boolean().default(false),
  evidence,
});
export type KeyCheck = z.output<typeof keyCheck>;

const keyLine = z.discriminatedUnion('type', [keyObservation, keyTask, keyCount, keyCheck]);

export interface Key {
  observations: KeyObservation[];
  tasks: KeyTask[];
  counts: KeyCount[];
  checks: KeyCheck[];
}

/**
 * Reads a key file.
 * @throws Error naming the file and the line that is not a key line
 */
export function readKey(path: string): Key {
  const key: Key = { observations: [], tasks: [], counts: [], checks: [] };
  for (const [i, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (text.trim() === '') continue;
    let line: z.output<typeof keyLine>;
    try {
      line = keyLine.parse(JSON.parse(text));
    } catch (error) {
      throw new Error(`${path}:${i + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (line.type === 'observation') key.observations.push(line);
    else if (line.type === 'task') key.tasks.push(line);
    else if (line.type === 'agency_count') key.counts.push(line);
    else key.checks.push(line);
  }
  return key;
}
