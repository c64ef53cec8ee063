-- @title How much of each change since the night before is due to what: registry, method, data, evidence, collector
-- @why The night before is replayed with one more factor of tonight at each step, in that order, so the parts of a figure
--      add up to its change to the last digit. Figures are whole tenths of a point; what is not there counts as 0.
WITH placed AS (
  SELECT k.database_id, k.pillar, s.step, s.factor, f.database_id IS NOT NULL AS is_there,
    f.level_reported, f.level_confirmed,
    coalesce(f.confirmed, 0) AS confirmed, coalesce(f.floor, 0) AS floor, coalesce(f.ceiling, 0) AS ceiling, coalesce(f.coverage, 0) AS coverage
  FROM (SELECT DISTINCT database_id, pillar FROM raw.step_figure) AS k
  CROSS JOIN raw.step AS s
  LEFT JOIN raw.step_figure AS f ON f.step = s.step AND f.database_id = k.database_id AND f.pillar = k.pillar
), followed AS (
  SELECT p.*,
    lag(p.is_there) OVER by_step AS was_there,
    lag(p.level_reported) OVER by_step AS level_reported_from,
    lag(p.level_confirmed) OVER by_step AS level_confirmed_from,
    p.confirmed - lag(p.confirmed) OVER by_step AS confirmed_tenths,
    p.floor - lag(p.floor) OVER by_step AS floor_tenths,
    p.ceiling - lag(p.ceiling) OVER by_step AS ceiling_tenths,
    p.coverage - lag(p.coverage) OVER by_step AS coverage_tenths
  FROM placed AS p
  WINDOW by_step AS (PARTITION BY p.database_id, p.pillar ORDER BY p.step)
)
SELECT
  $as_of::DATE AS as_of,
  d.as_of::DATE AS previous,
  f.database_id::VARCHAR AS database_id,
  f.pillar::VARCHAR AS pillar,
  f.factor::VARCHAR AS factor,
  (CASE WHEN f.is_there AND NOT f.was_there THEN 'appeared' WHEN f.was_there AND NOT f.is_there THEN 'vanished' END)::VARCHAR AS presence,
  f.confirmed_tenths::INTEGER AS confirmed_tenths,
  f.floor_tenths::INTEGER AS floor_tenths,
  f.ceiling_tenths::INTEGER AS ceiling_tenths,
  f.coverage_tenths::INTEGER AS coverage_tenths,
  f.level_reported_from::INTEGER AS level_reported_from,
  f.level_reported::INTEGER AS level_reported_to,
  f.level_confirmed_from::INTEGER AS level_confirmed_from,
  f.level_confirmed::INTEGER AS level_confirmed_to
FROM followed AS f
JOIN raw.step AS d ON d.step = 0
WHERE f.step > 0
  AND (f.is_there <> f.was_there OR f.confirmed_tenths <> 0 OR f.floor_tenths <> 0 OR f.ceiling_tenths <> 0 OR f.coverage_tenths <> 0
    OR f.level_reported IS DISTINCT FROM f.level_reported_from OR f.level_confirmed IS DISTINCT FROM f.level_confirmed_from)
ORDER BY f.database_id, f.pillar, f.step
