-- @title Agencies, with the time in which each name is valid
SELECT
  a.agency_id::VARCHAR AS agency_id,
  a.name::VARCHAR AS name,
  a.short_name::VARCHAR AS short_name,
  a.type::VARCHAR AS type,
  a.agency_group::VARCHAR AS agency_group,
  a.protocol_order::INTEGER AS protocol_order,
  (row_number() OVER (ORDER BY a.name COLLATE vi, a.agency_id))::INTEGER AS sort_vi,
  a.parent_id::VARCHAR AS parent_id,
  a.valid_from::DATE AS valid_from,
  a.valid_to::DATE AS valid_to,
  a.aliases::VARCHAR AS aliases
FROM raw.agency AS a
ORDER BY a.protocol_order, a.agency_id
