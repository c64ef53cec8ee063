/** The chain behind one database's figures, read from the publication, and its form on a terminal. */
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { visible } from './visible.ts';

const text = z.string();
const figure = z.number().nullable();

const readinessRow = z.object({
  as_of: text,
  database_id: text,
  name: text,
  agency: text.nullable(),
  level_reported: figure,
  level_confirmed: figure,
  level_max: figure,
  confirmed: figure,
  floor: figure,
  ceiling: figure,
  coverage: figure,
  criteria_met: figure,
  criteria_applicable: figure,
  criteria_total: figure,
  overdue_days: figure,
  place: figure,
  method: text,
});
const factColumns = {
  observation_id: text.nullable(),
  fact: text.nullable(),
  said: text.nullable(),
  evidence: text.nullable(),
};
const gateRow = z.object({
  level: z.number(),
  gate: text,
  passed: z.boolean(),
  confirmed: z.boolean(),
  missing: text.nullable(),
  ...factColumns,
});
const pillarRow = z.object({ pillar: text, confirmed: figure, floor: figure, ceiling: figure, coverage: figure });
const indicatorRow = z.object({
  pillar: text,
  indicator: text,
  weight: z.number(),
  state: text,
  is_believed: z.boolean(),
  confirmed: figure,
  floor: figure,
  ceiling: figure,
  ground: text.nullable(),
  ...factColumns,
});
const findingRow = z.object({ severity: text, text });
const actionRow = z.object({ rank: z.number(), text, result: text });

export interface Explanation {
  readiness: z.output<typeof readinessRow>;
  gates: z.output<typeof gateRow>[];
  pillars: z.output<typeof pillarRow>[];
  indicators: z.output<typeof indicatorRow>[];
  findings: z.output<typeof findingRow>[];
  actions: z.output<typeof actionRow>[];
}

/** How an observation is shown: its value, who said it, and where it stands. */
const FACT = `
  o.id AS observation_id,
  concat_ws(' ', o.attribute, coalesce(o.value_text, CASE WHEN o.value_total IS NOT NULL THEN printf('%d/%d', o.value_number::BIGINT, o.value_total::BIGINT)
    WHEN o.value_low IS NOT NULL THEN printf('[%d, %d)', o.value_low::BIGINT, o.value_high::BIGINT) WHEN o.value_number IS NOT NULL THEN o.value_number::VARCHAR END), o.unit) AS fact,
  concat_ws(', ', o.said_by, o.grade, CASE WHEN o.quoted IS NOT NULL THEN 'quoting ' || o.quoted END, (o.observed_at + INTERVAL 7 HOUR)::DATE::VARCHAR) AS said,
  concat_ws(', ', o.evidence_title, 'row ' || o.evidence_row, 'line ' || o.evidence_line, 'shared cell of row ' || o.evidence_inherited_from) AS evidence`;

export async function readExplanation(database: Database, id: string): Promise<Explanation> {
  const parameters = { id };
  const [readiness] = await database.rows(
    readinessRow,
    `SELECT r.*, d.name, a.name AS agency, p.place
     FROM readiness AS r JOIN database AS d USING (database_id) LEFT JOIN agency AS a ON a.agency_id = r.agency_id LEFT JOIN database_place AS p USING (database_id)
     WHERE r.database_id = $id`,
    parameters,
  );
  if (readiness === undefined) throw new Error(`no readiness for ${id}`);
  return {
    readiness,
    gates: await database.rows(
      gateRow,
      `SELECT g.level, g.gate, g.passed, g.confirmed, l.vi AS missing, ${FACT}
       FROM level_gate AS g LEFT JOIN observation AS o ON o.id = g.observation_id LEFT JOIN label AS l ON l.key = 'gates.' || g.gate
       WHERE g.database_id = $id`,
      parameters,
    ),
    pillars: await database.rows(
      pillarRow,
      'SELECT pillar, confirmed, floor, ceiling, coverage FROM dimension_score WHERE database_id = $id',
      parameters,
    ),
    indicators: await database.rows(
      indicatorRow,
      `SELECT r.pillar, r.indicator, r.weight, r.state, r.is_believed, r.confirmed, r.floor, r.ceiling, r.ground, ${FACT}
       FROM indicator_result AS r LEFT JOIN observation AS o ON o.id = r.observation_id WHERE r.database_id = $id`,
      parameters,
    ),
    findings: await database.rows(
      findingRow,
      "SELECT severity, text FROM finding WHERE database_id = $id AND state <> 'resolved'",
      parameters,
    ),
    actions: await database.rows(
      actionRow,
      'SELECT rank, text, result FROM action WHERE database_id = $id ORDER BY rank',
      parameters,
    ),
  };
}

