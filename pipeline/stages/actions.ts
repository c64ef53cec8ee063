/** Stage actions: what to do next, by exact re-scoring, worded from the label file; leaves publication.action. */
import { z } from 'zod';
import { viPoints } from '../../config/format.ts';
import { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import type { Database } from '../database/database.ts';
import { scoreActions } from '../database/what-if.ts';
import { Phrases } from './phrases.ts';

const text = z.string();
const gain = z.object({
  database_id: text,
  action: text,
  position: z.coerce.number(),
  holder: text.nullable(),
  due: text.nullable(),
  due_precision: text.nullable(),
  due_source: text.nullable(),
  due_basis: text.nullable(),
  observation_id: text.nullable(),
  params: text,
  level_from: z.number().nullable(),
  level_to: z.number().nullable(),
  confirmed_from: z.number().nullable(),
  confirmed_to: z.number().nullable(),
  criteria_from: z.number(),
  criteria_to: z.number(),
  applicable_from: z.number(),
  applicable_to: z.number(),
  floor_from: z.number().nullable(),
  floor_to: z.number().nullable(),
});
type Gain = z.output<typeof gain>;

/** Fills publication.action: what to do next, by exact re-scoring, most gained first. */
export async function findActions(
  database: Database,
  scoring: ScoringSql,
  config: Config,
  asOf: string,
): Promise<void> {
  await scoreActions(database, scoring, asOf);
  const labels = new Labels(config.labels);
  const phrases = new Phrases(config, labels);
  const owned = z.object({ database_id: text, agency_id: text.nullable() });
  const subjects = await database.rows(owned, 'SELECT database_id, agency_id FROM fact.subject');
  const owners = new Map(subjects.map((d) => [d.database_id, d.agency_id]));
  const gains = await database.rows(gain, 'SELECT * FROM score.action_gain');
  gains.sort((a, b) => compare(a.database_id, b.database_id) || compareGain(a, b));
  const ranks = new Map<string, number>();
  const rows = gains.map((g) => {
    const rank = (ranks.get(g.database_id) ?? 0) + 1;
    ranks.set(g.database_id, rank);
    const body = (token: string): string | null =>
      token === 'none'
        ? null
        : token === 'owner'
          ? phrases.agency(owners.get(g.database_id) ?? null)
          : token === 'bo_cong_an'
            ? phrases.agency('bo-cong-an')
            : labels.text('holders', token);
    const detail = (key: string): string => labels.text('actions', 'details', g.action, key);
    return {
      as_of: asOf,
      database_id: g.database_id,
      rank,
      action: g.action,
      text: phrases.fill(['actions', 'templates', g.action], g.params),
      responsible: detail('responsible'),
      lead: body(detail('lead')),
      coordinate: body(detail('coordinate')),
      product: labels.text('actions', 'products', detail('product')),
      authority: detail('authority'),
      due: g.due,
      due_precision: g.due_precision,
      due_source: g.due_source,
      due_basis: g.due_source === 'programme' ? labels.text('actions', 'programme_basis') : g.due_basis,
      result: gainText(g, labels),
      level_from: g.level_from,
      level_to: g.level_to,
      confirmed_from: g.confirmed_from,
      confirmed_to: g.confirmed_to,
      criteria_gain: g.criteria_to - g.criteria_from,
      floor_from: g.floor_from,
      floor_to: g.floor_to,
      observation_id: g.observation_id,
    };
  });
  await database.createTable(
    'publication.action',
    {
      as_of: 'DATE',
      database_id: 'VARCHAR',
      rank: 'INTEGER',
      action: 'VARCHAR',
      text: 'VARCHAR',
      responsible: 'VARCHAR',
      lead: 'VARCHAR',
      coordinate: 'VARCHAR',
      product: 'VARCHAR',
      authority: 'VARCHAR',
      due: 'DATE',
      due_precision: 'VARCHAR',
      due_source: 'VARCHAR',
      due_basis: 'VARCHAR',
      result: 'VARCHAR',
      level_from: 'INTEGER',
      level_to: 'INTEGER',
      confirmed_from: 'INTEGER',
      confirmed_to: 'INTEGER',
      criteria_gain: 'INTEGER',
      floor_from: 'DOUBLE',
      floor_to: 'DOUBLE',
      observation_id: 'VARCHAR',
    },
    rows,
  );
}

/** Level first, then confirmed level, then criteria, then points; equal gains in the order of the files. */
function compareGain(a: Gain, b: Gain): number {
  const level = (g: Gain): number => (g.level_to ?? 0) - (g.level_from ?? 0);
  const confirmed = (g: Gain): number => (g.confirmed_to ?? 0) - (g.confirmed_from ?? 0);
  const floor = (g: Gain): number => (g.floor_to ?? 0) - (g.floor_from ?? 0);
  return (
    level(b) - level(a) ||
    confirmed(b) - confirmed(a) ||
    b.criteria_to - b.criteria_from - (a.criteria_to - a.criteria_from) ||
    floor(b) - floor(a) ||
    a.position - b.position
  );
}

function gainText(g: Gain, labels: Labels): string {
  const level = (n: number | null): string => labels.text('levels', String(n ?? 0), 'name');
  const parts: string[] = [];
  if (g.level_to !== g.level_from)
    parts.push(labels.format(['actions', 'gain_level'], { from: level(g.level_from), to: level(g.level_to) }));
  if (g.confirmed_to !== g.confirmed_from)
    parts.push(labels.format(['actions', 'gain_confirmed'], { to: level(g.confirmed_to) }));
  if (g.criteria_to > g.criteria_from)
    parts.push(labels.format(['actions', 'gain_criteria'], { n: g.criteria_to - g.criteria_from }));
  if (g.applicable_to < g.applicable_from)
    parts.push(labels.format(['actions', 'gain_denominator'], { from: g.applicable_from, to: g.applicable_to }));
  const points = (g.floor_to ?? 0) - (g.floor_from ?? 0);
  if (points > 0) parts.push(labels.format(['actions', 'gain_floor'], { n: viPoints(Math.round(points * 10) / 10) }));
  return parts.length === 0 ? labels.text('actions', 'no_gain') : parts.join(labels.text('format', 'list_separator'));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
