-- @title Counts in a document that do not add up
SELECT
  'arithmetic'::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  c.agency_id::VARCHAR AS agency_id,
  concat_ws('/', c.document, c.evidence_row)::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('where', json_object('agency', c.agency_id), 'a', json_object('number', c.done), 'b', json_object('number', c.in_progress), 'c', json_object('number', c.overdue),
    'sum', json_object('number', c.done + c.in_progress + c.overdue), 'printed', json_object('number', c.assigned))::VARCHAR AS params
FROM publication.agency_count AS c
WHERE c.done + c.in_progress + c.overdue <> c.assigned
