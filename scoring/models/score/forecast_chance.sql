-- @title Chance of a database at each level to stand at least at each other level on the day counted down to
-- @why Month after month, at most one level a month, no falls: at_least(L) grows by rate(L − 1) of what stands just below.
--      Only +, − and × of DOUBLE in one order, so that every machine gives the same.
WITH RECURSIVE rate AS (
  SELECT r.kind, b.bound,
    coalesce(max(CASE b.bound WHEN 'low' THEN r.low WHEN 'expected' THEN r.expected ELSE r.high END) FILTER (r.level = 1), 0) AS p1,
    coalesce(max(CASE b.bound WHEN 'low' THEN r.low WHEN 'expected' THEN r.expected ELSE r.high END) FILTER (r.level = 2), 0) AS p2,
    coalesce(max(CASE b.bound WHEN 'low' THEN r.low WHEN 'expected' THEN r.expected ELSE r.high END) FILTER (r.level = 3), 0) AS p3,
    coalesce(max(CASE b.bound WHEN 'low' THEN r.low WHEN 'expected' THEN r.expected ELSE r.high END) FILTER (r.level = 4), 0) AS p4
  FROM score.forecast_rate AS r
  CROSS JOIN (VALUES ('low'), ('expected'), ('high')) AS b(bound)
  GROUP BY r.kind, b.bound
), ahead AS (
  -- Whole months only: what is left of one is not counted on. A day further off than ten years is not forecast.
  SELECT CASE WHEN m.countdown_to >= $as_of::DATE THEN datesub('month', $as_of::DATE, m.countdown_to) END AS months
  FROM raw.setting AS m
), walked AS (
  SELECT r.*, s.level AS from_level, 0 AS month,
    CASE WHEN s.level >= 2 THEN 1.0 ELSE 0.0 END::DOUBLE AS a2, CASE WHEN s.level >= 3 THEN 1.0 ELSE 0.0 END::DOUBLE AS a3,
    CASE WHEN s.level >= 4 THEN 1.0 ELSE 0.0 END::DOUBLE AS a4, CASE WHEN s.level >= 5 THEN 1.0 ELSE 0.0 END::DOUBLE AS a5
  FROM rate AS r
  CROSS JOIN (SELECT unnest(range(1, 6)) AS level) AS s
  UNION ALL
  SELECT w.kind, w.bound, w.p1, w.p2, w.p3, w.p4, w.from_level, w.month + 1,
    w.a2 + w.p1 * (1.0 - w.a2), w.a3 + w.p2 * (w.a2 - w.a3), w.a4 + w.p3 * (w.a3 - w.a4), w.a5 + w.p4 * (w.a4 - w.a5)
  FROM walked AS w
  JOIN ahead AS h ON w.month < h.months AND h.months <= 120
)
SELECT
  w.kind::VARCHAR AS kind,
  w.from_level::INTEGER AS from_level,
  l.level::INTEGER AS at_least,
  w.bound::VARCHAR AS bound,
  (CASE l.level WHEN 2 THEN w.a2 WHEN 3 THEN w.a3 WHEN 4 THEN w.a4 ELSE w.a5 END)::DOUBLE AS chance
FROM walked AS w
JOIN ahead AS h ON h.months = w.month
CROSS JOIN (SELECT unnest(range(2, 6)) AS level) AS l
-- A level is forecast only where every step from where the database stands has a founded rate.
WHERE NOT EXISTS (SELECT 1 FROM score.forecast_rate AS r WHERE r.kind = w.kind AND r.level >= w.from_level AND r.level < l.level AND NOT r.is_founded)
