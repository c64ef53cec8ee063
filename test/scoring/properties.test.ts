/**
 * The laws of DESIGN section 6, on generated observations: every case is one database, hundreds in one night.
 * CSDL_SEED=n looks at other cases.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../oracle/oracle.ts';
import { type Case, daysAgo, PERFECT, type Untold, variations } from '../support/arbitrary.ts';
import { everyCase, nightOf, type Score, SEED, sample, scoresBySql } from '../support/generated.ts';
import { shipped } from '../support/night.ts';

async function scoresOf(list: readonly Case[], asOf?: string): Promise<Score[]> {
  const night = await nightOf(list, asOf);
  try {
    return await scoresBySql(night, list.length);
  } finally {
    night.close();
  }
}

/** Where a figure of `after` is lower than that of `before` (indicator, pillar or database), or null. */
function lowered(figure: Figure, before: Score | undefined, after: Score | undefined): string | null {
  if (before === undefined || after === undefined) return 'not scored';
  const indicators = Object.entries(before.indicators).filter(
    ([key, parts]) => (after.indicators[key]?.[figure] ?? 0n) < parts[figure],
  );
  const figures = Object.entries(before.figures).filter(
    ([key, values]) => (after.figures[key]?.[figure] ?? 0) < values[figure],
  );
  const keys = [...indicators, ...figures].map(([key]) => key);
  return keys.length === 0 ? null : `${figure} lowered in ${keys.join(', ')}`;
}

const first = (...messages: (string | null)[]): string | null => messages.find((m) => m !== null) ?? null;

/** Scores each case and what `change` makes of it, and asks `law` about the two. */
async function compared(
  list: readonly Case[],
  change: (c: Case) => Case,
  law: (before: Score, after: Score, c: Case) => string | null,
): Promise<(string | null)[]> {
  const scores = await scoresOf([...list, ...list.map(change)]);
  return list.map((c, i) => {
    const [before, after] = [scores[i], scores[i + list.length]];
    return before === undefined || after === undefined ? 'not scored' : law(before, after, c);
  });
}

const plus = (c: Case, ...facts: Untold[]): Case => ({ ...c, facts: [...c.facts, ...facts] });
const keysOf = (fact: Untold | undefined): Partial<Untold> => {
  const { unit, role, stage, target } = fact ?? {};
  return Object.fromEntries(Object.entries({ unit, role, stage, target }).filter(([, value]) => value !== undefined));
};

/** The newest word of the day: measured by an independent system, or admitted by the owner in an e-mail. */
const NEWEST: Partial<Untold> = {
  observed: '2026-06-29T23:45:00+07:00',
  stated: '2026-06-29',
  collected: '2026-06-29T20:00:00Z',
  source: 'moi-nhat',
};
const BEST = {
  criterion: 'met',
  connection: 'two_way',
  sync: 'full',
  cleaning: 'done',
  security_assessment: 'passed',
  software: 'operating',
  data_created: 'full',
} as Readonly<Record<string, string>>;

/** A full pass on what the first fact of the case is about. */
function fullPass(c: Case): Untold[] {
  const about = c.facts[0];
  const definition = shipped.attributes.attributes[about?.attribute ?? ''];
  if (about === undefined || definition === undefined) return [];
  const told = { ...NEWEST, grade: 'E4', saidBy: 'system', attribute: about.attribute, ...keysOf(about) } as Untold;
  if (definition.type === 'state') return [{ ...told, state: BEST[definition.scale ?? ''] ?? '' }];
  if (definition.type === 'ratio') return [{ ...told, number: about.of ?? 1, of: about.of ?? 1 }];
  // Records: as many as there must be.
  const { stage: _, ...total } = told;
  return [
    { ...told, attribute: 'records.count', number: 1_000 },
    { ...total, attribute: 'records.expected', number: 1_000, flags: { source: 'Tổng điều tra' } },
  ];
}

