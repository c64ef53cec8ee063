SELECT f.name AS loai, d.name AS csdl, f.text AS noi_dung
FROM finding AS f
LEFT JOIN database AS d ON d.database_id = f.database_id
WHERE f.is_contradiction
ORDER BY f.kind, d.sort_vi
