-- @title Every scored database has every pillar
SELECT r.database_id, count(d.pillar) AS n
FROM readiness AS r
LEFT JOIN dimension_score AS d ON d.database_id = r.database_id
GROUP BY r.database_id
HAVING count(d.pillar) <> (SELECT count(DISTINCT pillar) FROM dimension_score)
