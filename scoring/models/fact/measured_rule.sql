-- @title What was measured on records, under the names that databases have on the day
-- @why A measurement speaks of records: what was renamed keeps what was measured under its earlier name until it is measured
--      again. After a merger or a split nobody knows whose records they were.
WITH named AS (
  SELECT q.* REPLACE (coalesce(p.database_id, q.database_id) AS database_id)
  FROM raw.quality_result AS q
  LEFT JOIN fact.place AS p ON p.named_id = q.database_id AND p.given_by = 'renamed'
)
SELECT n.* REPLACE (n.database_id::VARCHAR AS database_id)
FROM named AS n
QUALIFY row(n.observed_at, n.collected_at, n.run_id) = max(row(n.observed_at, n.collected_at, n.run_id)) OVER (PARTITION BY n.database_id, n.contract)
