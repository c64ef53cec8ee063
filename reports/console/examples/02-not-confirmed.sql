SELECT a.short_name AS co_quan, d.name AS csdl, g.level AS muc,
  t.vi AS noi_dung, s.vi AS theo_bao_cao, o.stated_at AS neu_luc
FROM level_gate AS g
JOIN database AS d ON d.database_id = g.database_id
JOIN observation AS o ON o.id = g.observation_id
JOIN attribute_def AS f ON f.attribute = o.attribute
LEFT JOIN agency AS a ON a.agency_id = d.agency_id
LEFT JOIN label AS t ON t.key = 'attributes.' || o.attribute
LEFT JOIN label AS s ON s.key = 'scales.' || f.scale || '.' || o.value_text
WHERE g.passed AND NOT g.confirmed
ORDER BY a.protocol_order, d.sort_vi, g.level
