-- @title Invented files of unemployment benefit, for the worked contract of bao-hiem-that-nghiep
-- @file ho_so_huong.parquet
-- @why Numbers of persons begin with 000; names say that they are made up. Faults by the remainder of the row's number.
WITH numbered AS (
  SELECT i, (i * 7919 + 104729) % 100003 AS a, DATE '2025-01-02' + (i % 540)::INTEGER AS filed FROM range(1, 12001) AS t(i)
)
SELECT
  'HS-' || lpad((CASE WHEN i % 1000 = 0 THEN i - 1 ELSE i END)::VARCHAR, 7, '0') AS ma_ho_so,
  CASE WHEN i % 600 = 1 THEN '00009' ELSE '000090' || lpad((1 + a % 9000)::VARCHAR, 6, '0') END AS so_dinh_danh,
  CASE WHEN i % 750 = 2 THEN '12345' ELSE lpad((9900000000 + a)::VARCHAR, 10, '0') END AS so_bhxh,
  ['Nguyễn Văn Mẫu', 'Trần Thị Thử', 'Lê Văn Ví Dụ', 'Phạm Thị Mẫu'][1 + a % 4] || CASE WHEN i % 900 = 3 THEN ' ' ELSE '' END AS ho_ten,
  filed AS ngay_nop,
  CASE WHEN i % 500 = 4 THEN filed - 3 WHEN i % 40 = 5 THEN NULL ELSE filed + 15 END AS ngay_quyet_dinh,
  CASE WHEN i % 800 = 6 THEN 15 ELSE 3 + a % 10 END::INTEGER AS so_thang_huong,
  CASE WHEN i % 1100 = 7 THEN NULL ELSE (2000000 + (a % 200) * 50000)::BIGINT END AS muc_huong,
  -- Codes before and after the change of provinces, right for the day of the file; some are not.
  CASE WHEN i % 320 = 8 THEN '10' WHEN filed < DATE '2025-07-01' THEN ['01', '24', '64', '77'][1 + a % 4] ELSE ['01', '24', '52', '79'][1 + a % 4] END AS ma_tinh,
  CASE WHEN i % 950 = 9 THEN 'khac' WHEN i % 40 = 5 THEN 'dang_xu_ly' ELSE 'da_quyet_dinh' END AS trang_thai,
  (filed + 15)::TIMESTAMP + INTERVAL 9 HOUR AS cap_nhat_luc
FROM numbered
ORDER BY i
