-- @title One row per scored database: levels, the four figures, criteria, records, connection, deadline
WITH lowest AS (
  SELECT p.database_id, p.pillar, p.floor_num, p.den
  FROM score.pillar AS p
  WHERE p.is_dimension AND p.weight_sum > 0
  QUALIFY row_number() OVER (PARTITION BY p.database_id ORDER BY p.floor_num * (common_weight() // p.weight_sum), p.ceiling_num * (common_weight() // p.weight_sum), p.position) = 1
), answer AS (
  SELECT a.database_id,
    max(a.state) FILTER (a.attribute = 'c12.connection') AS c12_state,
    max(a.state) FILTER (a.attribute = 'c12.sync') AS c12_sync_state,
    max(a.state) FILTER (a.attribute = 'c06.connection') AS c06_state,
    max(a.state) FILTER (a.attribute = 'security.assessment') AS security_state
  FROM fact.answer AS a
  GROUP BY a.database_id
), shared AS (
  SELECT k.subject_id AS database_id, max(k.shared_n) AS shared_n
  FROM fact.known AS k
  WHERE k.subject_type = 'database'
  GROUP BY k.subject_id
), late AS (
  SELECT o.database_id, min(o.deadline) AS deadline, max(o.overdue_days) AS overdue_days
  FROM publication.overdue AS o
  GROUP BY o.database_id
), due AS (
  SELECT d.database_id, max(d.due) AS deadline
  FROM fact.deadline AS d
  GROUP BY d.database_id
)
SELECT
  $as_of::DATE AS as_of,
  s.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  l.level_reported::INTEGER AS level_reported,
  l.level_confirmed::INTEGER AS level_confirmed,
  l.level_max::INTEGER AS level_max,
  points(c.confirmed_num, c.den)::DOUBLE AS confirmed,
  points(c.floor_num, c.den)::DOUBLE AS floor,
  points(c.ceiling_num, c.den)::DOUBLE AS ceiling,
  points(c.coverage_num, c.den)::DOUBLE AS coverage,
  w.pillar::VARCHAR AS lowest_dimension,
  points(w.floor_num, w.den)::DOUBLE AS lowest_floor,
  k.reported::INTEGER AS criteria_met,
  k.applicable::INTEGER AS criteria_applicable,
  k.total::INTEGER AS criteria_total,
  r.low::DOUBLE AS records_low,
  r.high::DOUBLE AS records_high,
  r.midpoint::DOUBLE AS records_total,
  r.unit::VARCHAR AS records_unit,
  r.stage::VARCHAR AS records_stage,
  a.c12_state::VARCHAR AS c12_state,
  a.c12_sync_state::VARCHAR AS c12_sync_state,
  a.c06_state::VARCHAR AS c06_state,
  a.security_state::VARCHAR AS security_state,
  coalesce(t.deadline, d.deadline)::DATE AS deadline,
  t.overdue_days::INTEGER AS overdue_days,
  coalesce(h.shared_n, 1)::INTEGER AS shared_n,
  m.method::VARCHAR AS method
FROM fact.subject AS s
JOIN score.level AS l ON l.database_id = s.database_id
JOIN score.checklist AS k ON k.database_id = s.database_id
CROSS JOIN raw.setting AS m
LEFT JOIN score.composite AS c ON c.database_id = s.database_id
LEFT JOIN lowest AS w ON w.database_id = s.database_id
LEFT JOIN fact.records AS r ON r.database_id = s.database_id
LEFT JOIN answer AS a ON a.database_id = s.database_id
LEFT JOIN late AS t ON t.database_id = s.database_id
LEFT JOIN due AS d ON d.database_id = s.database_id
LEFT JOIN shared AS h ON h.database_id = s.database_id
ORDER BY s.database_id
