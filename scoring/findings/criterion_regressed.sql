-- @title A criterion that was met is not any more
-- @why The newest change of the criterion leads away from "met", to something that somebody states; falling silent is no regression
--      (finding `stale`). Told until it is met again, taken out by an approval, or `changes_days` have passed.
-- @rank 20
SELECT
  'criterion_regressed'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  c.key::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  n.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', s.agency_id), 'what', json_object('text', t.short),
    'from', json_object('label', json_array('criterion_states', c.value_before)), 'to', json_object('label', json_array('criterion_states', c.value)),
    'since', json_object('date', c.since))::VARCHAR AS params
FROM score.watched_change AS c
JOIN fact.subject AS s ON s.database_id = c.database_id
JOIN raw.criterion AS t ON t.criterion = c.key
CROSS JOIN raw.finding_setting AS w
LEFT JOIN score.criterion_status AS n ON n.database_id = c.database_id AND n.criterion = c.key
WHERE c.family = 'criterion' AND c.is_last AND c.value_before = 'met' AND c.value <> 'not_applicable'
  AND c.since > $as_of::DATE - w.changes_days
