/** What each indicator asks and what it contributes: DESIGN section 6, SEMANTICS section 5. */
import type { Config } from '../../config/load.ts';
import type { DatabaseRow } from '../../config/schema/registry.ts';
import { daysBetween, localDay } from '../../config/time.ts';
import { answerOf, type Bar, barFor, isBelieved, type KeySays, keysOf, type Voice } from './answer.ts';
import { halfEven, higher, lower, ONE, shareOf, sum } from './exact.ts';
import type { OracleFact } from './fact.ts';
import type { KnownFacts } from './known.ts';
import type { Spoken } from './speak.ts';

/** The four contributions of one indicator, in parts of ONE. */
export interface Contribution {
  indicator: string;
  pillar: string;
  weight: bigint;
  confirmable: boolean;
  applicable: boolean;
  believed: boolean;
  confirmed: bigint;
  floor: bigint;
  ceiling: bigint;
  coverage: bigint;
}

/** What was answered, before belief is asked. */
interface Answered {
  lo: bigint;
  hi: bigint;
  independentLo: bigint;
  live: boolean;
  silent: boolean;
  believed: boolean;
}

/** Indicators that ask one attribute; the others have rules of their own below. */
const ASKS: Readonly<Record<string, string>> = {
  c12_sync: 'c12.sync',
  c12_connection: 'c12.connection',
  c06_connection: 'c06.connection',
  other_db_connection: 'other_db.connection',
  matched_population: 'c06.reconciliation',
  validity_rules: 'quality.validity',
  cross_field_rules: 'quality.cross_field',
  mandatory_values: 'quality.mandatory',
  c06_cleaning: 'c06.cleaning',
  unique_keys: 'quality.unique_key',
  standard_form: 'quality.standard_form',
  reference_integrity: 'quality.reference',
  data_age: 'quality.freshness',
  software_operating: 'software.state',
  update_mode: 'update.mode',
};
const ABOUT_PERSONS = ['c06_connection', 'matched_population', 'c06_cleaning'];

/** Questions about the population database do not arise without Vietnamese persons, nor where C06 keeps the database. */
export function withoutC06(database: DatabaseRow): boolean {
  return database.holds_persons === 'no' || database.holds_persons === 'foreign' || database.custodian === 'c06';
}

export function contributions(config: Config, database: DatabaseRow, known: KnownFacts, asOf: string): Contribution[] {
  return Object.entries(config.scoring.pillars).flatMap(([pillar, { indicators }]) =>
    Object.entries(indicators).map(([indicator, setting]) => {
      const bar: Bar = { from: setting.believe_from, saidBy: setting.said_by };
      const waived = config.waivers.some(
        (w) => w.database === database.database_id && w.indicator === indicator && w.from <= asOf && asOf <= w.until,
      );
      const applicable = !waived && !(ABOUT_PERSONS.includes(indicator) && withoutC06(database));
      const answered = applicable ? ask(indicator, known, bar, { database, asOf }) : null;
      const live = answered?.live === true ? answered : null;
      const believed = live?.believed === true ? live : null;
      return {
        indicator,
        pillar,
        weight: BigInt(setting.weight),
        confirmable: setting.confirmable,
        applicable,
        believed: believed !== null,
        confirmed: believed === null ? 0n : lower(believed.lo, believed.independentLo),
        floor: believed?.lo ?? 0n,
        ceiling: applicable ? (live?.hi ?? ONE) : 0n,
        coverage: believed === null || believed.silent ? 0n : ONE - (believed.hi - believed.lo),
      };
    }),
  );
}

function ask(
  indicator: string,
  known: KnownFacts,
  bar: Bar,
  about: { database: DatabaseRow; asOf: string },
): Answered | null {
  if (indicator === 'last_update_on_schedule') return lastUpdate(known, bar, about);
  if (indicator === 'records_expected') return recordsOfExpected(known, bar);
  if (indicator === 'units_reporting') return unitsReporting(known, bar);
  const attribute = ASKS[indicator];
  const says = attribute === undefined ? null : answerOf(known, attribute, 'all', bar);
  if (says === null || attribute === undefined) return null;
  const independent = answerOf(known, attribute, 'independent', bar);
  return { ...says, independentLo: independent?.live === true ? independent.lo : 0n, believed: isBelieved(says, bar) };
}

/** The last update against the cycle of the registry; without a cycle there is nothing to compare with. */
function lastUpdate(
  known: KnownFacts,
  bar: Bar,
  { database, asOf }: { database: DatabaseRow; asOf: string },
): Answered | null {
  const cycle = /^P(\d+)D$/.exec(database.sync_schedule ?? database.update_frequency ?? '')?.[1];
  const says = answerOf(known, 'update.last', 'all', bar);
  if (cycle === undefined || says === null) return null;
  const worth = (facts: readonly OracleFact[]): bigint => {
    const inTime = facts.every((f) => f.time !== null && daysBetween(localDay(f.time), asOf) <= Number(cycle));
    return inTime ? ONE : 0n;
  };
  const least = (spoken: Spoken): bigint => worth([spoken.winner.fact, ...spoken.gone.map((g) => g.fact)]);
  const independent = answerOf(known, 'update.last', 'independent', bar);
  const hi = worth([says.winner.fact]);
  return {
    lo: least(says),
    hi,
    independentLo: independent?.live === true ? least(independent) : 0n,
    live: says.live,
    silent: least(says) < hi,
    believed: hi === 0n || says.winner.fact.grade >= barFor(bar, says.winner.fact),
  };
}

