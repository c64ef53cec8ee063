-- @title The last success known lies longer back than the cycle of the registry allows
-- @why Only where the registry names a cycle: `sync_schedule` for the log of synchronisations, `update_frequency` for the last
--      update. The fact has to be live; one that fell silent is told of by `stale` and `measurement_went_silent`.
-- @rank 15
WITH dated AS (
  SELECT a.database_id, a.attribute, a.observation_id, d.agency_id,
    CASE a.attribute WHEN 'update.last' THEN local_day(a.value_time) ELSE json_extract_string(a.flags, '$.last_success')::DATE END AS last_day,
    CASE a.attribute WHEN 'update.last' THEN d.update_frequency_days ELSE d.sync_schedule_days END AS cycle_days
  FROM fact.answer AS a
  JOIN fact.subject AS d ON d.database_id = a.database_id
  WHERE a.attribute IN ('update.last', 'c12.sync.window') AND a.is_live
)
SELECT
  'sync_missed'::VARCHAR AS kind,
  x.database_id::VARCHAR AS database_id,
  x.agency_id::VARCHAR AS agency_id,
  x.attribute::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  x.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', x.database_id), 'owner', json_object('agency', x.agency_id), 'what', json_object('attribute', x.attribute),
    'date', json_object('date', x.last_day), 'n', json_object('number', date_diff('day', x.last_day, $as_of::DATE)),
    'cycle', json_object('number', x.cycle_days))::VARCHAR AS params
FROM dated AS x
WHERE date_diff('day', x.last_day, $as_of::DATE) > x.cycle_days
