-- @title Parts of umbrella rows, and databases that a document names inside one catalogue row
SELECT d.part_of::VARCHAR AS database_id, d.database_id::VARCHAR AS part_id, d.name::VARCHAR AS name, 'registry'::VARCHAR AS known_by
FROM fact.catalogue AS d
WHERE d.part_of IS NOT NULL
UNION ALL
SELECT s.subject_id::VARCHAR, NULL::VARCHAR, coalesce(s.state, s.target)::VARCHAR, s.observation_id::VARCHAR
FROM fact.spoken AS s
WHERE s.voice = 'all' AND s.attribute = 'database.part'
ORDER BY 1, 3
