-- @title Deadlines of the databases of the day
-- @why A task does not end with a name: a deadline goes to every successor, whatever the kind of succession.
SELECT
  c.database_id::VARCHAR AS database_id,
  d.due::DATE AS due,
  d.precision::VARCHAR AS precision,
  d.basis::VARCHAR AS basis,
  d.what::VARCHAR AS what,
  d.document::VARCHAR AS document,
  d.document_row::VARCHAR AS document_row
FROM raw.deadline AS d
JOIN fact.catalogue AS c ON c.database_id = d.database_id
UNION ALL
SELECT l.to_id, d.due, d.precision, d.basis, d.what, d.document, d.document_row
FROM raw.deadline AS d
JOIN fact.lineage AS l ON l.from_id = d.database_id
