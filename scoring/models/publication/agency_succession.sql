-- @title Which agency took over what from which, and since when
SELECT s.from_id::VARCHAR AS from_id, s.to_id::VARCHAR AS to_id, s.field::VARCHAR AS field, s.date::DATE AS date, s.basis::VARCHAR AS basis
FROM raw.succession AS s
ORDER BY s.from_id, s.to_id, s.field
