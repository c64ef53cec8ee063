/** Waivers, decisions, contradictions and sources as tables. */
import type { Config } from '../../config/load.ts';
import { PARTS, type RawTables } from './raw-table.ts';

export function loadOperation(raw: RawTables, config: Config): void {
  raw.add(
    'waiver',
    {
      database_id: 'VARCHAR',
      criterion: 'VARCHAR',
      indicator: 'VARCHAR',
      approved_by: 'VARCHAR',
      document: 'VARCHAR',
      ground: 'VARCHAR',
      valid_from: 'DATE',
      valid_until: 'DATE',
    },
    config.waivers.map((w) => ({ ...w, database_id: w.database, valid_from: w.from, valid_until: w.until })),
  );
  raw.add(
    'decision',
    {
      id: 'VARCHAR',
      kind: 'VARCHAR',
      object: 'VARCHAR',
      who: 'VARCHAR',
      decided_on: 'DATE',
      ground: 'VARCHAR',
      valid_until: 'DATE',
      answer: 'VARCHAR',
      answered_by: 'VARCHAR',
      answered_on: 'DATE',
    },
    config.decisions.map((d) => ({
      id: d.id,
      kind: d.kind,
      object: 'finding' in d ? d.finding : d.kind === 'enter' ? JSON.stringify(d.fact) : d.observation,
      who: d.who,
      decided_on: d.when,
      ground: d.ground,
      valid_until: 'until' in d ? d.until : null,
      answer: d.kind === 'contest' ? d.answer?.text : null,
      answered_by: d.kind === 'contest' ? d.answer?.who : null,
      answered_on: d.kind === 'contest' ? d.answer?.when : null,
    })),
  );
  raw.add(
    'contradiction',
    { contradiction: 'VARCHAR', label: 'VARCHAR', severity: 'VARCHAR', gate: 'VARCHAR' },
    config.contradictions.map((c) => ({
      contradiction: c.id,
      label: c.label,
      severity: c.severity,
      gate: c.gate ?? null,
    })),
  );
  raw.add(
    'contradiction_side',
    {
      contradiction: 'VARCHAR',
      side: 'VARCHAR',
      attribute: 'VARCHAR',
      subject: 'VARCHAR',
      voice: 'VARCHAR',
      states: 'VARCHAR[]',
      at_least: 'BIGINT',
      below: 'BIGINT',
      silent_days: 'INTEGER',
    },
    config.contradictions.flatMap((c) =>
      (['a', 'b'] as const).map((side) => ({
        contradiction: c.id,
        side,
        ...c[side],
        at_least: parts(c[side].at_least),
        below: parts(c[side].below),
      })),
    ),
  );
  raw.add('source', { source_id: 'VARCHAR', connector: 'VARCHAR', required: 'BOOLEAN' }, [
    ...config.sources.sources.map((s) => ({ source_id: s.id, connector: s.connector, required: s.required })),
    ...config.sources.measure.map(({ contract }) => ({
      source_id: measureSourceId(contract),
      connector: 'contract',
      required: false,
    })),
    // Settings kept before there was such a thing have none.
    ...(config.sources.reconcile ?? []).map(({ id }) => ({
      source_id: reconcileSourceId(id),
      connector: 'reconcile',
      required: false,
    })),
  ]);
  raw.add('quality_threshold', { good: 'INTEGER', fair: 'INTEGER', identifiers: 'INTEGER' }, [
    config.scoring.quality.thresholds,
  ]);
}

/** The source that a measured contract is, by its file or id. */
export function measureSourceId(contract: string): string {
  return `measure-${contract.replace(/^.*\//, '').replace(/\.ya?ml$/i, '')}`;
}

/** The source that a reconciliation is. */
export const reconcileSourceId = (id: string): string => `reconcile-${id}`;

/** A value of the settings in the parts of one that models reckon in. */
function parts(value: number | undefined): number | null {
  return value === undefined ? null : value * PARTS;
}
