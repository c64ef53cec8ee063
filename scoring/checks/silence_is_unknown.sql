-- @title A database nobody spoke of has no level, floor 0, ceiling 100 and coverage 0
SELECT r.database_id, r.level_reported, r.floor, r.ceiling, r.coverage
FROM readiness AS r
WHERE NOT EXISTS (SELECT 1 FROM observation_current AS o WHERE o.subject_type = 'database' AND o.subject_id = r.database_id)
  AND (r.level_reported IS NOT NULL OR r.floor <> 0 OR r.ceiling <> 100 OR r.coverage <> 0)
