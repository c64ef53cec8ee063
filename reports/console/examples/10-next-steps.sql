SELECT d.name AS csdl, a.text AS viec_can_lam,
  a.level_from AS muc_nay, a.level_to AS muc_sau, a.criteria_gain AS them_tieu_chi
FROM action AS a
JOIN database AS d ON d.database_id = a.database_id
WHERE a.rank = 1
ORDER BY a.level_to - a.level_from DESC NULLS LAST, d.sort_vi
