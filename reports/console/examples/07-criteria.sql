SELECT d.name AS csdl, r.criteria_met AS da_hoan_thanh, r.criteria_applicable AS ap_dung,
  round(100.0 * r.criteria_met / r.criteria_applicable, 1) AS ty_le, r.level_reported AS muc
FROM readiness AS r
JOIN database AS d ON d.database_id = r.database_id
WHERE r.criteria_met IS NOT NULL AND r.criteria_applicable > 0
ORDER BY ty_le DESC, d.sort_vi
