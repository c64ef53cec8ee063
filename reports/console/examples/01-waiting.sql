SELECT l.vi AS cho_co_quan, w.days AS so_ngay, w.since AS tu_ngay,
  d.name AS csdl, a.short_name AS chu_quan
FROM waiting AS w
JOIN label AS l ON l.key = 'holders.' || w.holder
LEFT JOIN database AS d ON d.database_id = w.database_id
LEFT JOIN agency AS a ON a.agency_id = w.agency_id
ORDER BY w.days DESC NULLS LAST, d.sort_vi
