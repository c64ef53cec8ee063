SELECT d.name AS csdl, a.short_name AS co_quan, o.overdue_days AS so_ngay,
  o.deadline AS thoi_han, o.legal_basis AS can_cu
FROM overdue AS o
JOIN database AS d ON d.database_id = o.database_id
LEFT JOIN agency AS a ON a.agency_id = o.agency_id
ORDER BY o.overdue_days DESC NULLS LAST, d.sort_vi
