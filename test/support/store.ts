/** A store of its own and made-up facts for it. */
import { parseInstant, sqlTimestamp } from '../../config/time.ts';
import { Database } from '../../pipeline/database/database.ts';
import { openStore } from '../../pipeline/database/store.ts';
import { OBSERVATION_COLUMNS, type ObservationRow } from '../../pipeline/database/store-rows.ts';

export async function withStore<T>(work: (database: Database) => Promise<T>, path = ':memory:'): Promise<T> {
  const database = await Database.open();
  try {
    await openStore(database, path);
    return await work(database);
  } finally {
    database.close();
  }
}

const EMPTY = Object.fromEntries(Object.keys(OBSERVATION_COLUMNS).map((name) => [name, null])) as ObservationRow;

/** A fact with this id; what is not said of it is the same for all. */
export function row(id: string, rest: Partial<ObservationRow> = {}): ObservationRow {
  const day = String(rest.observed_at ?? '2026-06-01');
  const at = sqlTimestamp(parseInstant(day) ?? new Date(0));
  return {
    ...EMPTY,
    id,
    subject_type: 'database',
    subject_id: 'a',
    database_id: 'a',
    attribute: 'c12.connection',
    value_text: 'one_way',
    modality: 'done',
    extent: 'whole',
    shared_n: 1,
    flags: '{}',
    said_by: 'owner',
    grade: 'E2',
    collected_at: '2026-06-02 00:00:00',
    run_id: 'r',
    source_id: 's',
    ...rest,
    observed_at: at,
    stated_at: at,
    visible_on: day,
  };
}
