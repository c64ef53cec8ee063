SELECT t.vi AS noi_dung, g.vi AS minh_chung,
  coalesce(s.vi, o.value_text, o.value_number::VARCHAR) AS gia_tri,
  o.evidence_title AS van_ban, o.evidence_row AS hang, o.evidence_quote AS nguyen_van
FROM observation AS o
JOIN observation_current AS c ON c.observation_id = o.id
JOIN attribute_def AS f ON f.attribute = o.attribute
LEFT JOIN label AS t ON t.key = 'attributes.' || o.attribute
LEFT JOIN label AS s ON s.key = 'scales.' || f.scale || '.' || o.value_text
LEFT JOIN label AS g ON g.key = 'grades.' || o.grade
WHERE o.database_id = 'bao-hiem-that-nghiep'
ORDER BY o.attribute, o.id
