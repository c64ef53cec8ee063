-- @title Which databases of the day carry on what an earlier one was, and by what kind of succession
-- @why Steps are walked in the order of their days: what was merged into a database after it had been split does not
--      go to the part split off. A succession of a later day does not exist yet.
WITH RECURSIVE step AS (
  SELECT s.from_id, s.to_id, s.kind, s.date
  FROM raw.database_succession AS s
  WHERE s.date <= $as_of::DATE
), walked AS (
  SELECT s.from_id, s.to_id, s.kind = 'merged' AS is_merged, s.kind = 'split' AS is_split, s.date AS since, s.date AS reached
  FROM step AS s
  UNION
  SELECT w.from_id, s.to_id, w.is_merged OR s.kind = 'merged', w.is_split OR s.kind = 'split', w.since, s.date
  FROM walked AS w
  JOIN step AS s ON s.from_id = w.to_id AND s.date >= w.reached AND s.to_id <> w.from_id
)
SELECT
  w.from_id::VARCHAR AS from_id,
  w.to_id::VARCHAR AS to_id,
  bool_or(w.is_merged)::BOOLEAN AS is_merged,
  bool_or(w.is_split)::BOOLEAN AS is_split,
  min(w.since)::DATE AS since
FROM walked AS w
JOIN fact.catalogue AS d ON d.database_id = w.to_id
GROUP BY w.from_id, w.to_id
