-- @title Deadlines of each database with their legal basis
SELECT d.database_id::VARCHAR AS database_id, d.due::DATE AS due, d.precision::VARCHAR AS precision, d.basis::VARCHAR AS basis, d.what::VARCHAR AS what, d.document::VARCHAR AS document, d.document_row::VARCHAR AS document_row
FROM raw.deadline AS d
ORDER BY d.database_id, d.due, d.basis