/** Indicators that one attribute without further parts answers, and the pillar figure it moves. */
const SINGLE: Readonly<Record<string, string>> = {
  'c12.connection': 'c12_connection',
  'c12.sync': 'c12_sync',
  'c06.cleaning': 'c06_cleaning',
  'c06.reconciliation': 'matched_population',
  'software.state': 'software_operating',
  'quality.validity': 'validity_rules',
  'quality.mandatory': 'mandatory_values',
  'quality.unique_key': 'unique_keys',
};

function admission(attribute: string): Untold {
  const definition = shipped.attributes.attributes[attribute];
  const value =
    definition?.type === 'state'
      ? { state: definition.scale === 'criterion' ? 'unmet' : 'none' }
      : { number: 0, of: 10 };
  return { ...NEWEST, grade: 'E1', saidBy: 'owner', attribute, ...value } as Untold;
}

const LISTS = sample(200, SEED + 1);

describe('laws of the figures', () => {
  test('0 ≤ confirmed ≤ floor ≤ ceiling ≤ 1, and no more is covered than is known, everywhere', async () => {
    await everyCase(LISTS, async (list) =>
      (await scoresOf(list)).map((score) => {
        const one = 10n ** 15n;
        const parts = Object.entries(score.indicators).filter(
          ([, p]) =>
            !isAscending([0n, p.confirmed, p.floor, p.ceiling, one]) ||
            !isAscending([0n, p.coverage, one - (p.ceiling - p.floor)]),
        );
        const points = Object.entries(score.figures).filter(
          ([, f]) => !isAscending([0, f.confirmed, f.floor, f.ceiling, 100]) || !isAscending([0, f.coverage, 100]),
        );
        const broken = [...parts, ...points];
        const [reported, confirmed, max] = score.levels.split(' ').map((l) => (l === 'null' ? 0 : Number(l)));
        const level = isAscending([confirmed ?? 0, reported ?? 0, max ?? 0]) ? null : `levels ${score.levels}`;
        return first(broken.length === 0 ? null : `out of order: ${broken.map(([key]) => key).join(', ')}`, level);
      }),
    );
  });

  test('a live believed pass never lowers floor or ceiling, nor a level', async () => {
    // A criterion that completes the breakdown is left out: the breakdown then replaces an older count, as it must.
    const list = LISTS.filter((c) => c.facts.length < 19 || c.facts[0]?.attribute.startsWith('criterion.') !== true);
    await everyCase(list, (some) =>
      compared(
        some,
        (c) => plus(c, ...fullPass(c)),
        (before, after) =>
          first(lowered('floor', before, after), lowered('ceiling', before, after), levelLowered(before, after)),
      ),
    );
  });

  test('a claim never lowers the floor', async () => {
    const claims = fc.sample(variations('E1'), { seed: SEED, numRuns: LISTS.length });
    // The claim stays with its case while the case is made smaller.
    const paired = LISTS.map((c, i) => ({ ...c, claim: claims[i] ?? claims[0] }));
    await everyCase(paired, (list) =>
      compared(
        list,
        (c) => ('claim' in c ? plus(c, c.claim as Untold) : c),
        (before, after) => lowered('floor', before, after),
      ),
    );
  });

  test('a newer admission sets the value to 0, whoever says it', async () => {
    await everyCase(
      LISTS.filter((c) => (c.facts[0]?.attribute ?? '') in SINGLE),
      (list) =>
        compared(
          list,
          (c) => plus(c, admission(c.facts[0]?.attribute ?? '')),
          (_, after, c) => {
            const parts = after.indicators[SINGLE[c.facts[0]?.attribute ?? ''] ?? ''];
            return parts === undefined || (parts.floor === 0n && parts.ceiling === 0n)
              ? null
              : `floor ${parts.floor}, ceiling ${parts.ceiling}`;
          },
        ),
    );
  });

  test('time alone never raises floor or confirmed', async () => {
    const later = [0, 1, 3, 20, 50, 100, 190, 400];
    await everyCase(LISTS, async (list) => {
      const nights: Score[][] = [];
      for (const days of later) nights.push(await scoresOf(list, daysAgo(-days)));
      return list.map((_, i) =>
        first(
          ...nights.slice(1).flatMap((night, n) =>
            (['floor', 'confirmed'] as const).map((figure) => {
              const raised = lowered(figure, night[i], nights[n]?.[i]);
              return raised === null
                ? null
                : `between day ${later[n]} and ${later[n + 1]}: ${figure} raised: ${raised}`;
            }),
          ),
        ),
      );
    });
  }, 60_000);

  test('unknown → fail never raises the ceiling, fail → unknown never raises the floor', async () => {
    // On states: of a database where nearly all is well, one answer is withheld, or replaced by a failing one.
    const asked = [
      ...new Set(PERFECT.map((f) => f.attribute)),
      ...shipped.criteria.criteria.map((c) => `criterion.${c.id}`),
    ].filter((a) => !['records.expected', 'update.last'].includes(a));
    const list = asked.flatMap((attribute) =>
      [[...PERFECT], PERFECT.filter((f) => f.attribute !== 'checklist.met')].map(
        (facts): Case & { attribute: string } => ({
          holdsPersons: 'yes',
          direction: 'unknown',
          cycle: 'P30D',
          facts: facts.filter((f) => f.attribute !== attribute),
          attribute,
        }),
      ),
    );
    const fail = (attribute: string): Untold => ({
      ...keysOf(PERFECT.find((f) => f.attribute === attribute)),
      ...admission(attribute),
      ...(attribute === 'records.count' ? { number: 0 } : {}),
    });
    const failing = list.map((c) => {
      const { of, ...fact } = fail(c.attribute);
      const isRatio = shipped.attributes.attributes[c.attribute]?.type === 'ratio';
      return plus(c, isRatio ? { ...fact, of: c.attribute === 'checklist.met' ? 19 : (of ?? 1) } : fact);
    });
    const scores = await scoresOf([...list, ...failing]);
    const broken = list.flatMap((c, i) => {
      const [unknown, failed] = [scores[i], scores[i + list.length]];
      const message = first(lowered('ceiling', failed, unknown), lowered('floor', unknown, failed));
      return message === null ? [] : [`${c.attribute}: ${message}`];
    });
    expect(broken).toEqual([]);
  });
});

