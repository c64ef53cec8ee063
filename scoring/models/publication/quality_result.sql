-- @title What was measured on records, rule by rule: counts only
-- @why The newest measurement of each contract known on the day; numerator = rows that are right, denominator = rows asked.
SELECT
  $as_of::DATE AS as_of,
  q.database_id::VARCHAR AS database_id,
  q.contract::VARCHAR AS contract,
  q.contract_version::VARCHAR AS contract_version,
  q.rule_id::VARCHAR AS rule_id,
  q.rule_version::VARCHAR AS rule_version,
  q.table_name::VARCHAR AS table_name,
  q.column_name::VARCHAR AS column_name,
  q.metric::VARCHAR AS metric,
  q.dimension::VARCHAR AS dimension,
  q.attribute::VARCHAR AS attribute,
  q.severity::VARCHAR AS severity,
  q.state::VARCHAR AS state,
  q.problem::VARCHAR AS problem,
  q.numerator::BIGINT AS numerator,
  q.denominator::BIGINT AS denominator,
  quality_points(share(q.numerator, q.denominator))::DOUBLE AS percent_met,
  q.value::DOUBLE AS value,
  q.unit::VARCHAR AS unit,
  q.future_rows::BIGINT AS future_rows,
  coalesce(d.classification = 'restricted', TRUE)::BOOLEAN AS counts_restricted,
  q.weight::INTEGER AS weight,
  q.is_identifier::BOOLEAN AS is_identifier,
  q.sql_hash::VARCHAR AS sql_hash,
  q.engine::VARCHAR AS engine,
  q.ms::INTEGER AS ms,
  local_day(q.observed_at)::DATE AS measured_on,
  q.source_id::VARCHAR AS source_id,
  q.method::VARCHAR AS method
FROM fact.measured_rule AS q
LEFT JOIN raw.database AS d ON d.database_id = q.database_id
ORDER BY q.database_id, q.contract, q.position
