-- @title Databases that are scored
-- @why An umbrella row is a heading over its parts: it is never scored, ordered or counted.
SELECT
  d.database_id::VARCHAR AS database_id,
  d.agency_id::VARCHAR AS agency_id,
  d.holds_persons::VARCHAR AS holds_persons,
  d.required_direction::VARCHAR AS required_direction,
  d.headline_unit::VARCHAR AS headline_unit,
  d.sync_schedule_days::INTEGER AS sync_schedule_days,
  d.update_frequency_days::INTEGER AS update_frequency_days,
  -- Why the questions about the population database do not arise (registry only; SEMANTICS section 1), else NULL.
  (CASE WHEN d.custodian = 'c06' THEN 'kept_by_c06' WHEN d.holds_persons IN ('no', 'foreign') THEN 'no_vietnamese_persons' END)::VARCHAR AS c06_ground
FROM fact.catalogue AS d
WHERE d.row_kind <> 'umbrella'
