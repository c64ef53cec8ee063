-- @title The parts of every change add up to it, figure by figure and level by level
WITH part AS (
  SELECT database_id, pillar, sum(confirmed_tenths) AS confirmed, sum(floor_tenths) AS floor, sum(ceiling_tenths) AS ceiling, sum(coverage_tenths) AS coverage,
    sum(coalesce(level_reported_to, 0) - coalesce(level_reported_from, 0)) AS level_reported,
    sum(coalesce(level_confirmed_to, 0) - coalesce(level_confirmed_from, 0)) AS level_confirmed
  FROM change_part
  GROUP BY database_id, pillar
), whole AS (
  SELECT database_id, pillar,
    round((coalesce(confirmed_after, 0) - coalesce(confirmed_before, 0)) * 10) AS confirmed,
    round((coalesce(floor_after, 0) - coalesce(floor_before, 0)) * 10) AS floor,
    round((coalesce(ceiling_after, 0) - coalesce(ceiling_before, 0)) * 10) AS ceiling,
    round((coalesce(coverage_after, 0) - coalesce(coverage_before, 0)) * 10) AS coverage,
    coalesce(level_reported_after, 0) - coalesce(level_reported_before, 0) AS level_reported,
    coalesce(level_confirmed_after, 0) - coalesce(level_confirmed_before, 0) AS level_confirmed
  FROM change
)
SELECT coalesce(p.database_id, w.database_id) AS database_id, coalesce(p.pillar, w.pillar) AS pillar, p.floor AS floor_parts, w.floor AS floor_change
FROM part AS p
FULL JOIN whole AS w ON w.database_id = p.database_id AND w.pillar = p.pillar
WHERE (coalesce(p.confirmed, 0), coalesce(p.floor, 0), coalesce(p.ceiling, 0), coalesce(p.coverage, 0), coalesce(p.level_reported, 0), coalesce(p.level_confirmed, 0))
  <> (coalesce(w.confirmed, 0), coalesce(w.floor, 0), coalesce(w.ceiling, 0), coalesce(w.coverage, 0), coalesce(w.level_reported, 0), coalesce(w.level_confirmed, 0))
