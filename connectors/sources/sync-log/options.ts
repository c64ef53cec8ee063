/** Shape of the options: where the log is, what its columns are called, and what it is declared to cover. */
import { z } from 'zod';
import { day, grade, name, slug, speaker } from '../../../config/schema/parts.ts';
import { httpAccess } from '../../http/access.ts';

export const FORMATS = ['csv', 'jsonl', 'parquet', 'arrow'] as const;
export type Format = (typeof FORMATS)[number];

const column = z.string().min(1).max(128);

const columns = z
  .strictObject({
    /** Code of the database. */
    database: column,
    direction: column.optional(),
    /** When a batch began and ended; one of the two is needed. A batch without an end has not succeeded. */
    started: column.optional(),
    finished: column.optional(),
    /** When the data of the batch came about; the lag then runs from there. */
    created: column.optional(),
    sent: column.optional(),
    accepted: column.optional(),
    rejected: column.optional(),
    reason: column.optional(),
    /** Records still waiting after the batch. */
    backlog: column.optional(),
    /** What a reconciliation compared, and found equal. */
    checked: column.optional(),
    matched: column.optional(),
    /** Name of a field → column that counts the records whose field differs. */
    mismatched: z
      .record(name.max(60), column)
      .refine((fields) => Object.keys(fields).length <= 60, 'at most 60 fields')
      .default({}),
  })
  .refine((c) => c.started !== undefined || c.finished !== undefined, 'one of `started` and `finished` is needed');
export type Columns = z.output<typeof columns>;

const TIME_ZONE = /^(?:Asia\/Ho_Chi_Minh|UTC|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

export const options = z
  .strictObject({
    /** What the evidence is called in reports. */
    title: z.string().min(1).max(200).default('sync log'),
    /** A file, a folder, or a pattern with `*` and `?` in the name of the file; relative to sources.yaml. */
    path: z.string().min(1).max(1000).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** How `url` is asked: credentials, certificates, tries, limits. */
    http: httpAccess.prefault({}),
    /** Default: by the file's ending (.csv .jsonl .ndjson .parquet .arrow .arrows .ipc, and .gz of the first three). */
    format: z.enum(FORMATS).optional(),
    /** Whose traffic it is. */
    partner: z.enum(['c12', 'c06']),
    columns,
    /** Their code → database_id; a code that is a database_id needs no entry. */
    databases: z.record(z.string().min(1).max(200), slug).default({}),
    /** Their word, whatever its case → direction, seen from the database. */
    directions: z.record(z.string().min(1).max(100), z.enum(['out', 'in'])).default({ out: 'out', in: 'in' }),
    /** Of times without an offset: Asia/Ho_Chi_Minh, UTC, or an offset such as +07:00. */
    time_zone: z
      .string()
      .regex(TIME_ZONE, 'must be Asia/Ho_Chi_Minh, UTC or an offset such as +07:00')
      .default('Asia/Ho_Chi_Minh'),
    /** iso: 2026-06-29 08:00:00, with T or offset too; dmy: 29/06/2026 08:00:00; epoch_s, epoch_ms: numbers; auto: any of them. */
    time_format: z.enum(['auto', 'iso', 'dmy', 'epoch_s', 'epoch_ms']).default('auto'),
    window_days: z.number().int().min(1).max(400).default(30),
    /** First day the log covers, where it is earlier than its first batch. */
    covers_from: day.optional(),
    /** Databases the log would show were there a batch; `all`: those in it or in `databases`. */
    covers: z.union([z.literal('all'), z.array(slug).min(1).max(1000)]).default('all'),
    /** How old the newest file or batch may be for the log to count as delivered. */
    delivered_within_days: z.number().int().min(1).max(60).default(3),
    /** Of CSV; found from the header when it is not given. */
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    /** Which reconciliation speaks: all batches of the newest day that has one, or all of the window. */
    reconciles: z.enum(['latest_day', 'window']).default('latest_day'),
    grade: grade.default('E4'),
    said_by: speaker.default('receiver'),
  })
  .refine((o) => (o.path === undefined) !== (o.url === undefined), 'give either `path` or `url`')
  .superRefine((o, context) => {
    const need = o.partner === 'c12' ? (['sent', 'accepted'] as const) : (['checked', 'matched'] as const);
    for (const key of need) {
      if (o.columns[key] !== undefined) continue;
      const message = `is needed where \`partner\` is ${o.partner}`;
      context.addIssue({ code: 'custom', path: ['columns', key], message });
    }
  });
export type Options = z.output<typeof options>;

/** Milliseconds by which clocks of the zone are ahead of UTC. */
export function aheadOf(timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const [, sign = '+', hours = '07', minutes = '00'] = /^([+-])(\d\d):(\d\d)$/.exec(timeZone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
