/**
 * What a scan works out once for all its measures. Three things, each only where nothing it says can change:
 * of the expressions over one text, one that answers others for the rows that pass it, so that they are asked of the rest;
 * several searches for what should not be there, as one search for any of them, and each only where that finds something;
 * a day read from text, which more than one measure holds against something.
 */
import type { Dialect, Reading } from './dialects/dialect.ts';
import type { PatternNode } from './pattern.ts';
import { sizeOf, verdictOver } from './pattern-language.ts';
import type { Batch } from './plan.ts';
import type { Sql } from './rule.ts';

/** Of one text, no more than so many expressions are held against each other. */
const MOST_READINGS = 40;
/** The narrowest, because what accepts few texts answers for much. */
const MOST_CANDIDATES = 3;

export function screened(batch: Batch, dialect: Dialect, columns: Iterable<string>): Batch {
  if (batch.kind !== 'scan') return batch;
  const taken = new Set(Array.from(columns, (name) => name.toLowerCase()));
  const once = new Map<Sql, Sql>();
  const afterwards = new Map<Sql, Sql>();
  const instead = new Map<Sql, Sql>();
  /** A column for an expression, under a name no column has. */
  const named = (sql: Sql, among = once): Sql => {
    let name = `worked out ${once.size + afterwards.size}`;
    while (taken.has(name)) name += "'";
    const known = among.get(sql) ?? dialect.identifier(name);
    among.set(sql, known);
    return known;
  };
  const uses = (sql: Sql): number =>
    batch.measures.reduce((sum, measure) => sum + measure.sql.split(sql).length - 1, 0);

  for (const [sql, answered] of answers(batch, dialect)) {
    instead.set(sql, named(sql));
    for (const [other, verdict] of answered)
      instead.set(other, `CASE WHEN ${named(sql)} THEN ${verdict ? 'TRUE' : 'FALSE'} ELSE ${other} END`);
  }
  for (const [text, members] of unwanted(batch, dialect, instead)) {
    const some = named(dialect.search(text, { is: 'choice', options: members.map(([, node]) => node) }));
    // NULL where the text is, as the search itself.
    for (const [sql] of members) instead.set(sql, `CASE WHEN ${some} THEN ${sql} ELSE ${some} END`);
  }
  for (const [day, { read, is }] of dialect.days) {
    if (uses(is) > 1 && !instead.has(is)) instead.set(is, named(is));
    if (uses(day) > 1) instead.set(day, named(`CASE WHEN ${named(is)} THEN ${named(read)} END`, afterwards));
  }

  if (once.size === 0) return batch;
  const beside = (from: Sql, of: ReadonlyMap<Sql, Sql>): Sql =>
    of.size === 0
      ? from
      : `(SELECT *, ${[...of].map(([sql, name]) => `${sql} AS ${name}`).join(', ')} FROM ${from}) AS screened`;
  return {
    ...batch,
    from: beside(beside(batch.from, once), afterwards),
    measures: batch.measures.map(({ key, sql }) => ({ key, sql: replaced(sql, instead) })),
  };
}

/** For each text, the expression that answers most others where it is TRUE, with what it answers. */
function answers(batch: Batch, dialect: Dialect): readonly (readonly [Sql, readonly (readonly [Sql, boolean])[]])[] {
  const byText = new Map<Sql, [Sql, Reading][]>();
  for (const [sql, reading] of dialect.readings)
    if (batch.measures.some((measure) => measure.sql.includes(sql)))
      byText.set(reading.text, [...(byText.get(reading.text) ?? []), [sql, reading]]);
  return [...byText.values()].flatMap((all) => {
    const some = all.slice(0, MOST_READINGS);
    const found = some
      .filter(([sql, { says }]) => says === 'exactly' && isAsked(sql, batch) && !isSearch(sql, dialect))
      .map(([sql, reading]) => ({ sql, reading, order: (reading.listed ? 1e9 : 0) + sizeOf(reading.node) }))
      .sort((a, b) => a.order - b.order)
      .slice(0, MOST_CANDIDATES)
      .map(({ sql, reading }) => ({ sql, listed: reading.listed ?? false, answered: answeredBy(sql, reading, some) }))
      .filter(({ answered }) => answered.length > 0)
      .sort((a, b) => Number(a.listed) - Number(b.listed) || b.answered.length - a.answered.length);
    return found.slice(0, 1).map(({ sql, answered }) => [sql, answered] as const);
  });
}

/** A search for strangers: better put together with others. */
const isSearch = (sql: Sql, dialect: Dialect): boolean =>
  /^\(NOT .*\)$/s.test(sql) && dialect.searches.has(sql.slice(5, -1));

/** A measure counts the rows where it does not hold: of most rows it does. */
const isAsked = (sql: Sql, batch: Batch): boolean =>
  batch.measures.some(
    (measure) => measure.sql.includes(`(NOT ${sql})`) || measure.sql.includes(`(${sql}) IS NOT TRUE`),
  );

function answeredBy(sql: Sql, { node }: Reading, others: readonly [Sql, Reading][]): (readonly [Sql, boolean])[] {
  return others.flatMap(([other, reading]) => {
    const verdict = other === sql ? undefined : verdictOver(node, reading.node);
    return verdict === undefined || (reading.says === 'at least' && !verdict) ? [] : [[other, verdict] as const];
  });
}

/** Searches by text that more than one measure hopes to be in vain, and that nothing else answers. */
function unwanted(
  batch: Batch,
  dialect: Dialect,
  instead: ReadonlyMap<Sql, Sql>,
): readonly (readonly [Sql, readonly (readonly [Sql, PatternNode])[]])[] {
  const byText = new Map<Sql, [Sql, PatternNode][]>();
  for (const [sql, { text, node }] of dialect.searches) {
    const none = `(NOT ${sql})`;
    if (!instead.has(sql) && !instead.has(none) && isAsked(none, batch))
      byText.set(text, [...(byText.get(text) ?? []), [sql, node]]);
  }
  return [...byText].map(([text, members]) => [text, fitting(members)] as const).filter(([, some]) => some.length > 1);
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

/** The larger expression before what is part of it, and never inside a literal or a name. */
function replaced(sql: Sql, instead: ReadonlyMap<Sql, Sql>): Sql {
  const found = [...instead.keys()].filter((one) => sql.includes(one)).sort((a, b) => b.length - a.length);
  if (found.length === 0) return sql;
  const quoted = found.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const parts = new RegExp(`${quoted.join('|')}|'(?:[^']|'')*'|"(?:[^"]|"")*"`, 'gu');
  return sql.replace(parts, (part) => instead.get(part) ?? part);
}
