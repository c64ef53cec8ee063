-- @title The registry now allows a longer cycle of update or synchronisation than before, or none at all
-- @why A cycle made longer turns a late database into a punctual one. Told until it is put back or `changes_days` have passed.
-- @rank 28
SELECT
  'frequency_relaxed'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  c.key::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', s.agency_id), 'what', json_object('label', json_array('finding_words', c.key)),
    'from', json_object('number', c.low_before::BIGINT), 'to', CASE WHEN c.low IS NULL THEN json_object('label', json_array('finding_words', 'no_cycle')) ELSE json_object('number', c.low::BIGINT) END, 'since', json_object('date', c.since))::VARCHAR AS params
FROM score.watched_change AS c
JOIN fact.subject AS s ON s.database_id = c.database_id
CROSS JOIN raw.finding_setting AS w
WHERE c.family = 'registry' AND c.is_last AND c.low_before IS NOT NULL AND (c.low IS NULL OR c.low > c.low_before)
  AND c.since > $as_of::DATE - w.changes_days
