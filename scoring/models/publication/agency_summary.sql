-- @title One row per owner of databases: given, overdue, what is reported, what is confirmed, what nobody spoke of
WITH per_database AS (
  SELECT
    s.agency_id, s.database_id,
    o.database_id IS NOT NULL AS is_overdue,
    r.criteria_met IS NOT NULL AS has_criteria,
    coalesce(c.lo >= v.lo, false) AS has_connection,
    coalesce(c.independent_lo >= v.lo, false) AS is_confirmed,
    r.level_reported IS NULL AS is_silent
  FROM fact.subject AS s
  JOIN publication.readiness AS r ON r.database_id = s.database_id
  LEFT JOIN (SELECT DISTINCT database_id FROM publication.overdue) AS o ON o.database_id = s.database_id
  LEFT JOIN fact.answer AS c ON c.database_id = s.database_id AND c.attribute = 'c12.connection'
  CROSS JOIN (SELECT lo FROM raw.scale_value WHERE scale = 'connection' AND state = 'one_way') AS v
), moved AS (
  SELECT c.agency_id, count(*) FILTER (c.change IN ('left', 'stayed')) AS before, count(*) FILTER (c.change = 'left') AS gone, count(*) FILTER (c.change IN ('entered', 'returned')) AS come
  FROM publication.overdue_change AS c
  WHERE c.place = 1
  GROUP BY c.agency_id
), previous AS (
  SELECT count(*) > 0 AS is_there FROM publication.list_edition AS e WHERE e.place = 2
), trouble AS (
  SELECT b.agency_id, string_agg(b.holder, ';' ORDER BY b.n DESC, b.holder) AS holders
  FROM (
    SELECT x.agency_id, x.holder, count(DISTINCT coalesce(x.database_id, x.agency_id)) AS n
    FROM (
      SELECT agency_id, database_id, holder FROM publication.waiting
      UNION ALL
      SELECT agency_id, database_id, holder FROM publication.blocker
    ) AS x
    GROUP BY x.agency_id, x.holder
  ) AS b
  GROUP BY b.agency_id
)
SELECT
  $as_of::DATE AS as_of,
  p.agency_id::VARCHAR AS agency_id,
  count(*)::INTEGER AS databases,
  count(*) FILTER (p.is_overdue)::INTEGER AS overdue,
  count(*) FILTER (p.has_criteria)::INTEGER AS criteria_reported,
  count(*) FILTER (p.has_connection)::INTEGER AS connection_reported,
  count(*) FILTER (p.is_confirmed)::INTEGER AS connection_confirmed,
  count(*) FILTER (p.is_silent)::INTEGER AS not_reported,
  (CASE WHEN any_value(v.is_there) THEN coalesce(any_value(m.before), 0) END)::INTEGER AS overdue_before,
  (CASE WHEN any_value(v.is_there) THEN coalesce(any_value(m.gone), 0) END)::INTEGER AS overdue_left,
  (CASE WHEN any_value(v.is_there) THEN coalesce(any_value(m.come), 0) END)::INTEGER AS overdue_entered,
  any_value(t.holders)::VARCHAR AS blockers
FROM per_database AS p
CROSS JOIN previous AS v
LEFT JOIN moved AS m ON m.agency_id IS NOT DISTINCT FROM p.agency_id
LEFT JOIN trouble AS t ON t.agency_id = p.agency_id
GROUP BY p.agency_id
ORDER BY p.agency_id NULLS LAST
