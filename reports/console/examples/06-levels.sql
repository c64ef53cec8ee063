SELECT coalesce('Mức ' || level_reported, 'Chưa có thông tin') AS muc,
  count(*) AS so_csdl, count(level_confirmed) AS da_xac_nhan
FROM readiness
GROUP BY level_reported
ORDER BY level_reported NULLS LAST