/** Lines of `csdl explain`: level, gates, pillars, indicators, each with the fact it rests on. */
export function explanationText(e: Explanation): string {
  const r = e.readiness;
  const lines = [
    `${r.name}`,
    `${r.agency ?? 'no owner named'} · as of ${r.as_of} · method ${r.method}`,
    '',
    `Level reported ${r.level_reported ?? 'none'}, confirmed ${r.level_confirmed ?? 'none'}, at most ${r.level_max ?? 'none'}${r.place === null ? '' : ` · place ${r.place}`}${r.overdue_days === null ? '' : ` · overdue ${r.overdue_days} days`}`,
    `Criteria ${r.criteria_met ?? 'not reported'}${r.criteria_met === null ? '' : ` of ${r.criteria_total}`}, ${r.criteria_applicable} applicable`,
    `Whole: confirmed ${r.confirmed} ≤ floor ${r.floor} ≤ ceiling ${r.ceiling}, coverage ${r.coverage} %`,
    '',
    'Gates',
  ];
  for (const g of e.gates) {
    lines.push(`  level ${g.level}  ${gateMark(g)}  ${g.gate}${g.passed ? '' : ` — ${g.missing ?? ''}`}`);
    if (g.passed) lines.push(...factLines(g, 8));
  }
  for (const p of e.pillars) {
    lines.push(
      '',
      `${p.pillar}: confirmed ${p.confirmed} ≤ floor ${p.floor} ≤ ceiling ${p.ceiling}, coverage ${p.coverage} %`,
    );
    for (const i of e.indicators.filter((x) => x.pillar === p.pillar)) {
      const belief =
        i.observation_id === null || i.state === 'not_applicable'
          ? ''
          : i.is_believed
            ? ', believed'
            : ', not believed: counts in the ceiling only';
      lines.push(
        `  ${i.indicator} (weight ${i.weight}): ${i.state}${i.ground === null ? '' : ` (${i.ground})`}${belief}; ${i.floor}–${i.ceiling}`,
        ...factLines(i, 6),
      );
    }
  }
  if (e.findings.length > 0) lines.push('', 'Findings', ...e.findings.map((f) => `  ${f.severity}: ${f.text}`));
  if (e.actions.length > 0) lines.push('', 'Next', ...e.actions.map((a) => `  ${a.rank}. ${a.text} → ${a.result}`));
  return `${lines.map(visible).join('\n')}\n`;
}

/** A gate passed without a fact is passed by rule: nothing stands against it (no log delivered, not applicable). */
function gateMark(gate: { passed: boolean; confirmed: boolean; observation_id: string | null }): string {
  if (!gate.passed) return '✗          ';
  if (gate.confirmed) return gate.observation_id === null ? '✓ by rule  ' : '✓ confirmed';
  return '✓ reported ';
}

function factLines(
  row: { observation_id: string | null; fact: string | null; said: string | null; evidence: string | null },
  indent: number,
): string[] {
  if (row.observation_id === null) return [];
  return [`${' '.repeat(indent)}${row.fact} (${row.said}) — ${row.evidence} [${row.observation_id}]`];
}
