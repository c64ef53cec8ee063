/** Facts as the oracle groups them: by database, attribute and key, newest of each source, grade and speaker. */
import type { Config } from '../../config/load.ts';
import type { ObservationRow } from '../../pipeline/database/store-rows.ts';
import { type Grade, intervalOf, isLive, isVisible, type OracleFact, type Speaker, type Valued } from './fact.ts';

const instant = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);
const textOf = (value: string | number | null): string | null => (value === null ? null : String(value));
const numberOf = (value: string | number | null): number | null => (value === null ? null : Number(value));

/** Rows of the store as facts; what is said of an umbrella goes to each of its parts. */
export function factsOf(rows: readonly ObservationRow[], config: Config): OracleFact[] {
  const kinds = new Map(config.databases.map((d) => [d.database_id, d.row_kind]));
  return rows.flatMap((row) => {
    if (row.subject_type !== 'database') return [];
    const fact: OracleFact = {
      id: String(row.id),
      database: String(row.subject_id),
      attribute: String(row.attribute),
      target: textOf(row.target),
      unit: textOf(row.unit),
      role: textOf(row.role),
      stage: textOf(row.stage),
      extent: String(row.extent),
      modality: String(row.modality),
      text: textOf(row.value_text),
      number: numberOf(row.value_number),
      total: numberOf(row.value_total),
      low: numberOf(row.value_low),
      high: numberOf(row.value_high),
      time: row.value_time === null ? null : instant(String(row.value_time)),
      flags: JSON.parse(String(row.flags)) as OracleFact['flags'],
      saidBy: String(row.said_by) as Speaker,
      grade: String(row.grade) as Grade,
      observedAt: instant(String(row.observed_at)),
      statedAt: instant(String(row.stated_at)),
      collectedAt: instant(String(row.collected_at)),
      source: String(row.source_id),
    };
    if (kinds.get(fact.database) !== 'umbrella') return [fact];
    return config.databases
      .filter((d) => d.part_of === fact.database)
      .map((part) => ({ ...fact, database: part.database_id }));
  });
}

/** What is known of one database as of a day, ready to be asked. */
export class KnownFacts {
  readonly #keys = new Map<string, Valued[]>();
  readonly any: boolean;
  readonly anyIndependent: boolean;

  constructor(facts: readonly OracleFact[], config: Config, asOf: string, databaseId: string) {
    const database = config.databases.find((d) => d.database_id === databaseId);
    const worth = { config, asOf, requiredDirection: database?.required_direction ?? ('unknown' as const) };
    const visible = newest(dropTwins(facts.filter((f) => f.database === databaseId && isVisible(f, asOf))));
    // That an endpoint answers is no word on how far the database is.
    const words = visible.filter((f) => f.attribute !== 'probe.available');
    this.any = words.length > 0;
    this.anyIndependent = words.some((f) => ['receiver', 'assessor', 'system'].includes(f.saidBy));
    for (const fact of visible) {
      const interval = intervalOf(fact, worth);
      if (interval === null) continue;
      const key = keyOf(fact);
      const list = this.#keys.get(key) ?? [];
      list.push({ fact, ...interval, live: isLive(fact, worth), admission: interval.hi === 0n });
      this.#keys.set(key, list);
    }
  }

  /** The facts of each key of an attribute. */
  keys(attribute: string): Valued[][] {
    return [...this.#keys.values()].filter((list) => list[0]?.fact.attribute === attribute);
  }
}

function keyOf(f: OracleFact): string {
  // A total that does not name its source proves nothing: it never stands beside one that does.
  const sourced = f.attribute === 'records.expected' && f.flags.source === undefined ? 'unsourced' : '';
  return [f.attribute, f.extent, f.unit ?? '', f.role ?? '', f.stage ?? '', f.target ?? '', sourced].join('|');
}

/** The same fact learnt twice is one fact. */
function dropTwins(facts: readonly OracleFact[]): OracleFact[] {
  const seen = new Set<string>();
  return facts.filter((f) => !seen.has(f.id) && seen.add(f.id) !== undefined);
}

/** Of each key, source, grade and speaker the newest; all that tie. */
function newest(facts: readonly OracleFact[]): OracleFact[] {
  const group = (f: OracleFact): string =>
    [
      f.attribute,
      f.extent,
      f.unit ?? '',
      f.role ?? '',
      f.stage ?? '',
      f.target ?? '',
      f.source,
      f.grade,
      f.saidBy,
    ].join('|');
  const best = new Map<string, number>();
  for (const fact of facts) best.set(group(fact), Math.max(best.get(group(fact)) ?? 0, fact.observedAt.getTime()));
  return facts.filter((f) => f.observedAt.getTime() === best.get(group(f)));
}
