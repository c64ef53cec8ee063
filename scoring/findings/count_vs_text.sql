-- @title More criteria reported than the text leaves possible
-- @rank 12
SELECT
  'count_vs_text'::VARCHAR AS kind,
  r.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'checklist'::VARCHAR AS subject,
  'error'::VARCHAR AS severity,
  any_value(k.observation_id)::VARCHAR AS observation_ids,
  json_object('db', json_object('database', r.database_id), 'met', json_object('number', any_value(k.reported)), 'total', json_object('number', any_value(k.total)),
    'k', json_object('count', (SELECT count(*) FROM score.criterion_status AS c WHERE c.database_id = r.database_id AND c.state IN ('unmet', 'in_progress', 'deferred', 'na_requested'))))::VARCHAR AS params
FROM publication.criterion_range AS r
JOIN score.checklist AS k ON k.database_id = r.database_id
JOIN fact.subject AS s ON s.database_id = r.database_id
WHERE r.is_impossible
GROUP BY r.database_id, s.agency_id
