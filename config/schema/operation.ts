/** Shapes of sources.yaml, waivers.yaml, decisions.yaml and contradictions.yaml. */
import { z } from 'zod';
import { day, grade, name, recordBudget, slug, speaker, unitValue } from './parts.ts';
import { postgres } from './postgres.ts';
import { reconciliation } from './reconcile.ts';

export const source = z.strictObject({
  /** `decisions` is the source of facts entered by hand. */
  id: slug.refine((id) => id !== 'decisions', '"decisions" is the name of the facts entered by hand'),
  connector: z.string().min(1),
  /** A run is published only when enough of the required sources answered. */
  required: z.boolean().default(false),
  /** Seconds the source may take in all. */
  budget_seconds: z.number().int().positive().max(86_400).default(300),
  /**
   * How far what the source states is believed: the highest grade it may give, and for whom it may speak. What goes
   * beyond is refused. Without it every grade and speaker is taken as stated: only for files the operator keeps himself.
   */
  trust: z.strictObject({ grade, said_by: z.array(speaker).min(1) }).optional(),
  /**
   * Keep the full words of status and difficulty of each agency with a task. Without it only whether there were any is
   * kept: what an agency writes may name systems and weaknesses, so that keeping it is a choice of the operator.
   */
  store_text: z.boolean().default(false),
  /** Checked by the connector itself. */
  options: z.record(z.string(), z.unknown()).default({}),
});
export type SourceSetting = z.output<typeof source>;

/** A host the program may ask: a name or address, with a port where only that one is meant. */
const host = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (text) => /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/.test(text),
    'must be a host, or host:port; no scheme, no path',
  );

/** Limits over all sources; what a single one may take stands with it. */
const network = z.strictObject({
  /** Sources collected side by side, and requests in all at a time. */
  concurrency: z.number().int().min(1).max(256).default(16),
  /** Requests to one host at a time. */
  per_host: z.number().int().min(1).max(64).default(4),
  /** Requests to one host within a second. */
  per_host_per_second: z.number().int().min(1).max(1000).default(20),
});

/** A source that failed for so many runs on end is only asked lightly, until it answers again. */
const circuit = z.strictObject({
  after_failures: z.number().int().min(1).max(1000).default(5),
  probe_seconds: z.number().int().min(1).max(600).default(15),
});

/** A contract of contracts/ that the night measures. Without `data` or `postgres` its own `servers` are used. */
export const measurement = z
  .strictObject({
    /** Its file in contracts/, or its id. */
    contract: z.string().min(1),
    /** One path or glob, a folder with one file a table, or one path a table. Relative to this file. */
    data: z.union([z.string().min(1), z.record(z.string(), z.string().min(1))]).optional(),
    postgres: postgres.optional(),
    /** The day of the copy, where the data are one; times are then held against its end. */
    as_of: day.optional(),
    /** E4 where the live database is asked, E3 for a copy the owner made; without it E4 for a server, E3 for files. */
    grade: z.enum(['E3', 'E4']).optional(),
    ...recordBudget,
  })
  .refine((m) => m.data === undefined || m.postgres === undefined, 'either data or postgres');
export type MeasurementSetting = z.output<typeof measurement>;

export const sourcesFile = z.strictObject({
  as_of: day.optional(),
  measure: z.array(measurement).default([]),
  reconcile: z
    .array(reconciliation)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id stands there twice')
    .default([]),
  hosts: z.array(host).default([]),
  network: network.default(network.parse({})),
  circuit: circuit.default(circuit.parse({})),
  sources: z.array(source).min(1, 'at least one source is needed'),
});
export type Sources = z.output<typeof sourcesFile>;

export const waiver = z
  .strictObject({
    database: slug,
    criterion: z.string().optional(),
    indicator: z.string().optional(),
    approved_by: z.string().min(1),
    document: z.string().min(1),
    ground: z.string().min(1),
    from: day,
    until: day,
  })
  .refine(
    (w) => (w.criterion === undefined) !== (w.indicator === undefined),
    'a waiver names either a criterion or an indicator',
  )
  .refine((w) => w.from <= w.until, '`until` lies before `from`');
export const waiversFile = z.strictObject({ waivers: z.array(waiver) });
export type Waiver = z.output<typeof waiver>;

const decided = { id: slug, who: z.string().min(1), when: day, ground: z.string().min(1) };
/** A decision on a finding holds from `when` to `until`, or for good. */
const onFinding = { finding: z.string().min(1), until: day.optional() };
const endsLater = [
  (d: { when: string; until?: string | undefined }): boolean => d.until === undefined || d.when <= d.until,
  '`until` lies before `when`',
] as const;
export const decision = z.discriminatedUnion('kind', [
  z.strictObject({ ...decided, kind: z.literal('confirm'), observation: z.string().min(1) }),
  z.strictObject({ ...decided, kind: z.literal('reject'), observation: z.string().min(1) }),
  z.strictObject({ ...decided, ...onFinding, kind: z.literal('acknowledge') }).refine(...endsLater),
  z
    .strictObject({
      ...decided,
      ...onFinding,
      kind: z.literal('contest'),
      answer: z.strictObject({ who: z.string().min(1), when: day, text: z.string().min(1) }).optional(),
    })
    .refine(...endsLater)
    .refine((d) => d.answer === undefined || d.when <= d.answer.when, '`answer.when` lies before `when`'),
  z.strictObject({ ...decided, kind: z.literal('enter'), fact: z.record(z.string(), z.unknown()) }),
]);
export const decisionsFile = z.strictObject({ decisions: z.array(decision) });
export type Decision = z.output<typeof decision>;

/** How a side is met: exactly one of these. */
const MET_BY = ['states', 'at_least', 'below', 'silent_days'] as const;
const side = z
  .strictObject({
    attribute: z.string(),
    subject: z.enum(['database', 'agency']).default('database'),
    /** Whose word: anybody's that holds, what the owner claims, or what receiver, assessor or a measurement says. */
    voice: z.enum(['all', 'claimed', 'independent']).default('all'),
    states: z.array(z.string()).optional(),
    /** Value of the state or ratio, 0–1. */
    at_least: unitValue.optional(),
    below: unitValue.optional(),
    /** The last success the fact tells of lies at least so many days back, or none is known of. */
    silent_days: z.number().int().min(1).max(3650).optional(),
  })
  .refine((s) => MET_BY.filter((key) => s[key] !== undefined).length === 1, `a side has one of: ${MET_BY.join(', ')}`);
export const contradiction = z.strictObject({
  id: name,
  label: name,
  severity: z.enum(['info', 'warning', 'error']),
  gate: name.optional(),
  a: side,
  b: side,
});
export const contradictionsFile = z.strictObject({ contradictions: z.array(contradiction) });
export type Contradiction = z.output<typeof contradiction>;
