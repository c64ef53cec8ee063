-- @title How often a database moved up from each level within a month: what was seen, and the 95 % Wilson interval
-- @why All databases are pooled: one alone has too little history. Months of one database are not independent, so the
--      interval is if anything too narrow; below the minima of scoring.yaml no rate is founded and none is used.
WITH level AS (
  SELECT unnest(range(1, 5)) AS level
), seen AS (
  SELECT k.kind, l.level, count(s.database_id) AS n, count(*) FILTER (s.is_up) AS up, count(*) FILTER (s.is_down) AS down
  FROM level AS l
  CROSS JOIN (VALUES ('reported'), ('confirmed')) AS k(kind)
  LEFT JOIN score.forecast_step AS s ON s.kind = k.kind AND s.level = l.level
  GROUP BY k.kind, l.level
), whole AS (
  SELECT s.kind, count(DISTINCT s.month_no) AS months
  FROM score.forecast_step AS s
  GROUP BY s.kind
), wilson AS (
  SELECT s.*, coalesce(w.months, 0) AS months,
    (s.up + 1.9208) / (s.n + 3.8416) AS centre,
    1.96 * sqrt(s.up * (s.n - s.up) / greatest(s.n, 1)::DOUBLE + 0.9604) / (s.n + 3.8416) AS half
  FROM seen AS s
  LEFT JOIN whole AS w ON w.kind = s.kind
)
SELECT
  w.kind::VARCHAR AS kind,
  w.level::INTEGER AS level,
  w.months::INTEGER AS months,
  w.n::INTEGER AS database_months,
  w.up::INTEGER AS moves_up,
  w.down::INTEGER AS moves_down,
  (w.months >= m.forecast_min_months AND w.n >= m.forecast_min_database_months)::BOOLEAN AS is_founded,
  -- The ends are pinned where nothing, or everything, was seen to move: rounding must not pass them.
  (CASE WHEN w.n > 0 THEN CASE WHEN w.up = 0 THEN 0 ELSE greatest(w.centre - w.half, 0) END END)::DOUBLE AS low,
  (CASE WHEN w.n > 0 THEN w.up / w.n::DOUBLE END)::DOUBLE AS expected,
  (CASE WHEN w.n > 0 THEN CASE WHEN w.up = w.n THEN 1 ELSE least(w.centre + w.half, 1) END END)::DOUBLE AS high
FROM wilson AS w
CROSS JOIN raw.setting AS m
