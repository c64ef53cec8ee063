/** Every finding: what makes it fire, and what looks alike and must not. Each case has an agency and databases of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DatabaseRow } from '../../config/schema/registry.ts';
import {
  AS_OF,
  type Fact,
  type Night,
  type NightInput,
  night,
  type OtherStatement,
  scoringSql,
  shipped,
} from '../support/night.ts';
import type { WatchedPast } from '../support/past.ts';

/** One entry of test/cases/findings/<file>.yaml; `AGENCY` stands for the agency of the case. */
interface Case {
  case: string;
  /** Kind of the finding: the file's name, or one of those that the file makes. */
  kind: string;
  /** How often it must fire for the databases and the agency of the case. */
  times: number;
  /** Names of its databases; one named `a` when left out. */
  databases?: string[];
  facts?: (Omit<Fact, 'about'> & { about?: string })[];
  /** `reported`: the list prints a status for it; a list that prints none for anybody says nothing of who is silent. */
  overdue?: { deadline: string; reported?: true }[];
  statements?: OtherStatement[];
  deadlines?: string[];
  /** One reading a day, the last on `ends` (the day of the night when left out); null: none on that day. */
  series?: (Omit<Fact, 'about' | 'number' | 'time' | 'observed'> & {
    values: (number | string | null)[];
    ends?: string;
  })[];
  /** What the store kept of earlier nights. */
  watched?: Omit<WatchedPast, 'database_id'>[];
  /** State of the source of the case by night, the last tonight: a number of facts, or null where it failed. */
  nights?: (number | null)[];
  /** Rows that passed and rows checked of one rule, by night, the last tonight. */
  measured?: [number, number][];
  registry?: Partial<DatabaseRow>;
}

const folder = fileURLToPath(new URL('../cases/findings/', import.meta.url));
const FILES = new Map(
  readdirSync(folder)
    .sort()
    .map((file) => [file.replace('.yaml', ''), parse(readFileSync(folder + file, 'utf8')) as Case[]] as const),
);
const CASES = [...FILES.values()].flat();

const agencyOf = (position: number): string => `co-quan-${position}`;
const idOf = (position: number, name = 'a'): string => `vu-${position}-${name}`;

function input(): NightInput {
  return {
    settings: (config) => {
      const [first] = shipped.agencies;
      if (first === undefined) throw new Error('no agency is shipped');
      config.agencies.push(...CASES.map((_, i) => ({ ...first, agency_id: agencyOf(i), name: `Cơ quan ${i}` })));
    },
    databases: CASES.flatMap((c, i) =>
      (c.databases ?? ['a']).map((name) => ({ database_id: idOf(i, name), agency_id: agencyOf(i), ...c.registry })),
    ),
    facts: CASES.flatMap((c, i) =>
      [...(c.facts ?? []), ...(c.series ?? []).flatMap(readings)].map(
        (fact): Fact => ({
          source: `nguon-${i}`,
          ...fact,
          about: fact.about === 'AGENCY' ? agencyOf(i) : idOf(i, fact.about),
        }),
      ),
    ),
    tasks: CASES.flatMap((c, i) =>
      (c.overdue ?? []).map((task) => ({
        no: i + 1,
        lead: [agencyOf(i)],
        overdue: [agencyOf(i)],
        databases: [idOf(i)],
        deadline: task.deadline,
        reported: task.reported === true ? [agencyOf(i)] : [],
      })),
    ),
    statements: [
      ...CASES.flatMap((c, i) => (c.statements ?? []).map((statement) => ({ ...statement, agency: agencyOf(i) }))),
      { type: 'document_check', kind: 'list_count', where: 'Nhóm 3', printed: 12, counted: 11 },
      { type: 'document_check', kind: 'odd_date', where: 'hàng 8', printed: '09/10/2026', counted: '2026-06-29' },
    ],
    past: {
      watched: CASES.flatMap((c, i) => (c.watched ?? []).map((w) => ({ ...w, database_id: idOf(i) }))),
      nights: CASES.flatMap((c, i) =>
        perNight(c.nights ?? [], (n) => ({
          source_id: `nguon-${i}`,
          state: n === null ? 'failed' : 'ok',
          observations: n ?? 0,
        })),
      ),
      measured: CASES.flatMap((c, i) =>
        perNight(c.measured ?? [], ([numerator, denominator]) => ({ database_id: idOf(i), numerator, denominator })),
      ),
    },
    deadlines: CASES.flatMap((c, i) => (c.deadlines ?? []).map((due) => ({ database_id: idOf(i), due }))),
    health: [
      { source_id: 'cong-c12', state: 'failed', error_code: 'source/unreachable', error_message: 'không trả lời' },
      { source_id: 'bieu-mau', state: 'ok' },
    ],
  };
}

