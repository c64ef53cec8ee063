-- @title Invented workers, for the worked contract of nguoi-lao-dong
-- @file nguoi_lao_dong.parquet
-- @why Numbers begin with 000, which no place of birth has; names say that they are made up. The faults are counted:
--      one row of so many has each, by the remainder of its number.
WITH employer AS (
  SELECT row_number() OVER (ORDER BY ma_so_thue) AS n, count(*) OVER () AS total, ma_so_thue FROM don_vi_su_dung_lao_dong
), numbered AS (
  SELECT i, (i * 7919 + 104729) % 100003 AS a, (i * 6007 + 7) % 99991 AS b FROM range(1, 20001) AS t(i)
), person AS (
  SELECT i, a, b,
    DATE '1962-01-01' + (a % 16000)::INTEGER AS born,
    b % 2 AS female
  FROM numbered
)
SELECT
  CASE
    WHEN i % 1000 = 0 THEN NULL
    -- A card of nine digits where twelve are due.
    WHEN i % 800 = 0 THEN lpad(i::VARCHAR, 9, '0')
    -- The number of the row before.
    WHEN i % 500 = 1 AND i > 1 AND (i - 1) % 800 <> 0 AND (i - 1) % 1000 <> 0 THEN '0000' || '00' || lpad((i - 1)::VARCHAR, 6, '0')
    WHEN i % 500 = 0 THEN '0000' || '00' || lpad(i::VARCHAR, 6, '0')
    ELSE '000' || (female + CASE WHEN year(born) >= 2000 THEN 2 ELSE 0 END)::VARCHAR || lpad((year(born) % 100)::VARCHAR, 2, '0') || lpad(i::VARCHAR, 6, '0')
  END AS so_dinh_danh,
  CASE
    WHEN i % 700 = 0 THEN '  '
    -- The same letters in another spelling, or one that only looks the same.
    WHEN i % 400 = 3 THEN 'Nguye' || chr(770) || chr(771) || 'n Văn Mẫu'
    WHEN i % 600 = 5 THEN chr(208) || 'ỗ Thị Thử'
    WHEN i % 900 = 7 THEN 'Trần' || chr(160) || 'Văn Ví Dụ'
    WHEN i % 650 = 9 THEN 'lê thị  mẫu'
    ELSE ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đỗ', 'Hoàng'][1 + a % 6] || CASE WHEN female = 1 THEN ' Thị ' ELSE ' Văn ' END || ['Mẫu', 'Thử', 'Ví Dụ'][1 + b % 3]
  END AS ho_ten,
  CASE WHEN female = 1 THEN 'Nữ' ELSE 'Nam' END AS gioi_tinh,
  CASE WHEN i % 2000 = 11 THEN DATE '2062-01-01' WHEN i % 1500 = 13 THEN NULL ELSE born END AS ngay_sinh,
  CASE WHEN i % 300 = 17 THEN '64' ELSE ['01', '31', '48', '79', '92', '38', '40', '75'][1 + a % 8] END AS ma_tinh,
  -- An employer nobody knows.
  CASE WHEN i % 350 = 19 THEN '9909999999' ELSE employer.ma_so_thue END AS ma_so_thue_don_vi,
  (born + INTERVAL 20 YEAR)::DATE AS bat_dau,
  (CASE WHEN i % 450 = 21 THEN born + INTERVAL 19 YEAR WHEN i % 3 = 0 THEN born + INTERVAL 24 YEAR END)::DATE AS ket_thuc,
  (3500000 + (a % 400) * 50000)::BIGINT * CASE WHEN i % 1200 = 23 THEN -1 ELSE 1 END AS tien_luong,
  CASE WHEN i = 20000 THEN TIMESTAMP '2099-01-01 00:00:00' ELSE TIMESTAMP '2026-05-01 00:00:00' + to_hours((i % 1400)::BIGINT) END AS cap_nhat_luc
FROM person
JOIN employer ON employer.n = 1 + person.a % employer.total
ORDER BY i
