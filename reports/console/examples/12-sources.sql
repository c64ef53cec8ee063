SELECT h.source_id AS nguon, l.vi AS tinh_trang,
  h.observations AS thong_tin, h.rejections AS khong_ghi_nhan,
  h.last_good_at AS lan_tot_gan_nhat, h.failures AS lan_loi_lien_tiep, h.error_message AS loi
FROM source_health AS h
LEFT JOIN label AS l ON l.key = 'source_states.' || h.state
ORDER BY h.state, h.source_id
