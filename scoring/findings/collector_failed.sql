-- @title A source could not be collected tonight
-- @why One night is a warning; several on end are an error of their own (`source_failing`).
-- @rank 31
SELECT
  'collector_failed'::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  NULL::VARCHAR AS agency_id,
  h.source_id::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('source', json_object('text', h.source_id), 'reason', json_object('source_error', coalesce(h.error_code, '')))::VARCHAR AS params
FROM raw.source_health AS h
WHERE h.state = 'failed'
