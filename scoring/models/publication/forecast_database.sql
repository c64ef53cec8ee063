-- @title What each database needs to reach the next level by the day counted down to, and the levels that remain possible
-- @why The pace seen is the median of all slopes between two months (Theil and Sen), which one odd month does not move.
WITH month AS (
  SELECT h.database_id, year(h.as_of) * 12 + month(h.as_of) AS month_no, arg_max({'floor': h.floor, 'method': h.method}, h.as_of) AS last
  FROM publication.score_history AS h
  WHERE h.pillar = 'checklist' AND h.floor IS NOT NULL
  GROUP BY h.database_id, year(h.as_of) * 12 + month(h.as_of)
), point AS (
  SELECT m.database_id, m.month_no, m.last.floor AS floor, m.last.method AS method
  FROM month AS m
), pace AS (
  SELECT f.database_id, median((t.floor - f.floor) / (t.month_no - f.month_no)) AS points_a_month, count(DISTINCT f.month_no) + 1 AS months
  FROM point AS f
  JOIN point AS t ON t.database_id = f.database_id AND t.month_no > f.month_no AND t.method = f.method
  GROUP BY f.database_id
), open_gate AS (
  SELECT g.database_id, g.level, count(*) AS n, string_agg(g.gate, ';' ORDER BY g.gate) AS gates
  FROM publication.level_gate AS g
  WHERE NOT g.passed
  GROUP BY g.database_id, g.level
), reach AS (
  SELECT r.database_id,
    -- Even at the slow end of the pace nearly sure; even at the fast end not quite out of reach.
    greatest(max(r.level_reported), max(c.at_least) FILTER (c.bound = 'low' AND c.chance >= 0.975)) AS lowest,
    greatest(max(r.level_reported), max(c.at_least) FILTER (c.bound = 'high' AND c.chance >= 0.025)) AS highest,
    count(DISTINCT c.at_least) = 4 AS is_known
  FROM publication.readiness AS r
  JOIN score.forecast_chance AS c ON c.kind = 'reported' AND c.from_level = r.level_reported
  GROUP BY r.database_id
), ahead AS (
  SELECT m.countdown_to, m.forecast_min_months, CASE WHEN m.countdown_to >= $as_of::DATE THEN datesub('month', $as_of::DATE, m.countdown_to) END AS months
  FROM raw.setting AS m
)
SELECT
  $as_of::DATE AS as_of,
  r.database_id::VARCHAR AS database_id,
  a.countdown_to::DATE AS due,
  (CASE
    WHEN a.months IS NULL THEN 'passed'
    WHEN r.level_reported IS NULL THEN 'no_level'
    WHEN x.is_known THEN 'forecast'
    ELSE 'insufficient_history'
  END)::VARCHAR AS state,
  r.level_reported::INTEGER AS level_now,
  (CASE WHEN r.level_reported < 5 THEN r.level_reported + 1 END)::INTEGER AS next_level,
  (CASE WHEN r.level_reported IS NOT NULL THEN coalesce(g.n, 0) END)::INTEGER AS gates_open,
  g.gates::VARCHAR AS gates,
  (CASE WHEN a.months IS NOT NULL AND x.is_known THEN x.lowest END)::INTEGER AS level_low,
  (CASE WHEN a.months IS NOT NULL AND x.is_known THEN x.highest END)::INTEGER AS level_high,
  (CASE WHEN r.criteria_met IS NOT NULL THEN greatest(r.criteria_applicable - r.criteria_met, 0) END)::INTEGER AS criteria_missing,
  a.months::INTEGER AS months_left,
  (CASE WHEN a.months > 0 AND r.criteria_met IS NOT NULL THEN round(greatest(r.criteria_applicable - r.criteria_met, 0) / a.months::DOUBLE, 1) END)::DOUBLE AS pace_needed,
  (CASE WHEN p.months >= a.forecast_min_months THEN round(p.points_a_month * r.criteria_applicable / 100, 1) END)::DOUBLE AS pace_seen,
  coalesce(p.months, 0)::INTEGER AS months_seen
FROM publication.readiness AS r
CROSS JOIN ahead AS a
LEFT JOIN reach AS x ON x.database_id = r.database_id
LEFT JOIN pace AS p ON p.database_id = r.database_id
LEFT JOIN open_gate AS g ON g.database_id = r.database_id AND g.level = r.level_reported + 1
ORDER BY r.database_id