describe('laws of the tables', () => {
  const tables = [
    'readiness',
    'dimension_score',
    'indicator_result',
    'criterion_status',
    'criterion_range',
    'level_gate',
    'observation',
    'observation_current',
    'agency_summary',
    'database_place',
  ];

  /** Rows as they lie in the table, not sorted by us; when a fact arrived is not told to the models. */
  async function dump(list: readonly Case[], seed: number): Promise<string> {
    const night = await nightOf(
      list,
      undefined,
      true,
      (facts) => fc.sample(fc.shuffledSubarray(facts, { minLength: facts.length }), { seed, numRuns: 1 })[0] ?? facts,
    );
    const parts: string[] = [];
    for (const table of tables) parts.push(JSON.stringify(await night.query(`FROM publication.${table}`)));
    await night.findings();
    parts.push(JSON.stringify(await night.query('FROM publication.finding')));
    night.close();
    return parts.join('\n');
  }

  test('the same inputs give identical tables, and the order of the facts never matters', async () => {
    const list = LISTS.slice(0, 120);
    const [one, again, shuffled] = [await dump(list, 1), await dump(list, 1), await dump(list, 2)];
    expect(again).toBe(one);
    expect(shuffled).toBe(one);
  });
});

function levelLowered(before: Score, after: Score): string | null {
  const [reported] = before.levels.split(' ').map(Number);
  const [now] = after.levels.split(' ').map(Number);
  return Number.isNaN(reported) || (now ?? 0) >= (reported ?? 0) ? null : `level ${before.levels} → ${after.levels}`;
}

function isAscending<T extends number | bigint>(chain: readonly T[]): boolean {
  return chain.every((value, i) => i === 0 || (chain[i - 1] ?? value) <= value);
}
