-- @title What a share is taken of became smaller, and the registry gives no ground for it
-- @why Said: the units of a ratio, and the total of records to be had (unless it now names another source). A smaller number of
--      criteria needs no finding: "13/15" is refused (`wrong_total`), and only an approval takes one out. Measured: rows checked of one table, or reconciled, by
--      `shrunk_percent` or more below the median of at least three measurements before, where `failing_rows_deleted` does not say more.
--      Told until taken back or `changes_days` have passed.
-- @rank 26
WITH said AS (
  SELECT c.database_id, concat_ws('/', c.family, c.key) AS subject, c.family AS what, c.high_before AS before, c.high AS newest, c.since
  FROM score.watched_change AS c
  CROSS JOIN raw.finding_setting AS w
  WHERE c.is_last AND c.since > $as_of::DATE - w.changes_days
    AND CASE c.family
      WHEN 'units' THEN c.high < c.high_before
      WHEN 'expected' THEN c.high < c.low_before AND c.value = c.value_before
    END
), reading AS (
  SELECT q.database_id, concat_ws('/', 'rows', q.contract, q.table_name) AS subject, q.observed_at, max(q.denominator) AS amount
  FROM raw.quality_reading AS q
  GROUP BY ALL
  UNION ALL
  SELECT o.subject_id, concat_ws('/', 'rows', o.source_id, o.attribute, o.target), o.observed_at, max(o.value_total)
  FROM raw.reading AS o
  WHERE o.subject_type = 'database' AND o.attribute = 'c06.reconciliation' AND o.grade >= 'E3' AND o.extent = 'whole'
  GROUP BY ALL
), placed AS (
  SELECT r.*, r.observed_at = max(r.observed_at) OVER (PARTITION BY r.database_id, r.subject) AS is_newest
  FROM reading AS r
), measured AS (
  SELECT n.database_id, n.subject, 'rows' AS what, median(p.amount) AS before, n.amount AS newest, local_day(n.observed_at) AS since
  FROM placed AS n
  JOIN placed AS p ON p.database_id = n.database_id AND p.subject = n.subject AND NOT p.is_newest
  WHERE n.is_newest
  GROUP BY n.database_id, n.subject, n.amount, n.observed_at
  HAVING count(*) >= 3
), shrunk AS (
  SELECT * FROM said
  UNION ALL
  SELECT m.*
  FROM measured AS m
  CROSS JOIN raw.finding_setting AS w
  WHERE m.newest * 100 <= m.before * (100 - w.shrunk_percent)
)
SELECT
  'denominator_shrunk'::VARCHAR AS kind,
  x.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  x.subject::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', x.database_id), 'owner', json_object('agency', s.agency_id), 'what', json_object('label', json_array('finding_words', x.what)),
    'share', json_object('share', json_array(round(x.before - x.newest)::BIGINT, round(x.before)::BIGINT)), 'since', json_object('date', x.since))::VARCHAR AS params
FROM shrunk AS x
JOIN fact.subject AS s ON s.database_id = x.database_id
