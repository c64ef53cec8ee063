-- @title A body quoted inside somebody else's text: its own word is still to be had
SELECT
  'confirmation_to_obtain'::VARCHAR AS kind,
  (CASE WHEN s.subject_type = 'database' THEN s.subject_id END)::VARCHAR AS database_id,
  coalesce(d.agency_id, s.subject_id)::VARCHAR AS agency_id,
  s.fact_key::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  s.observation_id::VARCHAR AS observation_ids,
  json_object('db', CASE WHEN s.subject_type = 'database' THEN json_object('database', s.subject_id) ELSE json_object('agency', s.subject_id) END,
    'owner', json_object('agency', coalesce(d.agency_id, s.subject_id)), 'holder', json_object('body', s.quoted), 'what', json_object('state', json_array(s.attribute, s.state)))::VARCHAR AS params
FROM fact.spoken AS s
LEFT JOIN fact.subject AS d ON s.subject_type = 'database' AND d.database_id = s.subject_id
JOIN raw.attribute AS t ON t.attribute = s.attribute AND t.scale IS NOT NULL
WHERE s.voice = 'all' AND s.quoted IS NOT NULL AND s.said_by = 'owner' AND s.is_live
  -- A quoted denial is believed; what needs confirming is a quoted achievement.
  AND (s.hi > 0 OR s.attribute = 'c12.agent')
