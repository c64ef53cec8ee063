-- @title The catalogue of the day: databases that are counted on it, each with its owner of that day
-- @why Everything after reads this table and never raw.database for an owner, so a past day shows the owner of then.
--      Where no owner of then is known, the owner of today stands.
SELECT
  d.database_id::VARCHAR AS database_id,
  d.position::INTEGER AS position,
  d.name::VARCHAR AS name,
  d.kind::VARCHAR AS kind,
  d.row_kind::VARCHAR AS row_kind,
  u.database_id::VARCHAR AS part_of,
  coalesce(w.agency_id, d.agency_id)::VARCHAR AS agency_id,
  d.listed_in::VARCHAR AS listed_in,
  d.holds_persons::VARCHAR AS holds_persons,
  d.custodian::VARCHAR AS custodian,
  d.classification::VARCHAR AS classification,
  d.required_direction::VARCHAR AS required_direction,
  d.headline_unit::VARCHAR AS headline_unit,
  d.update_frequency::VARCHAR AS update_frequency,
  d.update_frequency_days::INTEGER AS update_frequency_days,
  d.sync_schedule::VARCHAR AS sync_schedule,
  d.sync_schedule_days::INTEGER AS sync_schedule_days,
  d.aliases::VARCHAR AS aliases,
  d.valid_from::DATE AS valid_from,
  d.valid_to::DATE AS valid_to
FROM raw.database AS d
LEFT JOIN raw.database_owner AS w ON w.database_id = d.database_id
  AND coalesce(w.valid_from <= $as_of::DATE, true) AND coalesce(w.valid_to >= $as_of::DATE, true)
LEFT JOIN raw.database AS u ON u.database_id = d.part_of
  AND coalesce(u.valid_from <= $as_of::DATE, true) AND coalesce(u.valid_to >= $as_of::DATE, true)
WHERE coalesce(d.valid_from <= $as_of::DATE, true) AND coalesce(d.valid_to >= $as_of::DATE, true)
