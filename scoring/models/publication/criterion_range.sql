-- @title How many criteria of each block can be met, given the reported total and what is known of single criteria
-- @why n reported, a known met (in the block a_s), u unknown (u_s): from a_s + max(0, (n − a) − (u − u_s)) to a_s + min(u_s, n − a).
--      Exact and auditable; never a score. Impossible when a > n or n − a > u.
WITH block AS (
  SELECT c.database_id, c.block, min(c.position) AS position,
    count(*) FILTER (c.state <> 'not_applicable') AS size,
    count(*) FILTER (c.state = 'met') AS met,
    count(*) FILTER (c.state = 'unknown') AS unknown
  FROM score.criterion_status AS c
  GROUP BY c.database_id, c.block
), whole AS (
  SELECT b.*, k.reported, k.is_live,
    sum(b.met) OVER (PARTITION BY b.database_id) AS all_met,
    sum(b.unknown) OVER (PARTITION BY b.database_id) AS all_unknown
  FROM block AS b
  JOIN score.checklist AS k ON k.database_id = b.database_id
  WHERE k.reported IS NOT NULL
)
SELECT
  w.database_id::VARCHAR AS database_id,
  w.block::VARCHAR AS block,
  w.size::INTEGER AS size,
  w.met::INTEGER AS known_met,
  (w.met + greatest(0, (w.reported - w.all_met) - (w.all_unknown - w.unknown)))::INTEGER AS at_least,
  (w.met + least(w.unknown, w.reported - w.all_met))::INTEGER AS at_most,
  (w.all_met > w.reported OR w.reported - w.all_met > w.all_unknown)::BOOLEAN AS is_impossible
FROM whole AS w
ORDER BY w.database_id, w.position
