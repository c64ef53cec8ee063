-- @title Every month that a database spent at a level, and whether it stood higher or lower one month later
-- @why A month is read on its last day in the history. Silence is no level, so it neither rises nor falls; nor does a
--      figure that changed because the method did.
WITH month AS (
  SELECT h.database_id, year(h.as_of) * 12 + month(h.as_of) AS month_no,
    arg_max({'reported': h.level_reported, 'confirmed': h.level_confirmed, 'method': h.method}, h.as_of) AS last
  FROM publication.score_history AS h
  WHERE h.pillar = 'all'
  GROUP BY h.database_id, year(h.as_of) * 12 + month(h.as_of)
), kept AS (
  SELECT m.database_id, m.month_no, m.last.method AS method, k.kind,
    CASE k.kind WHEN 'reported' THEN m.last.reported ELSE m.last.confirmed END AS level
  FROM month AS m
  CROSS JOIN (VALUES ('reported'), ('confirmed')) AS k(kind)
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
