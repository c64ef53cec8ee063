-- @title Every database that is not an umbrella has exactly one row of readiness, and no other has one
SELECT d.database_id, count(r.database_id) AS n, d.row_kind
FROM database AS d
LEFT JOIN readiness AS r ON r.database_id = d.database_id
GROUP BY d.database_id, d.row_kind
HAVING count(r.database_id) <> CASE d.row_kind WHEN 'umbrella' THEN 0 ELSE 1 END
