-- @title Invented employers, for the worked contract of nguoi-lao-dong
-- @file don_vi_su_dung_lao_dong.parquet
-- @why Numbers begin with 99, which no tax office has. One of 100 has a wrong check digit, one of 250 a hyphen missing.
WITH numbered AS (
  SELECT i, '99' || lpad(i::VARCHAR, 7, '0') AS nine FROM range(1, 701) AS t(i)
), summed AS (
  SELECT i, nine, list_sum(list_transform(range(1, 10), lambda k: substr(nine, k::INTEGER, 1)::INTEGER * [31, 29, 23, 19, 17, 13, 7, 5, 3][k])) % 11 AS rest
  FROM numbered
)
SELECT
  CASE
    WHEN i % 250 = 0 THEN nine || (10 - rest)::VARCHAR || '001'
    WHEN i % 100 = 0 THEN nine || ((10 - rest + 1) % 10)::VARCHAR
    ELSE nine || (10 - rest)::VARCHAR
  END AS ma_so_thue,
  'Công ty Thử nghiệm số ' || i AS ten_don_vi,
  ['01', '31', '48', '79', '92', '38', '40', '75'][1 + i % 8] AS ma_tinh,
  '99999' AS ma_xa
FROM summed
WHERE rest <> 0
ORDER BY i