/** Records there of records that must be there, in the unit in which both are known. */
function recordsOfExpected(known: KnownFacts, bar: Bar): Answered | null {
  // Of equal counts the one further on; of equal ones in all this, by name, so that the order of the facts says nothing.
  const further = (k: KeySays): bigint => BigInt(STAGES.indexOf(k.fact.stage ?? ''));
  const units = new Set(RECORD_UNITS);
  const counts = keysOf(known, 'records.count', 'all').filter(
    (k) => k.fact.extent === 'whole' && units.has(k.fact.unit ?? ''),
  );
  const totals = keysOf(known, 'records.expected', 'all').filter(
    (k) => k.fact.extent === 'whole' && k.fact.flags.source !== undefined,
  );
  const byUnit = [...counts].sort((a, b) => ((a.fact.unit ?? '') < (b.fact.unit ?? '') ? -1 : 1));
  const pairs = byUnit.flatMap((count) =>
    totals.filter((total) => total.fact.unit === count.fact.unit).map((total) => ({ count, total })),
  );
  // Claims never displace what is believed; else the largest count speaks, as in the headline.
  const rank = (p: { count: KeySays; total: KeySays }): bigint[] => [
    p.count.founded && p.total.founded ? 1n : 0n,
    largest(p.count),
    largest(p.total),
    further(p.count),
  ];
  const best = pairs.reduce<(typeof pairs)[number] | null>(
    (a, b) => (a === null || isGreater(rank(b), rank(a)) ? b : a),
    null,
  );
  if (best === null) return null;
  const { count, total } = best;
  const most = total.says.worstHi;
  const lo = shareOf(lower(count.says.lo, most), most);
  const hi = shareOf(lower(count.says.hi, totalLow(total)), totalLow(total));
  if (lo === null || hi === null) return null;
  const independent = keysOf(known, 'records.count', 'independent').filter(
    (k) => k.fact.extent === 'whole' && k.fact.unit === count.fact.unit && k.says.live,
  );
  const counted = independent.map((k) => k.says.lo).reduce(higher, 0n);
  const grade = count.fact.grade < total.fact.grade ? count.fact.grade : total.fact.grade;
  return {
    lo,
    hi,
    independentLo: shareOf(lower(counted, most), most) ?? 0n,
    live: count.says.live && total.says.live,
    silent: count.says.silent || most > total.says.hi,
    believed: count.says.hi === 0n || grade >= (bar.saidBy[count.fact.saidBy] ?? bar.from),
  };
}

/** For a total what fell silent can only have been more. */
function totalLow(total: KeySays): bigint {
  return total.says.conflict ? total.says.lo : total.says.winner.lo;
}

function largest(key: KeySays): bigint {
  const founded = key.facts.filter((f) => f.admission || f.fact.grade >= 'E2');
  return (founded.length > 0 ? founded : key.facts).map((f) => f.hi).reduce(higher, 0n);
}

function isGreater(a: readonly bigint[], b: readonly bigint[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0n) > (b[at] ?? 0n);
}

/** What becomes of a record, in this order. */
const STAGES = ['thu_thap', 'so_hoa', 'nhap_csdl', 'lam_sach', 'dong_bo'];
/** Units of class `record` of attributes.yaml that the generated cases use. */
const RECORD_UNITS = ['hồ sơ', 'bản ghi', 'người'];

/** Pairs are summed within one unit only; across units the lowest lo and the highest hi. */
function unitsReporting(known: KnownFacts, bar: Bar): Answered | null {
  const strong = (k: KeySays): boolean => k.fact.grade >= barFor(bar, k.fact);
  const voice = (asked: Voice) => {
    const all = keysOf(known, 'units.ratio', asked).filter(
      (k) => k.fact.extent === 'whole' && ['reported', 'data_entered'].includes(k.fact.role ?? ''),
    );
    const pairs = all.some((k) => k.founded) ? all.filter((k) => k.founded) : all;
    const units = [...new Set(pairs.map((k) => k.fact.unit))].map((unit) => {
      const list = pairs.filter((k) => k.fact.unit === unit);
      const total = sum(list.map((k) => BigInt(k.fact.total ?? 0)));
      return { lo: halfEven(sum(list.map(leastOf)), total), hi: halfEven(sum(list.map(mostOf)), total) };
    });
    return { pairs, units };
  };
  // In parts of one unit. What went stale may be anything; what is only claimed by now counts for nothing in the floor.
  const exactly = (k: KeySays): bigint => BigInt(k.fact.number ?? 0) * ONE;
  const whole = (k: KeySays): bigint => BigInt(k.fact.total ?? 0);
  const leastOf = (k: KeySays): bigint => {
    if (!k.says.live || (k.founded && !k.says.admission && !strong(k))) return 0n;
    return k.says.lo < k.says.winner.lo ? k.says.lo * whole(k) : exactly(k);
  };
  const mostOf = (k: KeySays): bigint => {
    if (!k.says.live) return whole(k) * ONE;
    return k.says.hi > k.says.winner.hi ? k.says.hi * whole(k) : exactly(k);
  };
  const { pairs, units } = voice('all');
  if (units.length === 0) return null;
  const own = voice('independent');
  const hi = units.map((u) => u.hi).reduce(higher);
  return {
    lo: units.map((u) => u.lo).reduce(lower),
    hi,
    independentLo: own.pairs.some((k) => k.says.live) ? own.units.map((u) => u.lo).reduce(lower) : 0n,
    live: pairs.some((k) => k.says.live),
    silent: pairs.some((k) => k.says.live && k.says.silent),
    believed: hi === 0n || pairs.some((k) => k.says.live && strong(k)),
  };
}
