-- @title The number of records that an owner reports and the number that a machine counted lie apart
-- @why Both in the same unit, and further apart than the approximation of the claim and one part in twenty allow.
-- @rank 14
WITH told AS (
  SELECT k.subject_id AS database_id, k.unit, k.low, k.high, k.observation_id, k.grade >= 'E3' AS is_measured
  FROM fact.known AS k
  WHERE k.subject_type = 'database' AND k.attribute = 'records.count' AND k.is_live AND k.extent = 'whole' AND k.unit_class = 'record'
    AND k.modality = 'done'
  QUALIFY row_number() OVER (PARTITION BY k.subject_id, k.unit, k.grade >= 'E3' ORDER BY k.observed_at DESC, k.grade DESC, k.high DESC, k.observation_id) = 1
)
SELECT
  'count_vs_measurement'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  concat_ws(':', 'records.count', c.unit)::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  concat_ws(';', c.observation_id, m.observation_id)::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', s.agency_id), 'unit', json_object('text', c.unit))::VARCHAR AS params
FROM told AS c
JOIN told AS m ON m.is_measured AND NOT c.is_measured AND m.database_id = c.database_id AND m.unit IS NOT DISTINCT FROM c.unit
JOIN fact.subject AS s ON s.database_id = c.database_id
WHERE c.low > m.high * 1.05 OR c.high < m.low * 0.95
