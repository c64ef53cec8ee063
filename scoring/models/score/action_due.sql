-- @title The day by which what is left to do for a database is due: its next deadline, else the last one that passed
-- @why "Rõ thời gian": no day is ever made up. Where several bases set the same day the first by name is cited.
SELECT
  d.database_id::VARCHAR AS database_id,
  d.due::DATE AS due,
  d.precision::VARCHAR AS precision,
  d.basis::VARCHAR AS basis,
  (d.due >= $as_of::DATE)::BOOLEAN AS is_ahead
FROM fact.deadline AS d
QUALIFY row_number() OVER (PARTITION BY d.database_id ORDER BY d.due >= $as_of::DATE DESC, CASE WHEN d.due >= $as_of::DATE THEN d.due END, d.due DESC, d.basis, d.precision) = 1
