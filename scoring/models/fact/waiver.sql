-- @title Approved "not applicable" of the databases of the day
-- @why An approval is given for one database: it follows a new name, and neither a part nor a whole.
SELECT w.* REPLACE (coalesce(l.to_id, w.database_id) AS database_id)
FROM raw.waiver AS w
LEFT JOIN fact.lineage AS l ON l.from_id = w.database_id AND NOT l.is_merged AND NOT l.is_split
