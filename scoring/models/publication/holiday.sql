-- @title Days off in the week and days worked at its end, by which deadlines are counted
SELECT h.date::DATE AS date, h.kind::VARCHAR AS kind, h.name::VARCHAR AS name, h.basis::VARCHAR AS basis, h.strength::VARCHAR AS strength
FROM raw.holiday AS h
ORDER BY h.date
