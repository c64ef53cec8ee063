/**
 * The publication as metrics: run, sources, levels, figures, ages. Rule: ratios 0–1, seconds, ids as labels; what is
 * not known has no sample.
 */
import { fromSqlTimestamp, parseInstant } from '../../../config/time.ts';
import type { Row } from '../../../scoring/contract.ts';
import type { PublicationExport, PublicationFormat } from '../publication-format.ts';
import { type Family, familiesText, type Sample, stateSamples } from './families.ts';

const RUN_STATES = ['published', 'withheld', 'interrupted', 'cancelled', 'running'];
const SOURCE_STATES = ['ok', 'partial', 'failed', 'skipped'];
const SEVERITIES = ['error', 'warning', 'info'];
const LEVELS = [null, 1, 2, 3, 4, 5];

export const openmetrics: PublicationFormat = {
  // The collector reads files with this ending.
  extension: 'prom',
  mediaType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  reads: ['run', 'source_health', 'readiness', 'finding', 'waiting', 'overdue', 'rejection'],
  *write(input) {
    yield* familiesText([...runFamilies(input), ...sourceFamilies(input), ...figureFamilies(input)]);
  },
};

function runFamilies({ data, meta }: PublicationExport): Family[] {
  const { run_id, edition, program_version: version } = meta;
  const run = data.run.find((row) => row.run_id === run_id);
  return [
    {
      name: 'csdl_publication',
      help: 'The publication these metrics are of, always 1.',
      samples: [{ labels: { run_id, edition, version, as_of: meta.as_of }, value: 1 }],
    },
    {
      name: 'csdl_publication_timestamp_seconds',
      help: 'When the publication was made, Unix time.',
      unit: 'seconds',
      samples: seconds(new Date(meta.published_at)),
    },
    {
      name: 'csdl_as_of_timestamp_seconds',
      help: 'Beginning of the day of the figures in Viet Nam, Unix time.',
      unit: 'seconds',
      samples: seconds(parseInstant(meta.as_of)),
    },
    {
      name: 'csdl_run_started_timestamp_seconds',
      help: 'When the run began, Unix time.',
      unit: 'seconds',
      samples: seconds(run?.started_at == null ? null : fromSqlTimestamp(run.started_at)),
    },
    {
      name: 'csdl_run_state',
      help: 'How the run of this publication ended, one sample a state.',
      samples: run?.state == null ? [] : stateSamples({}, RUN_STATES, run.state),
    },
    {
      name: 'csdl_recent_runs',
      help: 'Runs in the ledger of the publication by how they ended.',
      samples: RUN_STATES.map((state) => ({
        labels: { state },
        value: data.run.filter((row) => row.state === state).length,
      })),
    },
    {
      name: 'csdl_rejections',
      help: 'Statements that could not be taken.',
      samples: [{ value: data.rejection.length }],
    },
  ];
}

function sourceFamilies({ data }: PublicationExport): Family[] {
  const each = (value: (row: Row<'source_health'>) => number | null): Sample[] =>
    data.source_health.flatMap((row) => {
      const found = value(row);
      return found === null ? [] : [{ labels: { source: row.source_id }, value: found }];
    });
  return [
    {
      name: 'csdl_source_state',
      help: 'Result of the last collection of a source, one sample a state.',
      samples: data.source_health.flatMap((row) => stateSamples({ source: row.source_id }, SOURCE_STATES, row.state)),
    },
    {
      name: 'csdl_source_required',
      help: 'Whether a source is required.',
      samples: each((row) => Number(row.required)),
    },
    { name: 'csdl_source_observations', help: 'Facts a source gave.', samples: each((row) => row.observations) },
    {
      name: 'csdl_source_rejections',
      help: 'Statements of a source that could not be taken.',
      samples: each((row) => row.rejections),
    },
    {
      name: 'csdl_source_failed_runs',
      help: 'Runs on end in which a source failed.',
      samples: each((row) => row.failures),
    },
    {
      name: 'csdl_source_duration_seconds',
      help: 'How long the last collection of a source took.',
      unit: 'seconds',
      samples: each((row) => (row.ms === null ? null : row.ms / 1000)),
    },
    {
      name: 'csdl_source_last_success_timestamp_seconds',
      help: 'When a source last answered, Unix time.',
      unit: 'seconds',
      samples: each((row) => (row.last_good_at === null ? null : unix(fromSqlTimestamp(row.last_good_at)))),
    },
  ];
}

function figureFamilies({ data }: PublicationExport): Family[] {
  const bound = (figure: 'confirmed' | 'floor' | 'ceiling'): Sample[] =>
    data.readiness.flatMap((row) => figureSample({ database: row.database_id, bound: figure }, row[figure]));
  const count = (as: string, pick: (row: Row<'readiness'>) => number | null): Sample[] =>
    LEVELS.map((level) => ({
      labels: { as, level: level === null ? 'none' : String(level) },
      value: data.readiness.filter((row) => pick(row) === level).length,
    }));
  return [
    {
      name: 'csdl_databases',
      help: 'Databases by level, as reported, as confirmed and at most; none where nothing is known.',
      samples: [
        ...count('reported', (row) => row.level_reported),
        ...count('confirmed', (row) => row.level_confirmed),
        ...count('max', (row) => row.level_max),
      ],
    },
    {
      name: 'csdl_overdue_databases',
      help: 'Databases in the newest overdue list.',
      samples: [{ value: new Set(data.overdue.map((row) => row.database_id)).size }],
    },
    {
      name: 'csdl_waiting',
      help: 'Databases and agencies that wait for another body.',
      samples: [{ value: data.waiting.length }],
    },
    {
      name: 'csdl_findings',
      help: 'Findings by severity.',
      samples: SEVERITIES.map((severity) => ({
        labels: { severity },
        value: data.finding.filter((row) => row.severity === severity).length,
      })),
    },
    {
      name: 'csdl_database_score_ratio',
      help: 'Figures of a database: confirmed, floor, ceiling.',
      unit: 'ratio',
      samples: [...bound('confirmed'), ...bound('floor'), ...bound('ceiling')],
    },
    {
      name: 'csdl_database_coverage_ratio',
      help: 'Share of the weight of a database that is known one way or the other.',
      unit: 'ratio',
      samples: data.readiness.flatMap((row) => figureSample({ database: row.database_id }, row.coverage)),
    },
  ];
}

/** 35.8 points → 0.358, without the dust of a division. */
function figureSample(labels: Record<string, string>, points: number | null): Sample[] {
  return points === null ? [] : [{ labels, value: Math.round(points * 10) / 1000 }];
}

function seconds(at: Date | null): Sample[] {
  return at === null || Number.isNaN(at.getTime()) ? [] : [{ value: unix(at) }];
}

function unix(at: Date): number {
  return at.getTime() / 1000;
}
