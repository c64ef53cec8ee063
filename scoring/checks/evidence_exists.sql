-- @title Every result that cites an observation cites one that is published and not rejected
SELECT r.database_id, r.indicator, r.observation_id
FROM indicator_result AS r
LEFT JOIN observation AS o ON o.id = r.observation_id AND o.rejected_by IS NULL
WHERE r.observation_id IS NOT NULL AND o.id IS NULL
