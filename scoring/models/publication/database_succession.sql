-- @title What became of databases that are not counted any more, or not under that name
SELECT
  s.from_id::VARCHAR AS from_id,
  f.name::VARCHAR AS from_name,
  s.to_id::VARCHAR AS to_id,
  t.name::VARCHAR AS to_name,
  s.kind::VARCHAR AS kind,
  s.date::DATE AS date,
  s.basis::VARCHAR AS basis
FROM raw.database_succession AS s
JOIN raw.database AS f ON f.database_id = s.from_id
JOIN raw.database AS t ON t.database_id = s.to_id
WHERE s.date <= $as_of::DATE
UNION ALL
SELECT d.database_id, d.name, NULL, NULL, 'ended', d.valid_to + 1, NULL
FROM raw.database AS d
WHERE d.valid_to < $as_of::DATE AND d.database_id NOT IN (SELECT from_id FROM raw.database_succession)
ORDER BY 6, 1, 3
