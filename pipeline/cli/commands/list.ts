/** csdl list: what there is in the settings, the program and (tables) the publication. */
import { Argument } from 'commander';
import { EXIT } from '../../../config/fault.ts';
import { discoverConnectors } from '../../../connectors/discover.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { readScoringSql } from '../../../scoring/read.ts';
import type { SqlFile } from '../../../scoring/sql-files.ts';
import { PublishedTables } from '../../database/published-tables.ts';
import { makePlan } from '../../stages/plan.ts';
import type { Verb } from '../command.ts';
import { printRows, type Row } from '../output.ts';
import { publishedDatabase } from '../published.ts';

const KINDS = [
  'databases',
  'agencies',
  'tables',
  'sources',
  'connectors',
  'criteria',
  'indicators',
  'models',
  'findings',
  'actions',
  'checks',
  'rules',
] as const;
type Kind = (typeof KINDS)[number];

export const list: Verb = {
  name: 'list',
  summary:
    'list databases, agencies, tables, sources, connectors, criteria, indicators, models, findings, actions, checks or rules',
  examples: ['csdl list databases', 'csdl list tables', 'csdl list indicators', 'csdl list agencies --json'],
  declare(command) {
    command.addArgument(new Argument('<what>', 'what to list').choices(KINDS));
  },
  async run({ effects, options }, [what]) {
    if (what === 'tables') {
      printRows(effects, await tableRows(options.out), options.json);
      return EXIT.ok;
    }
    printRows(effects, await rowsOf(what as Kind, options.config, effects.environment), options.json);
    return EXIT.ok;
  },
};

/** What the publication of `out` holds, with the sentence each table carries. */
async function tableRows(out: string): Promise<Row[]> {
  const published = await PublishedTables.open(publishedDatabase(out));
  try {
    const counts = await published.counts();
    return published.tables.map(({ name, comment, columns }) => ({
      table: name,
      rows: counts.get(name) ?? 0,
      columns: columns.length,
      comment,
    }));
  } finally {
    published.close();
  }
}

async function rowsOf(kind: Kind, configFolder: string | undefined, environment: NodeJS.ProcessEnv): Promise<Row[]> {
  if (kind === 'connectors')
    return [...(await discoverConnectors()).values()].map((c) => ({ id: c.id, summary: c.summary }));
  if (kind === 'rules')
    return [...(await discoverRules()).values()].map(({ id, version, strength, title, source }) => ({
      id,
      version,
      strength,
      title,
      source,
    }));
  const { loaded, sources, scoring } = await makePlan(configFolder, environment);
  const { config } = loaded;
  switch (kind) {
    case 'databases':
      return config.databases.map((d) => ({
        id: d.database_id,
        name: d.name,
        agency: d.agency_id,
        kind: d.row_kind,
        listed_in: d.listed_in.join(';'),
      }));
    case 'agencies':
      return config.agencies.map((a) => ({
        id: a.agency_id,
        name: a.name,
        valid_from: a.valid_from,
        valid_to: a.valid_to,
      }));
    case 'sources':
      return sources.map((s) => ({ id: s.setting.id, connector: s.connector.id, required: s.setting.required }));
    case 'criteria':
      return config.criteria.criteria.map((c) => ({
        id: c.id,
        short: c.short,
        block: c.block,
        certainty: c.certainty,
      }));
    case 'indicators':
      return indicatorRows(config.scoring.pillars, scoring.files);
    default:
      return readScoringSql()
        .files.filter((f) => `${f.family}s` === kind)
        .map((f) => ({ id: f.id, title: f.header.title ?? '' }));
  }
}

function indicatorRows(
  pillars: Record<string, { indicators: Record<string, { weight: number; believe_from: string }> }>,
  files: readonly SqlFile[],
): Row[] {
  const questions = new Map(files.filter((f) => f.family === 'indicator').map((f) => [f.id, f.header.question ?? '']));
  return Object.entries(pillars).flatMap(([pillar, p]) =>
    Object.entries(p.indicators).map(([id, i]) => ({
      pillar,
      id,
      weight: i.weight,
      believe_from: i.believe_from,
      question: questions.get(id) ?? '',
    })),
  );
}
