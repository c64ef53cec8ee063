/** The SQL and an independent second implementation give the same indicators, pillars, readiness and levels, to the last part. */
import { expect, test } from 'vitest';
import { FIGURES, oracle, type Scored } from '../oracle/oracle.ts';
import type { Case } from '../support/arbitrary.ts';
import { daysAgo } from '../support/arbitrary.ts';
import {
  everyCase,
  idOf,
  nightOf,
  type Parts,
  partsOf,
  type Score,
  SEED,
  sample,
  scoresBySql,
} from '../support/generated.ts';

const NOTHING = { confirmed: 0, floor: 0, ceiling: 0, coverage: 0 };

function asScore(scored: Scored): Score {
  return {
    indicators: Object.fromEntries(scored.indicators.map((i) => [i.indicator, partsOf((figure) => i[figure])])),
    figures: Object.fromEntries(
      [...Object.entries(scored.pillars), ['readiness', scored.composite] as const].map(([key, figures]) => [
        key,
        figures ?? NOTHING,
      ]),
    ),
    levels: [scored.levels.reported, scored.levels.confirmed, scored.levels.max].map(String).join(' '),
  };
}

const printed = (parts: Parts | undefined): string =>
  FIGURES.map((figure) => `${figure} ${parts?.[figure]}`).join(', ');

/** What differs, or null. */
function difference(bySql: Score, byOracle: Score): string | null {
  const lines: string[] = [];
  for (const [key, parts] of Object.entries(byOracle.indicators)) {
    const [sql, second] = [printed(bySql.indicators[key]), printed(parts)];
    if (sql !== second) lines.push(`${key}: SQL ${sql} | oracle ${second}`);
  }
  for (const [key, value] of Object.entries(byOracle.figures)) {
    if (JSON.stringify(bySql.figures[key]) !== JSON.stringify(value))
      lines.push(`${key}: SQL ${JSON.stringify(bySql.figures[key])} | oracle ${JSON.stringify(value)}`);
  }
  if (bySql.levels !== byOracle.levels) lines.push(`levels: SQL ${bySql.levels} | oracle ${byOracle.levels}`);
  return lines.length === 0 ? null : lines.join('\n');
}

async function differences(list: readonly Case[], asOf?: string): Promise<(string | null)[]> {
  const night = await nightOf(list, asOf);
  const bySql = await scoresBySql(night, list.length);
  const byOracle = oracle(night.config, night.observations, night.asOf);
  night.close();
  return list.map((_, i) => {
    const [sql, second] = [bySql[i], byOracle.get(idOf(i))];
    return sql === undefined || second === undefined ? 'not scored' : difference(sql, asScore(second));
  });
}

test.each([
  ['on the day', 0, 400],
  ['forty days later', -40, 150],
  ['when nearly everything is stale', -130, 100],
])(
  'oracle and SQL agree %s',
  async (_, days, count) => {
    await everyCase(sample(count, SEED + days), (list) => differences(list, daysAgo(days)));
  },
  60_000,
);

test('the generated cases reach every level, and every figure between its ends', async () => {
  const night = await nightOf(sample(400, SEED));
  const reached = await night.query('SELECT DISTINCT level_reported, level_confirmed FROM publication.readiness');
  const states = await night.query('SELECT DISTINCT state FROM score.indicator_result');
  night.close();
  expect(new Set(reached.map((r) => r.level_reported))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(new Set(reached.map((r) => r.level_confirmed))).toEqual(new Set([null, 1, 2, 3, 4, 5]));
  expect(new Set(states.map((r) => r.state))).toEqual(
    new Set(['met', 'partial', 'unmet', 'unknown', 'stale', 'conflict', 'not_applicable']),
  );
});
