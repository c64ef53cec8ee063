-- @title Level of each database: as reported, as confirmed, and at most
-- @why Cumulative gates: one that fails stops the climb. Where nothing is known there is no level, which is not a rank;
--      that an endpoint answered our probe, or did not, is no word on how far the database is.
WITH spoken_of AS (
  SELECT k.subject_id AS database_id, true AS reported, bool_or(k.said_by IN ('receiver', 'assessor', 'system') AND l.is_split IS NOT TRUE) AS confirmed
  FROM fact.known AS k
  -- What was confirmed of a database before it was split confirms nothing of a part.
  LEFT JOIN fact.lineage AS l ON l.from_id = k.given_from AND l.to_id = k.subject_id
  WHERE k.subject_type = 'database' AND k.attribute <> 'probe.available'
  GROUP BY k.subject_id
), per_level AS (
  SELECT g.database_id, g.level, bool_and(g.reported) AS reported, bool_and(g.confirmed) AS confirmed, bool_and(g.may) AS may,
    bool_and(g.is_live) AS is_live, min(g.live_until) AS live_until
  FROM score.gate AS g
  GROUP BY g.database_id, g.level
), climbed AS (
  SELECT
    p.database_id, p.level, p.live_until, p.is_live,
    bool_and(p.reported) OVER up AS reported,
    bool_and(p.confirmed) OVER up AS confirmed,
    bool_and(p.may) OVER up AS may
  FROM per_level AS p
  WINDOW up AS (PARTITION BY p.database_id ORDER BY p.level ROWS UNBOUNDED PRECEDING)
)
SELECT
  s.database_id::VARCHAR AS database_id,
  (CASE WHEN o.reported THEN coalesce(max(c.level) FILTER (c.reported), 1) END)::INTEGER AS level_reported,
  (CASE WHEN o.confirmed THEN coalesce(max(c.level) FILTER (c.confirmed), 1) END)::INTEGER AS level_confirmed,
  coalesce(max(c.level) FILTER (c.may), 1)::INTEGER AS level_max,
  coalesce(bool_and(c.is_live) FILTER (c.reported), true)::BOOLEAN AS is_live,
  min(c.live_until) FILTER (c.reported)::DATE AS live_until
FROM fact.subject AS s
LEFT JOIN spoken_of AS o ON o.database_id = s.database_id
LEFT JOIN climbed AS c ON c.database_id = s.database_id
GROUP BY s.database_id, o.reported, o.confirmed
