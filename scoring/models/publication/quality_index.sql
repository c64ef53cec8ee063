-- @title Quality index measured on records: of each database, field and dimension (trial)
-- @why Rule → dimension → field → database, a weighted mean at each step, in whole parts of one. Rules of severity error
--      count; what is undefined leaves the mean; what is not known counts as nothing in the index and as all in the ceiling.
--      An identifier field below its threshold caps the band of the database, not the arithmetic. The same as
--      scoring/quality/results/quality-index.ts.
WITH rule AS (
  SELECT
    q.database_id, q.contract, q.table_name, coalesce(q.column_name, '') AS field, q.dimension, q.weight, q.field_weight, q.is_identifier,
    CASE WHEN q.numerator IS NULL OR q.denominator = 0 THEN 0 ELSE share(q.numerator, q.denominator) END AS low,
    CASE WHEN q.numerator IS NULL OR q.denominator = 0 THEN one() ELSE share(q.numerator, q.denominator) END AS high,
    CASE WHEN q.numerator IS NULL OR q.denominator = 0 THEN 0 ELSE one() END AS known
  FROM fact.measured_rule AS q
  WHERE q.severity = 'error' AND q.state <> 'undefined'
), dimension AS (
  SELECT
    r.database_id, r.contract, r.table_name, r.field, r.dimension, max(r.field_weight) AS field_weight, bool_or(r.is_identifier) AS is_identifier,
    half_even(sum(r.low::HUGEINT * r.weight), sum(r.weight)::HUGEINT) AS low,
    half_even(sum(r.high::HUGEINT * r.weight), sum(r.weight)::HUGEINT) AS high,
    half_even(sum(r.known::HUGEINT * r.weight), sum(r.weight)::HUGEINT) AS known
  FROM rule AS r
  GROUP BY r.database_id, r.contract, r.table_name, r.field, r.dimension
), field AS (
  SELECT
    d.database_id, d.contract, d.table_name, d.field, max(d.field_weight) AS field_weight, bool_or(d.is_identifier) AS is_identifier,
    half_even(sum(d.low), count(*)::HUGEINT) AS low,
    half_even(sum(d.high), count(*)::HUGEINT) AS high,
    half_even(sum(d.known), count(*)::HUGEINT) AS known
  FROM dimension AS d
  GROUP BY d.database_id, d.contract, d.table_name, d.field
), whole AS (
  SELECT
    f.database_id, f.contract,
    half_even(sum(f.low * f.field_weight), sum(f.field_weight)::HUGEINT) AS low,
    half_even(sum(f.high * f.field_weight), sum(f.field_weight)::HUGEINT) AS high,
    half_even(sum(f.known * f.field_weight), sum(f.field_weight)::HUGEINT) AS known,
    CASE
      WHEN NOT bool_or(f.is_identifier) THEN NULL
      WHEN bool_or(f.is_identifier AND f.high * 100 < t.identifiers * one()::HUGEINT) THEN false
      WHEN bool_and(NOT f.is_identifier OR f.low * 100 >= t.identifiers * one()::HUGEINT) THEN true
    END AS identifiers_met
  FROM field AS f
  CROSS JOIN raw.quality_threshold AS t
  GROUP BY f.database_id, f.contract, t.identifiers
), part AS (
  SELECT 'database' AS scope, 1 AS depth, w.database_id, w.contract, NULL AS table_name, NULL AS field, NULL AS dimension,
    false AS is_identifier, w.identifiers_met, w.low, w.high, w.known
  FROM whole AS w
  UNION ALL
  SELECT 'field', 2, f.database_id, f.contract, f.table_name, f.field, NULL, f.is_identifier, NULL, f.low, f.high, f.known FROM field AS f
  UNION ALL
  SELECT 'dimension', 3, d.database_id, d.contract, d.table_name, d.field, d.dimension, d.is_identifier, NULL, d.low, d.high, d.known FROM dimension AS d
  UNION ALL
  -- Measured, and nothing that counts has an answer.
  SELECT DISTINCT 'database', 1, q.database_id, q.contract, NULL, NULL, NULL, false, NULL::BOOLEAN, NULL::HUGEINT, NULL::HUGEINT, NULL::HUGEINT
  FROM fact.measured_rule AS q
  WHERE NOT EXISTS (SELECT 1 FROM whole AS w WHERE w.database_id = q.database_id AND w.contract = q.contract)
), measured AS (
  SELECT q.database_id, q.contract, max(q.observed_at) AS observed_at, max(q.method) AS method, bool_or(q.state = 'undefined') AS has_undefined
  FROM fact.measured_rule AS q
  GROUP BY q.database_id, q.contract
)
SELECT
  $as_of::DATE AS as_of,
  p.database_id::VARCHAR AS database_id,
  p.contract::VARCHAR AS contract,
  p.scope::VARCHAR AS scope,
  p.table_name::VARCHAR AS table_name,
  nullif(p.field, '')::VARCHAR AS column_name,
  p.dimension::VARCHAR AS dimension,
  (CASE
    WHEN p.known IS NULL AND m.has_undefined THEN 'undefined'
    WHEN p.known IS NULL OR p.known = 0 THEN 'unknown'
    WHEN p.known = one() THEN 'known'
    ELSE 'incomplete'
  END)::VARCHAR AS state,
  (CASE WHEN p.known > 0 THEN quality_points(p.low) END)::DOUBLE AS quality_index,
  (CASE WHEN p.known > 0 THEN quality_points(p.high) END)::DOUBLE AS ceiling,
  quality_points(p.known)::DOUBLE AS coverage,
  (CASE
    WHEN p.known IS NULL OR p.known = 0 THEN NULL
    WHEN p.scope = 'field' AND p.is_identifier THEN CASE WHEN p.low * 100 >= t.identifiers * one()::HUGEINT THEN 'good' ELSE 'poor' END
    WHEN p.low * 100 >= t.good * one()::HUGEINT AND p.identifiers_met IS DISTINCT FROM false THEN 'good'
    WHEN p.low * 100 >= t.fair * one()::HUGEINT THEN 'fair'
    ELSE 'poor'
  END)::VARCHAR AS band,
  p.is_identifier::BOOLEAN AS is_identifier,
  p.identifiers_met::BOOLEAN AS identifiers_met,
  local_day(m.observed_at)::DATE AS measured_on,
  m.method::VARCHAR AS method
FROM part AS p
JOIN measured AS m ON m.database_id = p.database_id AND m.contract = p.contract
CROSS JOIN raw.quality_threshold AS t
ORDER BY p.database_id, p.contract, p.depth, p.table_name, p.field, p.dimension
