SELECT as_of AS ngay, count(*) AS so_csdl,
  count(level_reported) AS co_muc_theo_bao_cao, count(level_confirmed) AS co_muc_da_xac_nhan
FROM score_history
WHERE pillar = 'all'
GROUP BY as_of
ORDER BY as_of
