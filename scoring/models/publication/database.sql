-- @title Catalogue of databases (one row each, umbrella rows included)
SELECT
  d.database_id::VARCHAR AS database_id,
  d.name::VARCHAR AS name,
  (row_number() OVER (ORDER BY d.name COLLATE vi, d.database_id))::INTEGER AS sort_vi,
  d.kind::VARCHAR AS kind,
  d.row_kind::VARCHAR AS row_kind,
  d.part_of::VARCHAR AS part_of,
  d.agency_id::VARCHAR AS agency_id,
  d.listed_in::VARCHAR AS listed_in,
  d.holds_persons::VARCHAR AS holds_persons,
  d.custodian::VARCHAR AS custodian,
  d.classification::VARCHAR AS classification,
  d.required_direction::VARCHAR AS required_direction,
  d.headline_unit::VARCHAR AS headline_unit,
  d.update_frequency::VARCHAR AS update_frequency,
  d.sync_schedule::VARCHAR AS sync_schedule,
  d.aliases::VARCHAR AS aliases,
  d.valid_from::DATE AS valid_from,
  d.valid_to::DATE AS valid_to
FROM fact.catalogue AS d
ORDER BY d.position
