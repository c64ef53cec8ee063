-- @title How many databases may stand at least at each level on the day counted down to, if the pace seen goes on
-- @why Never a promise. No number where history is too short, or the day has passed: a state says so instead. The ends
--      show how unsure the pace is, not what chance adds for each single database.
WITH standing AS (
  SELECT k.kind, r.database_id, CASE k.kind WHEN 'reported' THEN r.level_reported ELSE r.level_confirmed END AS level
  FROM publication.readiness AS r
  CROSS JOIN (VALUES ('reported'), ('confirmed')) AS k(kind)
), aim AS (
  SELECT k.kind, l.level, m.countdown_to
  FROM raw.setting AS m
  CROSS JOIN (VALUES ('reported'), ('confirmed')) AS k(kind)
  CROSS JOIN (SELECT unnest(range(2, 6)) AS level) AS l
), counted AS (
  SELECT a.kind, a.level, b.bound, s.level AS from_level, count(*) AS n, max(c.chance) AS chance
  FROM aim AS a
  CROSS JOIN (VALUES ('low'), ('expected'), ('high')) AS b(bound)
  JOIN standing AS s ON s.kind = a.kind AND s.level IS NOT NULL
  LEFT JOIN score.forecast_chance AS c ON c.kind = a.kind AND c.from_level = s.level AND c.at_least = a.level AND c.bound = b.bound
  GROUP BY a.kind, a.level, b.bound, s.level
), added AS (
  SELECT c.kind, c.level, c.bound, bool_and(c.chance IS NOT NULL) AS is_known, list_sum(list(c.n * c.chance ORDER BY c.from_level)) AS n
  FROM counted AS c
  GROUP BY c.kind, c.level, c.bound
), told AS (
  SELECT a.kind, a.level, bool_and(a.is_known) AS is_known,
    max(a.n) FILTER (a.bound = 'low') AS low, max(a.n) FILTER (a.bound = 'expected') AS expected, max(a.n) FILTER (a.bound = 'high') AS high
  FROM added AS a
  GROUP BY a.kind, a.level
)
SELECT
  $as_of::DATE AS as_of,
  a.countdown_to::DATE AS due,
  a.kind::VARCHAR AS kind,
  a.level::INTEGER AS level,
  (CASE WHEN a.countdown_to < $as_of::DATE THEN 'passed' WHEN t.is_known AND r.months >= m.forecast_min_months THEN 'forecast' ELSE 'insufficient_history' END)::VARCHAR AS state,
  (SELECT count(*) FROM standing AS s WHERE s.kind = a.kind AND s.level >= a.level)::INTEGER AS databases_now,
  (SELECT count(*) FROM standing AS s WHERE s.kind = a.kind AND s.level IS NULL)::INTEGER AS databases_silent,
  (CASE WHEN a.countdown_to >= $as_of::DATE AND t.is_known AND r.months >= m.forecast_min_months THEN round(t.low, 1) END)::DOUBLE AS low,
  (CASE WHEN a.countdown_to >= $as_of::DATE AND t.is_known AND r.months >= m.forecast_min_months THEN round(t.expected, 1) END)::DOUBLE AS expected,
  (CASE WHEN a.countdown_to >= $as_of::DATE AND t.is_known AND r.months >= m.forecast_min_months THEN round(t.high, 1) END)::DOUBLE AS high,
  r.months::INTEGER AS months_seen,
  r.database_months::INTEGER AS database_months,
  r.moves_up::INTEGER AS moves_up,
  r.moves_down::INTEGER AS moves_down
FROM aim AS a
CROSS JOIN raw.setting AS m
JOIN score.forecast_rate AS r ON r.kind = a.kind AND r.level = a.level - 1
LEFT JOIN told AS t ON t.kind = a.kind AND t.level = a.level
ORDER BY a.kind DESC, a.level
