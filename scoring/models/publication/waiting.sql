-- @title Who waits for whom, since when and how long
WITH told AS (
  SELECT s.subject_type, s.subject_id, json_extract_string(s.flags, '$.holder') AS holder, json_extract_string(s.flags, '$.since')::DATE AS since, s.attribute, s.observation_id
  FROM fact.spoken AS s
  WHERE s.voice = 'all' AND json_extract_string(s.flags, '$.holder') IN ('a05', 'c12', 'c06', 'other_agency')
    AND coalesce(s.lo, 0) < one()
)
SELECT
  (CASE WHEN t.subject_type = 'database' THEN t.subject_id END)::VARCHAR AS database_id,
  coalesce(d.agency_id, t.subject_id)::VARCHAR AS agency_id,
  t.holder::VARCHAR AS holder,
  min(t.since)::DATE AS since,
  date_diff('day', min(t.since), $as_of::DATE)::INTEGER AS days,
  string_agg(DISTINCT t.attribute, ';' ORDER BY t.attribute)::VARCHAR AS attributes,
  arg_min(t.observation_id, (coalesce(t.since, DATE '9999-12-31'), t.observation_id))::VARCHAR AS observation_id
FROM told AS t
LEFT JOIN fact.catalogue AS d ON t.subject_type = 'database' AND d.database_id = t.subject_id
GROUP BY t.subject_type, t.subject_id, d.agency_id, t.holder
ORDER BY days DESC NULLS LAST, database_id, t.holder
