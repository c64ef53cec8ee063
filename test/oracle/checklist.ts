/** The checklist pillar (DESIGN section 6): a applicable, k the believed count, i and n single items believed met and unmet. */
import type { Config } from '../../config/load.ts';
import type { DatabaseRow } from '../../config/schema/registry.ts';
import { answerOf, type Bar, isBelieved, keysOf } from './answer.ts';
import { halfEven, higher, lower, ONE } from './exact.ts';
import { withoutC06 } from './indicators.ts';
import type { KnownFacts } from './known.ts';

export interface Checklist {
  applicable: bigint;
  floor: bigint;
  ceiling: bigint;
  independent: bigint;
  coverage: bigint;
  /** The count and the single items cannot both hold. */
  conflict: boolean;
}

/** Criteria that ask what an indicator about persons asks as well (criteria.yaml duplicates_indicator). */
const ABOUT_PERSONS = ['c06_connection', 'c06_cleaning', 'matched_population'];

export function checklistOf(config: Config, database: DatabaseRow, known: KnownFacts, asOf: string): Checklist {
  const bar: Bar = { from: config.scoring.pillars.checklist?.believe_from ?? 'E2', saidBy: {} };
  const items = config.criteria.criteria
    .filter((c) => !(withoutC06(database) && ABOUT_PERSONS.includes(c.duplicates_indicator ?? '')))
    .filter(
      (c) =>
        !config.waivers.some(
          (w) => w.database === database.database_id && w.criterion === c.id && w.from <= asOf && asOf <= w.until,
        ),
    )
    .map((c) => itemOf(known, `criterion.${c.id}`, bar));
  const applicable = BigInt(items.length);
  const count = (test: (item: Item) => boolean): bigint => BigInt(items.filter(test).length);
  const met = count((i) => i.met);
  const unmet = count((i) => i.unmet);

  const told = answerOf(known, 'checklist.met', 'all', bar);
  const independent = answerOf(known, 'checklist.met', 'independent', bar);
  const total = BigInt(config.criteria.total);
  const criteria = (share: bigint): bigint => lower(applicable, halfEven(share * total, ONE));
  // A newer complete set of items replaces the count.
  const replaced =
    told !== null &&
    items.length > 0 &&
    items.every((i) => i.statedSince !== null && i.statedSince > told.since) &&
    oldest(items) > told.since;
  const counted = told?.live === true && isBelieved(told, bar) && !replaced ? told : null;
  const claimed = told?.live === true && !isBelieved(told, bar) ? told : null;
  const floor = counted === null ? met : higher(criteria(counted.lo), met);
  const ceiling =
    counted !== null
      ? higher(criteria(counted.hi), met)
      : claimed !== null
        ? lower(higher(criteria(claimed.hi), met), applicable - unmet)
        : applicable - unmet;
  const confirmedItems = count((i) => i.confirmed);
  const confirmedCount = independent?.live === true ? criteria(independent.lo) : 0n;
  return {
    applicable,
    floor,
    ceiling,
    independent: lower(floor, higher(confirmedItems, confirmedCount)),
    conflict:
      counted !== null &&
      (counted.conflict || met > criteria(counted.winner.lo) || criteria(counted.winner.lo) > applicable - unmet),
    coverage: counted === null ? met + unmet : counted.silent ? 0n : applicable - (ceiling - floor),
  };
}

interface Item {
  met: boolean;
  unmet: boolean;
  confirmed: boolean;
  /** Newest believed statement about it, live or not. */
  statedSince: number | null;
}

function oldest(items: readonly Item[]): number {
  return Math.min(...items.map((i) => i.statedSince ?? Number.NEGATIVE_INFINITY));
}

function itemOf(known: KnownFacts, attribute: string, bar: Bar): Item {
  const [key] = keysOf(known, attribute, 'all').filter((k) => k.fact.extent === 'whole');
  const [own] = keysOf(known, attribute, 'independent').filter((k) => k.fact.extent === 'whole');
  const stated = (key?.facts ?? [])
    .filter((f) => f.admission || f.fact.grade >= bar.from)
    .map((f) => f.fact.observedAt.getTime());
  const live = key?.says.live === true ? key.says : null;
  return {
    met: live !== null && live.lo === ONE && isBelieved(live, bar),
    unmet: live !== null && live.hi === 0n,
    confirmed: own?.says.live === true && own.says.lo === ONE,
    statedSince: stated.length === 0 ? null : Math.max(...stated),
  };
}
