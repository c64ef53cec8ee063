/**
 * Selections of long published tables for what pages draw: the course of a year, and what moved since the night before.
 * Rule: as many rows as a page shows, never a row a night; what is left out is counted, or stands in the published table.
 */

/** A selection: the published tables it is made of, and its rows in the order of column `place`. */
export interface DrawnRows {
  readonly from: readonly string[];
  readonly sql: (schema: string) => string;
}

/** Nights back that are drawn. */
const DAYS = 366;
/** Points at most along the panel of a pillar, and of all panels together: a large register is drawn in longer steps. */
const POINTS = 64;
const ALL_POINTS = 500_000;
/** Databases whose figures the page of changes sets out one by one. */
const MOST_MOVED = 60;

const span = (schema: string): string =>
  `SELECT h.database_id, h.pillar, date_diff('day', h.as_of, $as_of::DATE)::INTEGER AS ago, h.level_reported, h.level_confirmed,
     h.confirmed, h.floor, h.ceiling, h.coverage, h.method
   FROM ${schema}.score_history AS h
   WHERE h.as_of <= $as_of::DATE AND h.as_of > $as_of::DATE - ${DAYS}`;

/** By the name under which the reports ask for it. */
export const DRAWN: Readonly<Record<string, DrawnRows>> = {
  // Of each stretch of days the newest, so that the last point is tonight's; of equal ones in a row the first.
  score_trend: {
    from: ['score_history'],
    sql: (schema) =>
      `WITH told AS (
         SELECT n.ago, count(*) AS figures FROM (${span(schema)}) AS n GROUP BY n.ago
       ), stretch AS (
         SELECT greatest(1, ceil((max(t.ago) + 1) / least(${POINTS}, greatest(2, ${ALL_POINTS} // max(t.figures)))))::INTEGER AS days FROM told AS t
       ), chosen AS (
         SELECT min(t.ago) AS ago FROM told AS t, stretch AS s GROUP BY t.ago // s.days
       ), counted AS (
         SELECT n.database_id, count(*) AS nights FROM (${span(schema)}) AS n WHERE n.pillar = 'all' GROUP BY n.database_id
       ), changed AS (
         SELECT n.database_id, n.pillar, n.ago, n.confirmed, n.floor, n.ceiling, n.coverage
         FROM (${span(schema)}) AS n SEMI JOIN chosen AS c ON c.ago = n.ago
         QUALIFY row(n.confirmed, n.floor, n.ceiling, n.coverage)
           IS DISTINCT FROM lag(row(n.confirmed, n.floor, n.ceiling, n.coverage)) OVER (PARTITION BY n.database_id, n.pillar ORDER BY n.ago DESC)
       )
       SELECT g.database_id, g.pillar, k.nights::INTEGER AS nights, list_transform(g.points, lambda p: p.ago) AS ago,
         list_transform(g.points, lambda p: p.confirmed) AS confirmed, list_transform(g.points, lambda p: p.floor) AS floor,
         list_transform(g.points, lambda p: p.ceiling) AS ceiling, list_transform(g.points, lambda p: p.coverage) AS coverage,
         row_number() OVER (ORDER BY g.database_id, g.pillar) - 1 AS place
       FROM (
         -- Sorted afterwards: an aggregate with an order of its own keeps too much for tens of thousands of panels.
         SELECT c.database_id, c.pillar,
           list_reverse_sort(list({ago: c.ago, confirmed: c.confirmed, floor: c.floor, ceiling: c.ceiling, coverage: c.coverage})) AS points
         FROM changed AS c GROUP BY c.database_id, c.pillar
       ) AS g
       JOIN counted AS k ON k.database_id = g.database_id`,
  },
  level_trend: {
    from: ['score_history'],
    sql: (schema) =>
      `WITH turned AS (
         SELECT n.* FROM (${span(schema)}) AS n
         WHERE n.pillar = 'all'
         QUALIFY row(n.level_reported, n.level_confirmed)
           IS DISTINCT FROM lag(row(n.level_reported, n.level_confirmed)) OVER (PARTITION BY n.database_id ORDER BY n.ago DESC)
       )
       SELECT t.database_id, list(t.ago ORDER BY t.ago DESC) AS ago, list(t.level_reported ORDER BY t.ago DESC) AS reported,
         list(t.level_confirmed ORDER BY t.ago DESC) AS confirmed, row_number() OVER (ORDER BY t.database_id) - 1 AS place
       FROM turned AS t
       GROUP BY t.database_id`,
  },
  method_trend: {
    from: ['score_history'],
    sql: (schema) =>
      `WITH used AS (
         SELECT max(n.method) AS method, n.ago FROM (${span(schema)}) AS n GROUP BY n.ago
       )
       SELECT u.method, u.ago, row_number() OVER (ORDER BY u.ago DESC) - 1 AS place
       FROM (SELECT * FROM used QUALIFY method IS DISTINCT FROM lag(method) OVER (ORDER BY ago DESC)) AS u`,
  },
  // One row for the whole and one a cause; without a night before there is none.
  move_total: {
    from: ['score_history', 'change', 'change_part'],
    sql: (schema) =>
      `WITH earlier AS (
         SELECT max(h.as_of) AS previous FROM ${schema}.score_history AS h WHERE h.as_of < $as_of::DATE
       ), counted AS (
         SELECT NULL AS factor, coalesce(bool_or(c.is_method_change), false) AS is_method_change, count(DISTINCT c.database_id) AS databases,
           count(*) FILTER (c.pillar = 'all' AND (c.level_reported_after, c.level_confirmed_after) IS DISTINCT FROM (c.level_reported_before, c.level_confirmed_before)) AS levels,
           count(*) FILTER (c.pillar = 'all' AND c.floor_after > c.floor_before) AS up,
           count(*) FILTER (c.pillar = 'all' AND c.floor_after < c.floor_before) AS down
         FROM ${schema}.change AS c
         UNION ALL
         SELECT p.factor, false, count(DISTINCT p.database_id),
           count(*) FILTER (p.pillar = 'all' AND (p.level_reported_to, p.level_confirmed_to) IS DISTINCT FROM (p.level_reported_from, p.level_confirmed_from)),
           count(*) FILTER (p.pillar = 'all' AND p.floor_tenths > 0), count(*) FILTER (p.pillar = 'all' AND p.floor_tenths < 0)
         FROM ${schema}.change_part AS p GROUP BY p.factor
       )
       SELECT e.previous, c.*, row_number() OVER (ORDER BY c.factor NULLS FIRST) - 1 AS place
       FROM counted AS c, earlier AS e WHERE e.previous IS NOT NULL`,
  },
  // All that changed level, then those whose figures moved most, as many as are set out.
  move: {
    from: ['change', 'change_part'],
    sql: (schema) =>
      `WITH weighed AS (
         SELECT c.database_id,
           bool_or(c.pillar = 'all' AND (c.level_reported_after, c.level_confirmed_after) IS DISTINCT FROM (c.level_reported_before, c.level_confirmed_before)) AS is_level,
           max(abs(coalesce(c.floor_after, 0) - coalesce(c.floor_before, 0))) AS floor_by,
           max(abs(coalesce(c.ceiling_after, 0) - coalesce(c.ceiling_before, 0))) AS ceiling_by
         FROM ${schema}.change AS c GROUP BY c.database_id
       ), chosen AS (
         SELECT w.database_id, w.is_level, row_number() OVER (ORDER BY w.floor_by DESC, w.ceiling_by DESC, w.database_id) <= ${MOST_MOVED} AS is_set_out FROM weighed AS w
       ), part AS (
         SELECT p.database_id, p.pillar, max(p.presence) AS presence, list({
             factor: p.factor, confirmed_tenths: p.confirmed_tenths, floor_tenths: p.floor_tenths, ceiling_tenths: p.ceiling_tenths,
             is_level: (p.level_reported_to, p.level_confirmed_to) IS DISTINCT FROM (p.level_reported_from, p.level_confirmed_from)
           } ORDER BY p.factor) AS parts
         FROM ${schema}.change_part AS p SEMI JOIN chosen AS k ON k.database_id = p.database_id AND (k.is_set_out OR (k.is_level AND p.pillar = 'all'))
         GROUP BY p.database_id, p.pillar
       )
       SELECT c.* EXCLUDE (as_of, previous, is_method_change, renamed_from), p.presence, coalesce(p.parts, []) AS parts,
         row_number() OVER (ORDER BY c.database_id, c.pillar) - 1 AS place
       FROM ${schema}.change AS c
       JOIN chosen AS k ON k.database_id = c.database_id
       LEFT JOIN part AS p ON p.database_id = c.database_id AND p.pillar = c.pillar
       WHERE k.is_set_out OR (k.is_level AND c.pillar = 'all')`,
  },
};
