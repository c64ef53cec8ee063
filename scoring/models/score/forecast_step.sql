-- @title Every month that a database spent at a level, and whether it stood higher or lower one month later
-- @why A month is read on its last day in the history. Silence is no level, so it neither rises nor falls; nor does a
--      figure that changed because the method did.
WITH kept AS (
  SELECT h.database_id, h.as_of, h.method, year(h.as_of) * 12 + month(h.as_of) AS month_no, k.kind,
    CASE k.kind WHEN 'reported' THEN h.level_reported ELSE h.level_confirmed END AS level
  FROM publication.score_history AS h
  CROSS JOIN (VALUES ('reported'), ('confirmed')) AS k(kind)
  WHERE h.pillar = 'all'
  QUALIFY row_number() OVER (PARTITION BY k.kind, h.database_id, year(h.as_of), month(h.as_of) ORDER BY h.as_of DESC) = 1
)
SELECT
  f.kind::VARCHAR AS kind,
  f.database_id::VARCHAR AS database_id,
  f.month_no::INTEGER AS month_no,
  f.level::INTEGER AS level,
  (t.level > f.level)::BOOLEAN AS is_up,
  (t.level < f.level)::BOOLEAN AS is_down
FROM kept AS f
JOIN kept AS t ON t.kind = f.kind AND t.database_id = f.database_id AND t.month_no = f.month_no + 1 AND t.method = f.method
WHERE f.level IS NOT NULL AND t.level IS NOT NULL
