/** Rows of a publication made by hand, for what speaks of all of it. */
import type { PublicationExport } from '../../reports/exports/publication-format.ts';
import { type PublicationData, parsePublication, publicationData } from '../../scoring/contract.ts';
import { META } from './export-tables.ts';

/** Every table empty but those given. @throws ZodError when a row lacks a column */
export function publicationOf(rows: Readonly<Record<string, readonly unknown[]>>): PublicationData {
  return parsePublication({
    ...Object.fromEntries(Object.keys(publicationData.shape).map((name) => [name, []])),
    ...rows,
  });
}

export function exportOf(data: PublicationData, rest: Partial<PublicationExport> = {}): PublicationExport {
  return {
    data,
    meta: META,
    iriBase: 'urn:csdl-readiness:',
    files: [{ path: 'exports/readiness.csv', mediaType: 'text/csv' }],
    words: new Map([['pillars.dung', 'Đúng']]),
    ...rest,
  };
}

const NOTHING = null;
/** A database of which `id` and figures are told. */
export function readinessRow(id: string, figures: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    as_of: '2026-06-29',
    database_id: id,
    agency_id: 'bo-y-te',
    level_reported: 3,
    level_confirmed: NOTHING,
    level_max: 5,
    confirmed: 0,
    floor: 35.8,
    ceiling: 79,
    coverage: 54.2,
    lowest_dimension: 'dung',
    lowest_floor: 0,
    criteria_met: 13,
    criteria_applicable: 19,
    criteria_total: 19,
    records_low: NOTHING,
    records_high: NOTHING,
    records_total: NOTHING,
    records_unit: NOTHING,
    records_stage: NOTHING,
    c12_state: NOTHING,
    c12_sync_state: NOTHING,
    c06_state: NOTHING,
    security_state: NOTHING,
    deadline: NOTHING,
    overdue_days: NOTHING,
    shared_n: 1,
    method: 'csdl-readiness 1.1.0',
    ...figures,
  };
}

export function databaseRow(id: string, name: string): Record<string, unknown> {
  return {
    database_id: id,
    name,
    sort_vi: 1,
    kind: 'quoc_gia',
    row_kind: 'database',
    part_of: NOTHING,
    agency_id: 'bo-y-te',
    listed_in: 'nq71',
    holds_persons: 'unknown',
    custodian: NOTHING,
    classification: 'open',
    required_direction: 'unknown',
    headline_unit: NOTHING,
    update_frequency: NOTHING,
    sync_schedule: NOTHING,
    aliases: '',
  };
}

export function healthRow(id: string, rest: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    run_id: META.run_id,
    source_id: id,
    connector: 'baseline',
    required: true,
    state: 'ok',
    error_code: NOTHING,
    error_message: NOTHING,
    observations: 3,
    appended: 3,
    rejections: 0,
    ms: 120,
    last_good_at: '2026-06-29 16:00:00.5',
    failures: 0,
    ...rest,
  };
}

/** One line of a text in which every sample stands. */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/**
 * Reads OpenMetrics 1.0 as strictly as the specification has it, for the types used here.
 * @throws Error naming the line that breaks a rule
 */
export function readOpenMetrics(text: string): MetricSample[] {
  if (!text.endsWith('# EOF\n')) throw new Error('no # EOF at the end');
  const samples: MetricSample[] = [];
  const seen = new Set<string>();
  let family = null as { name: string; has: Set<string> } | null;
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const meta = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (meta !== null) {
      const [, kind = '', name = '', rest = ''] = meta;
      if (family?.name !== name) {
        if (seen.has(name)) throw new Error(`family ${name} is interleaved`);
        seen.add(name);
        if (/_(total|created|count|sum|bucket|gcount|gsum|info)$/.test(name))
          throw new Error(`reserved ending: ${name}`);
        family = { name, has: new Set() };
      }
      if (family.has.has(kind)) throw new Error(`${kind} twice: ${name}`);
      family.has.add(kind);
      if (kind === 'TYPE' && rest !== 'gauge') throw new Error(`type ${rest}`);
      if (kind === 'HELP' && /[\\"]/.test(rest)) throw new Error(`help of ${name} needs escapes`);
      if (kind === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`${name} does not end with ${rest}`);
      continue;
    }
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\}))?)*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(
        line,
      );
    if (sample === null || family === null) throw new Error(`not a line of OpenMetrics: ${line}`);
    const [, name = '', labels = '', value = ''] = sample;
    if (name !== family.name) throw new Error(`sample of another family: ${line}`);
    const key = `${name}{${labels}}`;
    if (seen.has(key)) throw new Error(`sample twice: ${line}`);
    seen.add(key);
    const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, k = '', v = '']) => [k, v] as const,
    );
    samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
  }
  return samples;
}
