/**
 * What a scan works out once for all its measures. Readings of a text that are dear, and on a dictionary cheap when they stand
 * alone. And several searches for what should not be there, in one text: one search for any of them comes first, and each is
 * asked only of the few rows where that finds something; where the union finds nothing, no member does.
 */
import type { Dialect } from './dialects/dialect.ts';
import type { PatternNode } from './pattern.ts';
import type { Batch } from './plan.ts';
import type { Sql } from './rule.ts';

/** A projection of its own costs more than it saves for less. */
const WORTH_SHARING = 3;

export function screened(batch: Batch, dialect: Dialect): Batch {
  if (batch.kind !== 'scan') return batch;
  // Asked for as something that should not be: the rows it finds are few.
  const unwanted = [...dialect.searches].filter(([sql]) =>
    batch.measures.some((measure) => measure.sql.includes(`(NOT ${sql})`)),
  );
  const byText = new Map<Sql, [Sql, PatternNode][]>();
  for (const [sql, { text, node }] of unwanted) byText.set(text, [...(byText.get(text) ?? []), [sql, node]]);
  const screens = [...byText].flatMap(([text, members]) => {
    const some = fitting(members);
    return some.length > 1 ? [[text, some] as const] : [];
  });
  const uses = (sql: Sql): number => batch.measures.filter((measure) => measure.sql.includes(sql)).length;
  const shared = [...dialect.shared].filter((sql) => uses(sql) >= WORTH_SHARING);
  if (screens.length === 0 && shared.length === 0) return batch;
  const columns: Sql[] = [];
  const replacements: (readonly [Sql, Sql])[] = [];
  for (const [i, [text, members]] of screens.entries()) {
    const name = dialect.identifier(`any of these ${i}`);
    columns.push(`${dialect.search(text, { is: 'choice', options: members.map(([, node]) => node) })} AS ${name}`);
    // NULL where the text is, as the search itself.
    for (const [sql] of members) replacements.push([sql, `CASE WHEN ${name} THEN ${sql} ELSE ${name} END`]);
  }
  for (const [i, sql] of shared.entries()) {
    const name = dialect.identifier(`shared ${i}`);
    columns.push(`${sql} AS ${name}`);
    replacements.push([sql, name]);
  }
  return {
    ...batch,
    from: `(SELECT *, ${columns.join(', ')} FROM ${batch.from}) AS screened`,
    measures: batch.measures.map(({ key, sql }) => ({
      key,
      sql: replacements.reduce((text, [from, to]) => text.replaceAll(from, () => to), sql),
    })),
  };
}

/** A union too large for an engine would lose all its members at once. */
function fitting(members: readonly [Sql, PatternNode][]): readonly [Sql, PatternNode][] {
  let room = 8_000;
  return members.filter(([sql]) => {
    const fits = sql.length <= room;
    if (fits) room -= sql.length;
    return fits;
  });
}
