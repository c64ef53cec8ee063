/** Stage findings: runs their SQL, words them from the label file, joins what earlier nights knew; leaves publication.finding. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import { FINDING_COLUMNS, type ScoringSql, type SqlFile } from '../../scoring/sql-files.ts';
import type { Columns, Database } from '../database/database.ts';
import { readFindingPast } from '../database/past-nights.ts';
import {
  decisionsOnFindings,
  type FindingRow,
  openFinding,
  resolvedFinding,
  type ToldFinding,
} from './finding-lifecycle.ts';
import { Phrases } from './phrases.ts';
import { settled } from './settled.ts';

const text = z.string();
const findingFact = z.object({
  kind: text,
  database_id: text.nullable(),
  agency_id: text.nullable(),
  subject: text,
  severity: z.enum(['info', 'warning', 'error']),
  observation_ids: text.nullable(),
  params: text,
});
type FindingFact = z.output<typeof findingFact>;

const SEVERITY_ORDER = { error: 0, warning: 1, info: 2 } as const;
/** Rank of a finding whose file names none. */
const USUAL_RANK = 50;

const COLUMNS: Columns & Record<keyof FindingRow, string> = {
  as_of: 'DATE',
  finding_id: 'VARCHAR',
  kind: 'VARCHAR',
  severity: 'VARCHAR',
  state: 'VARCHAR',
  decision_id: 'VARCHAR',
  database_id: 'VARCHAR',
  agency_id: 'VARCHAR',
  name: 'VARCHAR',
  text: 'VARCHAR',
  is_contradiction: 'BOOLEAN',
  observation_ids: 'VARCHAR',
  first_seen: 'DATE',
  open_since: 'DATE',
  days_open: 'INTEGER',
  times_seen: 'INTEGER',
  resolved_on: 'DATE',
  author: 'VARCHAR',
  decided_on: 'DATE',
  note: 'VARCHAR',
  answer: 'VARCHAR',
  answered_by: 'VARCHAR',
  answered_on: 'DATE',
};

/** A stable id: the same finding keeps it from night to night, so that a decision can name it. @param databaseId by its first name */
export function findingId(kind: string, databaseId: string | null, agencyId: string | null, subject: string): string {
  return createHash('sha256')
    .update([kind, databaseId ?? '', agencyId ?? '', subject].join('\u001f'))
    .digest('hex')
    .slice(0, 16);
}

/** Fills publication.finding: what is found tonight, and what earlier nights found and was resolved of late. */
export async function findFindings(
  database: Database,
  scoring: ScoringSql,
  config: Config,
  asOf: string,
): Promise<void> {
  const tonight = await tellFindings(database, scoring, config, asOf);
  const past = await readFindingPast(database, asOf, [...tonight.keys()]);
  const decisions = decisionsOnFindings(config.decisions, asOf);
  const earlier = new Map(past.map((p) => [p.finding_id, p]));
  const rows = [
    ...[...tonight.values()].map(({ told, rank }) => {
      const id = told.finding_id;
      return { rank, row: openFinding(told, earlier.get(id), decisions.get(id), asOf) };
    }),
    ...past
      .filter((p) => !tonight.has(p.finding_id))
      .map((p) => ({ rank: USUAL_RANK, row: resolvedFinding(p.told, p, decisions.get(p.finding_id), asOf) })),
  ];
  rows.sort((a, b) => inOrder(a, b));
  await database.createTable(
    'publication.finding',
    COLUMNS,
    rows.map(({ row }) => ({ as_of: asOf, ...row })),
  );
}

/** What the SQL finds tonight, worded. */
async function tellFindings(
  database: Database,
  scoring: ScoringSql,
  config: Config,
  asOf: string,
): Promise<Map<string, { told: ToldFinding; rank: number }>> {
  const labels = new Labels(config.labels);
  const phrases = new Phrases(config, labels);
  const found = new Map<string, { told: ToldFinding; rank: number }>();
  const files = scoring.files.filter((f) => f.family === 'finding');
  const facts = await factsOf(database, files, asOf);
  const first = await firstNames(database);
  for (const file of files) {
    for (const fact of facts.get(file) ?? []) {
      const family = labels.has('contradictions', fact.kind, 'text') ? 'contradictions' : 'findings';
      const named = fact.database_id === null ? null : (first.get(fact.database_id) ?? fact.database_id);
      const id = findingId(fact.kind, named, fact.agency_id, fact.subject);
      const told = {
        finding_id: id,
        kind: fact.kind,
        severity: fact.severity,
        database_id: fact.database_id,
        agency_id: fact.agency_id,
        name: labels.text(family, fact.kind, 'name'),
        text: phrases.fill([family, fact.kind, 'text'], fact.params),
        is_contradiction: family === 'contradictions' || fact.kind === 'conflict',
        observation_ids: fact.observation_ids,
      };
      found.set(id, { told, rank: rankOf(file, fact.kind, config) });
    }
  }
  return found;
}

/** The name that each renamed database had first: its findings, and what people decided on them, go on under that id. */
async function firstNames(database: Database): Promise<Map<string, string>> {
  const rows = await database.rows(
    z.object({ to_id: text, first: text }),
    `SELECT to_id, min_by(from_id, (since, from_id)) AS first
     FROM fact.lineage WHERE NOT is_merged AND NOT is_split GROUP BY to_id`,
  );
  return new Map(rows.map((row) => [row.to_id, row.first]));
}

/** What each file finds, asked over two connections: many short questions, each of which is planned by one worker. */
async function factsOf(
  database: Database,
  files: readonly SqlFile[],
  asOf: string,
): Promise<Map<SqlFile, FindingFact[]>> {
  const names = Object.keys(FINDING_COLUMNS).join(', ');
  const facts = new Map<SqlFile, FindingFact[]>();
  const next = files.values();
  const ask = async (connection: Database): Promise<void> => {
    for (const file of next) {
      const sql = `SELECT ${names} FROM (${file.sql}\n)`;
      facts.set(file, await connection.rows(findingFact, sql, { as_of: asOf }, file.path));
    }
  };
  const beside = await database.fork();
  try {
    await settled([ask(database), ask(beside)]);
  } finally {
    beside.close();
  }
  return facts;
}

/** Among equals of severity the smaller rank stands first: `@rank` of the file; contradictions in the order of their file. */
function rankOf(file: SqlFile, kind: string, config: Config): number {
  const rank = Number(file.header.rank ?? USUAL_RANK);
  const place = config.contradictions.findIndex((c) => c.label === kind);
  return place === -1 ? rank : rank + place / 1000;
}

interface Placed {
  row: FindingRow;
  rank: number;
}

/** What is open before what somebody has taken up, that before what is resolved; then by weight, kind and database. */
function inOrder(a: Placed, b: Placed): number {
  const place = ({ row }: Placed): number => (row.state === 'resolved' ? 2 : row.state === 'acknowledged' ? 1 : 0);
  return (
    place(a) - place(b) ||
    SEVERITY_ORDER[a.row.severity] - SEVERITY_ORDER[b.row.severity] ||
    a.rank - b.rank ||
    compare(a.row.kind, b.row.kind) ||
    compare(a.row.database_id ?? '', b.row.database_id ?? '') ||
    compare(a.row.finding_id, b.row.finding_id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
