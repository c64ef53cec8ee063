-- @title A ratio of quality rose while about its failing rows were no longer counted
-- @why Between two measurements in a row of one rule, of one version of the contract: at least `least_rows` failing rows fewer, half
--      of those there were or more, and the rows counted fell by as many (within `tolerance_percent`). Rows that were mended stay
--      counted. One finding a table; told while the pair lies within the nights at hand and the rows have not come back.
--      There are good reasons to take rows out: what was seen is told, and what to check.
-- @rank 22
WITH ratio AS (
  -- Ratios that a source delivers; those of contracts are sums over rules and stand above rule by rule.
  SELECT o.subject_id, o.source_id, o.attribute, o.extent, o.unit, o.target, o.observed_at, o.value_number::BIGINT AS numerator, o.value_total::BIGINT AS denominator
  FROM raw.reading AS o
  LEFT JOIN raw.source AS r ON r.source_id = o.source_id
  WHERE o.subject_type = 'database' AND o.grade >= 'E3' AND (o.attribute LIKE 'quality.%' OR o.attribute = 'c06.reconciliation')
    AND o.value_total IS NOT NULL AND r.connector IS DISTINCT FROM 'contract'
), shrunk AS (
  -- Most series have nothing to be put in order for: their rows never became fewer, or never so many failing ones.
  SELECT o.subject_id, o.source_id, o.attribute, o.extent, o.unit, o.target
  FROM ratio AS o
  CROSS JOIN raw.finding_setting AS w
  GROUP BY o.subject_id, o.source_id, o.attribute, o.extent, o.unit, o.target, w.deleted_least_rows
  HAVING min(o.denominator) < max(o.denominator) AND max(o.denominator - o.numerator) - min(o.denominator - o.numerator) >= w.deleted_least_rows
), reading AS (
  SELECT q.database_id, q.contract, concat_ws('/', q.contract, q.table_name) AS place, q.table_name AS field, concat_ws('/', q.contract_hash, q.rule_id) AS series,
    q.observed_at, q.numerator, q.denominator
  FROM raw.quality_reading AS q
  UNION ALL
  SELECT o.subject_id, NULL, concat_ws('/', o.source_id, o.attribute, o.target), o.attribute, concat_ws('/', o.source_id, o.attribute, o.extent, o.unit, o.target), o.observed_at,
    o.numerator, o.denominator
  FROM shrunk AS k
  JOIN ratio AS o ON o.subject_id = k.subject_id AND o.source_id = k.source_id AND o.attribute = k.attribute
    AND (o.extent, o.unit, o.target) IS NOT DISTINCT FROM (k.extent, k.unit, k.target)
), paired AS (
  SELECT r.*, lag(r.numerator) OVER in_time AS numerator_before, lag(r.denominator) OVER in_time AS denominator_before,
    last_value(r.denominator) OVER (PARTITION BY r.database_id, r.place, r.series ORDER BY r.observed_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS denominator_now
  FROM reading AS r
  WINDOW in_time AS (PARTITION BY r.database_id, r.place, r.series ORDER BY r.observed_at)
), counted AS (
  SELECT p.*, p.denominator_before - p.numerator_before AS failing_before, (p.denominator_before - p.numerator_before) - (p.denominator - p.numerator) AS cured,
    p.denominator_before - p.denominator AS gone
  FROM paired AS p
)
SELECT
  'failing_rows_deleted'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  c.place::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', s.agency_id), 'field',
    CASE WHEN c.contract IS NULL THEN json_object('attribute', c.field) ELSE json_object('text', c.field) END,
    'date', json_object('date', local_day(max(c.observed_at))))::VARCHAR AS params
FROM counted AS c
JOIN fact.subject AS s ON s.database_id = c.database_id
CROSS JOIN raw.finding_setting AS w
WHERE c.gone > 0 AND c.cured >= w.deleted_least_rows AND c.cured * 2 >= c.failing_before
  AND abs(c.gone - c.cured) * 100 <= c.cured * w.deleted_tolerance_percent
  AND c.numerator::HUGEINT * c.denominator_before > c.numerator_before::HUGEINT * c.denominator
  AND c.denominator_now * 2 < c.denominator + c.denominator_before
GROUP BY c.database_id, s.agency_id, c.contract, c.place, c.field
