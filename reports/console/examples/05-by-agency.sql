SELECT a.name AS co_quan, s.databases AS csdl, s.overdue AS qua_han,
  s.criteria_reported AS bao_cao_tieu_chi, s.connection_reported AS bao_cao_ket_noi,
  s.connection_confirmed AS da_xac_nhan, s.not_reported AS chua_co_thong_tin
FROM agency_summary AS s
JOIN agency AS a ON a.agency_id = s.agency_id
ORDER BY a.protocol_order, a.sort_vi
