-- @title Deadlines of each database with their legal basis, and what is left of them
-- @why A deadline on a day off ends with the next working day (Civil Code 2015, article 148 paragraph 5); the printed day
--      stays as printed, and overdue days are counted from it as the Office of the Government counts them.
WITH ended AS (
  SELECT d.*, c.next_working AS effective_due
  FROM fact.deadline AS d
  LEFT JOIN fact.calendar AS c ON c.day = d.due
)
SELECT
  d.database_id::VARCHAR AS database_id,
  d.due::DATE AS due,
  d.precision::VARCHAR AS precision,
  d.basis::VARCHAR AS basis,
  d.what::VARCHAR AS what,
  d.document::VARCHAR AS document,
  d.document_row::VARCHAR AS document_row,
  d.effective_due::DATE AS effective_due,
  (CASE WHEN coalesce(d.effective_due, d.due) >= $as_of::DATE THEN date_diff('day', $as_of::DATE, coalesce(d.effective_due, d.due)) END)::INTEGER AS days_left,
  (CASE WHEN d.effective_due >= $as_of::DATE AND e.stretch = t.stretch THEN e.working_days - t.working_days END)::INTEGER AS working_days_left
FROM ended AS d
LEFT JOIN fact.calendar AS e ON e.day = d.effective_due
LEFT JOIN fact.calendar AS t ON t.day = $as_of::DATE
ORDER BY d.database_id, d.due, d.basis
