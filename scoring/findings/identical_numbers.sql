-- @title The same number of criteria for several databases of one owner
SELECT
  'identical_numbers'::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  concat_ws('/', 'checklist', k.reported)::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  string_agg(k.observation_id, ';' ORDER BY k.observation_id)::VARCHAR AS observation_ids,
  json_object('n', json_object('count', count(*)), 'owner', json_object('agency', s.agency_id), 'value', json_object('text', concat(k.reported, '/', any_value(k.total))),
    'of', json_object('count', any_value(t.n)))::VARCHAR AS params
FROM score.checklist AS k
JOIN fact.subject AS s ON s.database_id = k.database_id
JOIN fact.answer AS a ON a.observation_id = k.observation_id AND a.database_id = k.database_id AND a.shared_n = 1
JOIN (
  SELECT x.agency_id, count(*) AS n
  FROM score.checklist AS c
  JOIN fact.subject AS x ON x.database_id = c.database_id
  WHERE c.reported IS NOT NULL
  GROUP BY x.agency_id
) AS t ON t.agency_id = s.agency_id
WHERE k.reported IS NOT NULL
GROUP BY s.agency_id, k.reported
HAVING count(*) >= 3
