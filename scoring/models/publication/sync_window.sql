-- @title What the log of synchronisations showed for each database: the newest window known, live or not
SELECT
  s.subject_id::VARCHAR AS database_id,
  s.said_by::VARCHAR AS said_by,
  s.grade::VARCHAR AS grade,
  local_day(s.observed_at)::DATE AS ended_on,
  json_extract_string(s.flags, '$.days')::INTEGER AS days,
  json_extract_string(s.flags, '$.batches')::INTEGER AS batches,
  json_extract_string(s.flags, '$.succeeded')::INTEGER AS succeeded,
  json_extract_string(s.flags, '$.batches_7d')::INTEGER AS batches_7d,
  json_extract_string(s.flags, '$.succeeded_7d')::INTEGER AS succeeded_7d,
  json_extract_string(s.flags, '$.batches_1d')::INTEGER AS batches_1d,
  json_extract_string(s.flags, '$.succeeded_1d')::INTEGER AS succeeded_1d,
  json_extract_string(s.flags, '$.heartbeats')::INTEGER AS heartbeats,
  s.value_total::BIGINT AS records_sent,
  s.value_number::BIGINT AS records_accepted,
  json_extract_string(s.flags, '$.rejected')::BIGINT AS records_rejected,
  json_extract_string(s.flags, '$.backlog')::BIGINT AS backlog,
  json_extract_string(s.flags, '$.backlog_change')::BIGINT AS backlog_change,
  json_extract_string(s.flags, '$.lag_p50_minutes')::INTEGER AS lag_p50_minutes,
  json_extract_string(s.flags, '$.lag_p95_minutes')::INTEGER AS lag_p95_minutes,
  json_extract_string(s.flags, '$.missed_days')::INTEGER AS missed_days,
  s.last_day::DATE AS last_success,
  date_diff('day', s.last_day, $as_of::DATE)::INTEGER AS silent_days,
  json_extract_string(s.flags, '$.last_change')::DATE AS last_change,
  json_extract_string(s.flags, '$.batches_in')::INTEGER AS batches_in,
  json_extract_string(s.flags, '$.last_success_in')::DATE AS last_success_in,
  s.is_live::BOOLEAN AS is_live,
  s.observation_id::VARCHAR AS observation_id
FROM fact.spoken AS s
WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.attribute = 'c12.sync.window' AND s.extent = 'whole'
ORDER BY database_id
