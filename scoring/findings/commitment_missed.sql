-- @title A promised day has passed without word of completion
-- @rank 32
SELECT
  'commitment_missed'::VARCHAR AS kind,
  c.database_id::VARCHAR AS database_id,
  c.agency_id::VARCHAR AS agency_id,
  concat_ws('/', c.target, c.what, c.due)::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  c.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', c.database_id), 'owner', json_object('agency', c.agency_id), 'what', json_object('text', coalesce(c.what, c.target)),
    'due', json_object('date', c.due), 'as_of', json_object('date', $as_of::DATE), 'n', json_object('number', c.days_past))::VARCHAR AS params
FROM publication.commitment AS c
WHERE c.state = 'missed'