const DAY_MS = 86_400_000;
const daysBefore = (day: string, n: number): string =>
  new Date(Date.parse(day) - n * DAY_MS).toISOString().slice(0, 10);

/** One row a value, the last of the day `ends`. */
function perNight<V, R extends object>(
  values: readonly V[],
  row: (value: V) => R,
  ends: string = AS_OF,
): (R & { on: string })[] {
  return values.map((value, k) => ({ ...row(value), on: daysBefore(ends, values.length - 1 - k) }));
}

function readings({ values, ends, ...rest }: NonNullable<Case['series']>[number]): NonNullable<Case['facts']> {
  return perNight(values, (value) => ({ value }), ends).flatMap(({ value, on }) => {
    if (value === null) return [];
    return [
      { ...rest, observed: on, stated: on, ...(typeof value === 'number' ? { number: value } : { time: value }) },
    ];
  });
}

let told: Night;
let findings: Record<string, unknown>[];

beforeAll(async () => {
  told = await night(input());
  findings = await told.findings();
}, 60_000);
afterAll(() => told.close());

describe('findings', () => {
  test.each(CASES.map((c, i) => [c.kind, c.times === 0 ? 'silent' : 'fires', c.case, c, i] as const))(
    '%s %s: %s',
    (kind, _, __, c, i) => {
      const mine = new Set((c.databases ?? ['a']).map((name) => idOf(i, name)));
      const rows = findings.filter(
        (f) =>
          f.kind === kind &&
          (mine.has(String(f.database_id)) ||
            (f.database_id === null && f.agency_id === agencyOf(i)) ||
            (f.database_id === null && f.agency_id === null && String(f.text).includes(`nguon-${i}:`))),
      );
      expect(rows).toHaveLength(c.times);
    },
  );

  test('a source that failed is named, one that answered is not', () => {
    const failed = findings.filter((f) => f.kind === 'collector_failed');
    // In words of the label file: what the source or the driver said stays in source_health.
    expect(failed.map((f) => f.text)).toEqual([expect.stringMatching(/^Nguồn cong-c12: Chưa kết nối được/)]);
  });

  test('what a document gets wrong about itself', () => {
    expect(findings.filter((f) => ['list_count', 'odd_date'].includes(String(f.kind))).map((f) => f.kind)).toEqual(
      expect.arrayContaining(['list_count', 'odd_date']),
    );
  });

  test('each finding has an id of its own and a sentence without holes', () => {
    const ids = findings.map((f) => f.finding_id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(findings.map((f) => String(f.text)).filter((text) => /[{}]|undefined|null|NaN/.test(text))).toEqual([]);
  });

  test('every file has a case that fires and one that must not', () => {
    // Of what is measured on records: test/pipeline/stages/measure.test.ts.
    const beside = ['collector_failed', 'document_check', 'identifier_not_whole', 'rule_not_met'];
    const files = scoringSql.files.filter((f) => f.family === 'finding' && !beside.includes(f.id)).map((f) => f.id);
    const has = (id: string, fires: boolean): boolean => FILES.get(id)?.some((c) => c.times > 0 === fires) ?? false;
    expect(files.filter((id) => !has(id, true) || !has(id, false))).toEqual([]);
  });
});
