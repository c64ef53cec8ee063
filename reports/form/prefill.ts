/**
 * What is known of an agency's databases, as the form would have it typed: states as ids, numbers as typed, days.
 * Rule: only what was said; nothing is guessed, and amounts of a database that is not open stay blank.
 */
import type { PublicationData, Row } from '../../scoring/contract.ts';
import { flagsOf, hidesAmounts } from '../fact-words.ts';

/** Tables of a publication that the form reads. */
export const FORM_TABLES = [
  'observation',
  'observation_current',
  'criterion_status',
  'readiness',
  'database',
  'waiting',
  'blocker',
  'agency',
] as const;
export type FormData = Pick<PublicationData, (typeof FORM_TABLES)[number]>;

/** Column of sheet 1 → id of a state, number, day, or text. */
export type StatusPrefill = Readonly<Partial<Record<string, string | number>>>;
export interface Prefill {
  readonly status: ReadonlyMap<string, StatusPrefill>;
  /** Database → criterion → state. `not_applicable` was granted and is printed, not typed. */
  readonly criteria: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Rows of the sheet of localities. */
  readonly localities: readonly { database: string; role: string; done: number; total: number; unit: string }[];
}

type Current = Row<'observation_current'>;

export function prefill(data: FormData, databases: readonly string[]): Prefill {
  const wanted = new Set(databases);
  const facts = new Map<string, Current[]>(databases.map((id) => [id, []]));
  for (const fact of data.observation_current)
    if (fact.subject_type === 'database') facts.get(fact.subject_id)?.push(fact);
  const status = databases.map((id) => [id, statusOf(data, id, facts.get(id) ?? [])] as const);
  const criteria = new Map<string, Map<string, string>>(databases.map((id) => [id, new Map()]));
  // A state that follows from other facts was never reported as such; it is not put into the owner's mouth.
  for (const row of data.criterion_status)
    if (row.known_by === 'stated' || row.state === 'not_applicable')
      criteria.get(row.database_id)?.set(row.criterion, row.state);
  const localities = data.observation_current
    .filter((fact) => fact.attribute === 'units.ratio' && wanted.has(fact.subject_id) && fact.extent === 'whole')
    .flatMap((fact) =>
      fact.value_number === null || fact.value_total === null || fact.role === null
        ? []
        : [
            {
              database: fact.subject_id,
              role: fact.role,
              done: fact.value_number,
              total: fact.value_total,
              unit: fact.unit ?? '',
            },
          ],
    );
  return { status: new Map(status), criteria, localities };
}

function statusOf(data: FormData, id: string, facts: readonly Current[]): StatusPrefill {
  const of = (attribute: string): Current | undefined => {
    const all = facts.filter((fact) => fact.attribute === attribute && fact.target === null);
    return all.find((fact) => fact.extent === 'whole') ?? all[0];
  };
  const state = (attribute: string): string | undefined => of(attribute)?.state ?? undefined;
  const database = data.database.find((one) => one.database_id === id);
  const software = of('software.state');
  const amounts = hidesAmounts(database) ? {} : amountsOf(data, id, facts);
  return known({
    criteria_met: of('checklist.met')?.value_number ?? undefined,
    software: software?.state ?? undefined,
    extent: extentOf(software),
    ...amounts,
    c12_connection: state('c12.connection'),
    c12_sync: state('c12.sync'),
    synced_on: timeOf(data, of('update.last')),
    c06_connection: state('c06.connection'),
    cleaning: state('c06.cleaning') ?? (withoutPersons(database?.holds_persons) ? 'no_persons' : undefined),
    security: state('security.assessment'),
    ...troubleOf(data, id),
  });
}

function withoutPersons(holds: string | undefined): boolean {
  return holds === 'no' || holds === 'foreign';
}

/** "For the whole" is also what is assumed where nothing was said; it is not printed as if it had been. */
function extentOf(fact: Current | undefined): string | undefined {
  if (fact === undefined) return undefined;
  const flags = flagsOf(fact.flags);
  if (flags.central_only === true) return 'central_only';
  if (flags.component === true) return 'component';
  return fact.extent === 'whole' ? undefined : fact.extent;
}

function amountsOf(data: FormData, id: string, facts: readonly Current[]): StatusPrefill {
  const row = data.readiness.find((one) => one.database_id === id);
  const counts = facts.filter((fact) => fact.attribute === 'records.count');
  const count =
    counts.find((fact) => fact.unit === row?.records_unit && fact.stage === row?.records_stage) ??
    counts.find((fact) => fact.unit === row?.records_unit);
  const expected = facts.find((fact) => fact.attribute === 'records.expected');
  const said = count === undefined ? null : amountSaid(count);
  return known({
    records: said?.number,
    precision: said?.precision,
    unit: said === null ? undefined : (count?.unit ?? undefined),
    stage: said === null ? undefined : (count?.stage ?? undefined),
    expected: expected === undefined ? undefined : amountSaid(expected)?.number,
  });
}

/** An interval as it was said: "hơn" names its lower end, "gần" its upper, "khoảng" and round numbers the middle. */
function amountSaid(fact: Current): { number: number; precision: string } | null {
  const { low, high, value_number } = fact;
  if (low === null || high === null || low === high) {
    const number = value_number ?? low;
    return number === null ? null : { number, precision: 'exact' };
  }
  const { hedge } = flagsOf(fact.flags);
  if (hedge === 'hon' || hedge === 'tren') return { number: low, precision: 'hon' };
  if (hedge === 'gan' || hedge === 'duoi') return { number: high, precision: 'gan' };
  return { number: Math.round((low + high) / 2), precision: 'khoang' };
}

function timeOf(data: FormData, fact: Current | undefined): string | undefined {
  if (fact === undefined) return undefined;
  return fact.observed_on ?? data.observation.find((one) => one.id === fact.observation_id)?.observed_at.slice(0, 10);
}

/** What is waited for longest; else the first difficulty named. */
function troubleOf(data: FormData, id: string): StatusPrefill {
  const waits = data.waiting.filter((row) => row.database_id === id);
  const wait = waits.find((row) => row.since !== null) ?? waits[0];
  if (wait !== undefined) return known({ blocked_by: wait.holder, waiting_since: wait.since ?? undefined });
  const blocker = data.blocker.find((row) => row.database_id === id && row.holder !== null);
  if (blocker === undefined) return {};
  const agency = data.agency.find((one) => one.agency_id === blocker.target);
  return known({
    blocked_by: blocker.holder ?? undefined,
    waiting_for: agency?.name,
    waiting_since: blocker.since ?? undefined,
  });
}

function known(values: Readonly<Record<string, string | number | undefined>>): StatusPrefill {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as StatusPrefill;
}
