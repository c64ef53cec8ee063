-- @title What persons decided about facts and findings
SELECT d.id::VARCHAR AS id, d.kind::VARCHAR AS kind, d.object::VARCHAR AS object, d.who::VARCHAR AS who, d.decided_on::DATE AS decided_on, d.ground::VARCHAR AS ground, d.valid_until::DATE AS valid_until,
  d.answer::VARCHAR AS answer, d.answered_by::VARCHAR AS answered_by, d.answered_on::DATE AS answered_on
FROM raw.decision AS d
ORDER BY d.id
