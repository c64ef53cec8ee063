-- @title Sources of facts
SELECT s.source_id::VARCHAR AS source_id, s.connector::VARCHAR AS connector, s.required::BOOLEAN AS required
FROM raw.source AS s
ORDER BY s.source_id
