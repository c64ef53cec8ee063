/**
 * Generated databases: a registry row and facts in which all the rules meet (several grades, speakers and sources,
 * equal times, facts going stale, parts of the whole, claims beside what is believed). Every case is one database of a
 * night, so that hundreds are scored in one run of the models.
 */
import fc from 'fast-check';
import { type Fact, shipped } from './night.ts';

export interface Case {
  holdsPersons: 'yes' | 'no' | 'foreign' | 'unknown';
  direction: 'one_way' | 'two_way' | 'unknown';
  /** Update cycle of the registry. */
  cycle: 'P30D' | null;
  /** Facts without `about`: the case gets its database when it is put into a night. */
  facts: Untold[];
}
export type Untold = Omit<Fact, 'about'>;

export const DAY = '2026-06-29';

/** The local day `days` before (or, negative, after) DAY. */
export function daysAgo(days: number): string {
  return new Date(Date.parse(`${DAY}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

const GRADES = ['E1', 'E2', 'E3', 'E4'] as const;
const SPEAKERS = ['owner', 'receiver', 'assessor', 'document', 'system'] as const;
/** Days that lie on either side of every age of scoring.yaml. */
const AGES = [0, 1, 2, 3, 4, 20, 44, 45, 46, 59, 60, 61, 89, 90, 91, 150, 180, 181, 300];

/** How long ago, who, how strong: the circumstances of a fact, from a few days and grades so that equals meet. */
function circumstancesFrom(ages: readonly number[], grades: readonly (typeof GRADES)[number][]): fc.Arbitrary<Untold> {
  return fc
    .record({
      observed: fc.constantFrom(...ages),
      /** Stated on the day (mostly), later, or before (a statement about a day to come). */
      lag: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.constantFrom(...AGES) },
        { weight: 1, arbitrary: fc.constantFrom(-40, -100) },
      ),
      grade: fc.constantFrom(...grades),
      saidBy: fc.constantFrom(...SPEAKERS),
      source: fc.constantFrom('nguon-1', 'nguon-2', 'nguon-3'),
      collected: fc.constantFrom('2026-06-28T01:00:00Z', '2026-06-28T02:00:00Z'),
      hour: fc.constantFrom('00:00', '00:00', '00:00', '23:30'),
    })
    .map(({ observed, lag, grade, saidBy, source, collected, hour }) => ({
      attribute: '',
      grade,
      saidBy,
      source,
      collected,
      observed: `${daysAgo(observed)}T${hour}:00+07:00`,
      stated: daysAgo(Math.max(0, observed - lag)),
    }));
}
const clock = fc.oneof(fc.constant(AGES), fc.array(fc.constantFrom(...AGES), { minLength: 1, maxLength: 3 }));
const grades = fc.oneof(
  fc.constant(GRADES),
  fc.constantFrom<readonly (typeof GRADES)[number][]>(['E2'], ['E1', 'E2'], ['E2', 'E3'], ['E4']),
);
const circumstances: fc.Arbitrary<Untold> = circumstancesFrom(AGES, GRADES);

const statesOf = (scale: string): string[] => shipped.attributes.scales[scale] ?? [];
const modality = fc.oneof(
  { weight: 6, arbitrary: fc.constant('done') },
  { weight: 1, arbitrary: fc.constantFrom('ongoing', 'unmarked', 'intended', 'negated') },
);
const extent = fc.oneof(
  { weight: 6, arbitrary: fc.constant('whole') },
  { weight: 1, arbitrary: fc.constantFrom('component', 'central_only', 'some_units') },
);

function state(attribute: string, scale: string): fc.Arbitrary<Partial<Untold>> {
  return fc.record({ attribute: fc.constant(attribute), state: fc.constantFrom(...statesOf(scale)), modality, extent });
}

function ratio(attribute: string, of: number): fc.Arbitrary<Partial<Untold>> {
  const number = fc.oneof(fc.integer({ min: 0, max: of }), fc.constantFrom(0, of));
  return fc.record({ attribute: fc.constant(attribute), number, of: fc.constant(of) });
}

/** A state that takes a ratio where one was given with it. */
const partialSync: fc.Arbitrary<Partial<Untold>> = fc
  .integer({ min: 0, max: 7 })
  .map((number) => ({ attribute: 'c12.sync', state: 'partial', number, of: 7 }));
const other: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(state('other_db.connection', 'connection'), fc.constantFrom('lgsp', 'bao-hiem-xa-hoi'))
  .map(([value, target]) => ({ ...value, target }));
const software: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(state('software.state', 'software'), fc.boolean(), fc.integer({ min: 0, max: 9 }))
  .map(([value, central, n]) => (n > 7 ? { ...value, flags: { central_only: central } } : value));
const security: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(state('security.assessment', 'security_assessment'), fc.boolean())
  .map(([value, remediated]) => ({ ...value, flags: { remediated } }));
/** How many units there are is fixed: what changes is how many have done their part. */
const units: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(
    fc.constantFrom({ unit: 'tỉnh', of: 34 }, { unit: 'xã', of: 9 }),
    fc.constantFrom('reported', 'data_entered', 'access_granted', 'exploiting'),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([{ unit, of }, role, part]) => ({ attribute: 'units.ratio', unit, of, role, number: Math.round(part * of) }));
const count: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(
    fc.constantFrom('hồ sơ', 'bản ghi', 'tài khoản'),
    fc.constantFrom('thu_thap', 'nhap_csdl'),
    fc.constantFrom(0, 10, 90, 100, 250),
    fc.constantFrom(0, 20),
  )
  .map(([unit, stage, low, width]) => ({
    attribute: 'records.count',
    unit,
    stage,
    ...(width === 0 ? { number: low } : { low, high: low + width }),
  }));
const expected: fc.Arbitrary<Partial<Untold>> = fc
  .tuple(
    fc.constantFrom('hồ sơ', 'bản ghi'),
    fc.constantFrom(100, 200),
    fc.constantFrom(0, 30),
    fc.integer({ min: 0, max: 4 }),
  )
  .map(([unit, low, width, n]) => ({
    attribute: 'records.expected',
    unit,
    ...(width === 0 ? { number: low } : { low, high: low + width }),
    flags: n === 0 ? {} : { source: 'Tổng điều tra' },
  }));
const item = (ids: readonly number[]): fc.Arbitrary<Partial<Untold>> =>
  fc.constantFrom(...ids).chain((n) =>
    fc.record({
      attribute: fc.constant(`criterion.tc${String(n).padStart(2, '0')}`),
      state: fc.constantFrom(...statesOf('criterion')),
    }),
  );

/** Facts that meet each other: one group is one question (or a few that bear on each other). */
const groups: fc.Arbitrary<Partial<Untold>>[] = [
  state('c12.connection', 'connection'),
  fc.oneof(state('c12.sync', 'sync'), partialSync),
  fc.oneof(state('c06.cleaning', 'cleaning'), ratio('c06.reconciliation', 10)),
  ratio('c06.reconciliation', 10),
  other,
  software,
  fc.oneof(security, state('data.created', 'data_created')),
  units,
  fc.oneof(count, expected),
  fc.oneof(ratio('checklist.met', 19), item([1, 2, 3])),
  fc.oneof(ratio('quality.mandatory', 10), ratio('quality.unique_key', 3), ratio('quality.identifier', 4)),
  ratio('quality.validity', 10),
  fc.constantFrom(1, 29, 30, 31, 90).map((days) => ({ attribute: 'update.last', time: daysAgo(days) })),
];

function told(group: fc.Arbitrary<Partial<Untold>>, max: number): fc.Arbitrary<Untold[]> {
  return fc.tuple(clock, grades).chain(([days, strong]) =>
    fc.array(
      fc.tuple(circumstancesFrom(days, strong), group).map(([when, what]) => ({ ...when, ...what })),
      { minLength: 1, maxLength: max },
    ),
  );
}

/** All nineteen criteria stated one by one, and a count beside them. */
const breakdown: fc.Arbitrary<Untold[]> = fc
  .tuple(
    fc.array(fc.tuple(circumstances, fc.constantFrom(...statesOf('criterion'))), { minLength: 19, maxLength: 19 }),
    told(ratio('checklist.met', 19), 3),
  )
  .map(([items, counts]) => [
    ...items.map(([when, value], i) => ({
      ...when,
      attribute: `criterion.tc${String(i + 1).padStart(2, '0')}`,
      state: value,
    })),
    ...counts,
  ]);

/** Everything met and measured by an independent speaker yesterday. */
export const PERFECT: readonly Untold[] = [
  { attribute: 'checklist.met', number: 19, of: 19 },
  ...(['c12.connection', 'c06.connection'] as const).map((attribute) => ({ attribute, state: 'two_way' })),
  { attribute: 'other_db.connection', state: 'two_way', target: 'lgsp' },
  { attribute: 'c12.sync', state: 'full' },
  { attribute: 'c06.cleaning', state: 'done' },
  { attribute: 'security.assessment', state: 'passed' },
  { attribute: 'software.state', state: 'operating' },
  { attribute: 'update.mode', state: 'auto' },
  { attribute: 'update.last', time: daysAgo(2) },
  { attribute: 'records.count', number: 100, unit: 'hồ sơ', stage: 'nhap_csdl' },
  { attribute: 'records.expected', number: 100, unit: 'hồ sơ', flags: { source: 'Tổng điều tra' } },
  { attribute: 'units.ratio', number: 34, of: 34, unit: 'tỉnh', role: 'data_entered' },
  ...[
    'c06.reconciliation',
    'quality.validity',
    'quality.cross_field',
    'quality.mandatory',
    'quality.unique_key',
    'quality.standard_form',
    'quality.reference',
    'quality.freshness',
    'quality.identifier',
  ].map((attribute) => ({ attribute, number: 10, of: 10 })),
].map((fact) => ({
  ...fact,
  grade: 'E4',
  saidBy: 'system',
  observed: daysAgo(1),
  stated: daysAgo(1),
  collected: '2026-06-28T01:00:00Z',
  source: 'do',
}));

/** A database where all is well but for a few facts: levels 4 and 5 are reached this way only. */
const nearlyPerfect: fc.Arbitrary<Untold[]> = fc
  .tuple(
    fc.subarray([...PERFECT], { minLength: PERFECT.length - 2 }),
    fc.array(
      fc.oneof(...groups).chain((what) => circumstances.map((when) => ({ ...when, ...what }))),
      { maxLength: 2 },
    ),
  )
  .map(([base, extra]) => [...base, ...extra]);

export const cases: fc.Arbitrary<Case> = fc.record({
  holdsPersons: fc.constantFrom('yes', 'no', 'foreign', 'unknown'),
  direction: fc.constantFrom('one_way', 'two_way', 'unknown'),
  cycle: fc.constantFrom('P30D', null),
  facts: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...groups).chain((group) => told(group, 5)) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.constantFrom(...groups), { minLength: 2, maxLength: 3 })
        .chain((many) => fc.tuple(...many.map((g) => told(g, 2))).map((lists) => lists.flat())),
    },
    { weight: 1, arbitrary: breakdown },
    { weight: 3, arbitrary: nearlyPerfect },
  ),
});

/** Any fact of a grade that says that at least something is there. */
export function variations(grade: Fact['grade'] & string): fc.Arbitrary<Untold> {
  return fc
    .oneof(...groups)
    .chain((what) => circumstances.map((when) => ({ ...when, ...what, grade, source: 'loi-ke' })))
    .filter(saysSomething);
}

/** Not an admission: the value is above 0. */
function saysSomething(fact: Untold): boolean {
  const definition = shipped.attributes.attributes[fact.attribute];
  if (definition?.type !== 'state') return (fact.high ?? fact.number ?? 0) > 0;
  const [, hi] = shipped.scoring.scales[definition.scale ?? '']?.[fact.state ?? ''] ?? [0, 0];
  return hi > 0 && (fact.modality ?? 'done') === 'done' && (fact.of === undefined || (fact.number ?? 0) > 0);
}
