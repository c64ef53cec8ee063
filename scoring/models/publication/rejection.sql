-- @title What a source stated and the program refused, with the reason
SELECT r.source_id::VARCHAR AS source_id, r.place::VARCHAR AS place, r.code::VARCHAR AS code, r.message::VARCHAR AS message, r.raw::VARCHAR AS raw
FROM raw.rejection AS r
ORDER BY r.source_id, r.place, r.code, r.message
