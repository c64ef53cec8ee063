/** The registry as tables: databases, deadlines, agencies, who followed whom, who owned what when, and days off. */
import type { Config } from '../../config/load.ts';
import type { RawTables } from './raw-table.ts';

/** ISO 8601 duration in whole days (months count 30, years 365; part days count one). */
export function durationDays(duration: string | null): number | null {
  if (duration === null) return null;
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T.+)?$/.exec(duration);
  if (found === null) return null;
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1, 5).map((part) => Number(part ?? 0));
  return years * 365 + months * 30 + weeks * 7 + days + (found[5] === undefined ? 0 : 1);
}

export function loadRegistry(raw: RawTables, config: Config): void {
  raw.add(
    'database',
    {
      database_id: 'VARCHAR',
      position: 'INTEGER',
      name: 'VARCHAR',
      kind: 'VARCHAR',
      row_kind: 'VARCHAR',
      part_of: 'VARCHAR',
      agency_id: 'VARCHAR',
      listed_in: 'VARCHAR',
      holds_persons: 'VARCHAR',
      custodian: 'VARCHAR',
      classification: 'VARCHAR',
      required_direction: 'VARCHAR',
      headline_unit: 'VARCHAR',
      update_frequency: 'VARCHAR',
      update_frequency_days: 'INTEGER',
      sync_schedule: 'VARCHAR',
      sync_schedule_days: 'INTEGER',
      aliases: 'VARCHAR',
      valid_from: 'DATE',
      valid_to: 'DATE',
    },
    config.databases.map((d, position) => ({
      ...d,
      position,
      listed_in: d.listed_in.join(';'),
      valid_from: d.valid_from ?? null,
      valid_to: d.valid_to ?? null,
      aliases: d.aliases.join(';'),
      update_frequency_days: durationDays(d.update_frequency),
      sync_schedule_days: durationDays(d.sync_schedule),
    })),
  );
  raw.add(
    'deadline',
    {
      database_id: 'VARCHAR',
      due: 'DATE',
      precision: 'VARCHAR',
      basis: 'VARCHAR',
      what: 'VARCHAR',
      document: 'VARCHAR',
      document_row: 'VARCHAR',
    },
    config.deadlines.map((d) => ({ ...d, document_row: d.row })),
  );
  raw.add(
    'agency',
    {
      agency_id: 'VARCHAR',
      name: 'VARCHAR',
      short_name: 'VARCHAR',
      type: 'VARCHAR',
      agency_group: 'VARCHAR',
      protocol_order: 'INTEGER',
      parent_id: 'VARCHAR',
      valid_from: 'DATE',
      valid_to: 'DATE',
      aliases: 'VARCHAR',
    },
    config.agencies.map((a) => ({ ...a, agency_group: a.group, aliases: a.aliases.join(';') })),
  );
  raw.add(
    'succession',
    { from_id: 'VARCHAR', to_id: 'VARCHAR', field: 'VARCHAR', date: 'DATE', basis: 'VARCHAR' },
    config.successions,
  );
  // Settings kept by a run of before these files existed do not have them.
  raw.add(
    'database_succession',
    { from_id: 'VARCHAR', to_id: 'VARCHAR', kind: 'VARCHAR', date: 'DATE', basis: 'VARCHAR' },
    config.databaseSuccessions ?? [],
  );
  raw.add(
    'database_owner',
    { database_id: 'VARCHAR', agency_id: 'VARCHAR', valid_from: 'DATE', valid_to: 'DATE' },
    config.databaseOwners ?? [],
  );
  raw.add(
    'holiday',
    { date: 'DATE', kind: 'VARCHAR', name: 'VARCHAR', basis: 'VARCHAR', strength: 'VARCHAR' },
    config.holidays ?? [],
  );
}
