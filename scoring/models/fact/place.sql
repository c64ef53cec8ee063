-- @title For every id a statement may name, the databases of the day that the statement is about
-- @why An umbrella stands for its parts, an earlier name for its successors; a database that ended without one is no
--      longer spoken of. Nothing else turns a named id into a database.
SELECT
  c.database_id::VARCHAR AS named_id,
  c.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS given_from,
  NULL::VARCHAR AS given_by,
  NULL::DATE AS since
FROM fact.catalogue AS c
WHERE c.row_kind <> 'umbrella'
UNION ALL
SELECT c.part_of, c.database_id, c.part_of, 'umbrella', NULL
FROM fact.catalogue AS c
WHERE c.part_of IS NOT NULL
UNION ALL
SELECT l.from_id, l.to_id, l.from_id, CASE WHEN l.is_merged THEN 'merged' WHEN l.is_split THEN 'split' ELSE 'renamed' END,
  -- A database that goes on beside the part split off it speaks for that part until the day of the split only.
  CASE WHEN g.database_id IS NOT NULL THEN l.since END
FROM fact.lineage AS l
LEFT JOIN fact.catalogue AS g ON g.database_id = l.from_id
