-- @title A count of records that fell or jumped beyond what its own past lets expect
-- @why Measured (one reading a day, one source, one unit; the last nights): the newest reading lies outside median ± the larger of
--      `deviations` × 1.4826 × MAD and `least_percent` of the median of the readings before it. With fewer than `min_readings`
--      before it, outside ± `few_percent` of their median. Reported: the whole interval lies beyond `few_percent` of the interval
--      reported before. A share is told, never an amount: those of some databases are not shown.
-- @rank 25
WITH reading AS (
  SELECT o.subject_id, o.source_id, o.unit, o.role, o.stage, o.target, o.observed_at, o.collected_at, o.id,
    (coalesce(o.value_low, o.value_number) + coalesce(o.value_high, o.value_number)) / 2 AS amount
  FROM raw.reading AS o
  JOIN raw.unit AS u ON u.unit = o.unit AND u.unit_class = 'record'
  WHERE o.subject_type = 'database' AND o.attribute = 'records.count' AND o.grade >= 'E3' AND o.extent = 'whole' AND o.modality = 'done'
), restless AS (
  -- Nothing can lie so far from the median of readings that lie closer together than that: most need not be put in order.
  SELECT o.subject_id, o.source_id, o.unit, o.role, o.stage, o.target
  FROM reading AS o
  CROSS JOIN raw.finding_setting AS w
  GROUP BY o.subject_id, o.source_id, o.unit, o.role, o.stage, o.target, w.records_least_percent, w.records_few_percent
  HAVING max(o.amount) - min(o.amount) > min(o.amount) * least(w.records_least_percent, w.records_few_percent) / 100
), daily AS (
  SELECT o.subject_id AS database_id, o.source_id, o.unit, concat_ws('/', o.unit, o.role, o.stage, o.target) AS key, local_day(o.observed_at) AS day, o.amount, o.id
  FROM restless AS k
  JOIN reading AS o ON o.subject_id = k.subject_id AND o.source_id = k.source_id AND o.unit = k.unit
    AND (o.role, o.stage, o.target) IS NOT DISTINCT FROM (k.role, k.stage, k.target)
  QUALIFY row_number() OVER (PARTITION BY o.subject_id, o.source_id, key, day ORDER BY o.observed_at DESC, o.collected_at DESC, o.id) = 1
), placed AS (
  SELECT d.*, d.day = max(d.day) OVER (PARTITION BY d.database_id, d.source_id, d.key) AS is_newest
  FROM daily AS d
), past AS (
  SELECT p.database_id, p.source_id, p.key, count(*) AS n, median(p.amount) AS middle, mad(p.amount) AS spread
  FROM placed AS p
  WHERE NOT p.is_newest
  GROUP BY ALL
), measured AS (
  SELECT n.database_id, concat_ws('/', 'measured', n.source_id, n.key) AS subject, n.unit, n.amount AS newest, p.middle AS before, p.n, n.day AS since, n.id
  FROM placed AS n
  JOIN past AS p ON p.database_id = n.database_id AND p.source_id = n.source_id AND p.key = n.key
  CROSS JOIN raw.finding_setting AS w
  WHERE n.is_newest AND p.middle > 0
    AND abs(n.amount - p.middle) > CASE
      WHEN p.n >= w.records_min_readings THEN greatest(w.records_deviations * 1.4826 * p.spread, p.middle * w.records_least_percent / 100)
      ELSE p.middle * w.records_few_percent / 100
    END
), said AS (
  SELECT c.database_id, concat_ws('/', 'said', c.key) AS subject, c.value AS unit, (c.low + c.high) / 2 AS newest, (c.low_before + c.high_before) / 2 AS before,
    NULL AS n, c.since, NULL AS id
  FROM score.watched_change AS c
  CROSS JOIN raw.finding_setting AS w
  WHERE c.family = 'records' AND c.is_last AND c.since > $as_of::DATE - w.changes_days AND c.low_before > 0
    AND (c.high < c.low_before * (100 - w.records_few_percent) / 100 OR c.low > c.high_before * (100 + w.records_few_percent) / 100)
), moved AS (
  SELECT * FROM measured
  UNION ALL
  SELECT * FROM said
)
SELECT
  'records_moved'::VARCHAR AS kind,
  m.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  m.subject::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  m.id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', m.database_id), 'owner', json_object('agency', s.agency_id), 'unit', json_object('text', m.unit),
    'change', json_object('label', json_array('finding_words', CASE WHEN m.newest < m.before THEN 'fell' ELSE 'rose' END)),
    'share', json_object('share', json_array(round(abs(m.newest - m.before))::BIGINT, round(m.before)::BIGINT)),
    'base', json_object('label', json_array('finding_words', CASE WHEN m.n IS NULL THEN 'last_report' ELSE 'usual_reading' END)),
    'date', json_object('date', m.since))::VARCHAR AS params
FROM moved AS m
JOIN fact.subject AS s ON s.database_id = m.database_id
