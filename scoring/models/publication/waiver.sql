-- @title Approved "not applicable"
SELECT w.database_id::VARCHAR AS database_id, w.criterion::VARCHAR AS criterion, w.indicator::VARCHAR AS indicator, w.approved_by::VARCHAR AS approved_by, w.document::VARCHAR AS document, w.ground::VARCHAR AS ground, w.valid_from::DATE AS valid_from, w.valid_until::DATE AS valid_until
FROM raw.waiver AS w
ORDER BY ALL
