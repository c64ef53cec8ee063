-- @title Fewer criteria reported as met than before
-- @why The newest change of "n of m" has a smaller n. Told until it is reached again or `changes_days` have passed.
-- @rank 21
SELECT
  'criteria_fewer'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'checklist'::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', s.agency_id),
    'from', json_object('text', concat(c.low_before::BIGINT, '/', c.high_before::BIGINT)), 'to', json_object('text', concat(c.low::BIGINT, '/', c.high::BIGINT)),
    'since', json_object('date', c.since))::VARCHAR AS params
FROM score.watched_change AS c
JOIN fact.subject AS s ON s.database_id = c.database_id
CROSS JOIN raw.finding_setting AS w
WHERE c.family = 'checklist' AND c.is_last AND c.low < c.low_before AND c.since > $as_of::DATE - w.changes_days
