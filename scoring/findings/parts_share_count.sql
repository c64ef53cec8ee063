-- @title One count of criteria for a database in which a document names several
-- @why Whether the count holds for each of them, or for which, is nowhere said.
-- @rank 60
SELECT
  'parts_share_count'::VARCHAR AS kind,
  k.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'checklist'::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  k.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', k.database_id), 'n', json_object('count', p.n), 'met', json_object('number', k.reported),
    'total', json_object('number', k.total))::VARCHAR AS params
FROM score.checklist AS k
JOIN fact.subject AS s ON s.database_id = k.database_id
JOIN (
  SELECT d.database_id, count(*) AS n
  FROM publication.database_part AS d
  WHERE d.known_by <> 'registry'
  GROUP BY d.database_id
) AS p ON p.database_id = k.database_id AND p.n > 1
WHERE k.reported IS NOT NULL
