SELECT d.name AS csdl, c.previous AS ky_truoc, c.as_of AS ky_nay,
  c.level_reported_before AS muc_truoc, c.level_reported_after AS muc_nay,
  c.floor_before AS diem_truoc, c.floor_after AS diem_nay
FROM change AS c
JOIN database AS d ON d.database_id = c.database_id
WHERE c.pillar = 'all'
ORDER BY d.sort_vi
