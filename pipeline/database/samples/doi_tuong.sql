-- @title Invented persons with merit, for the worked contract of nguoi-co-cong: all text, as an older system hands it over
-- @file doi_tuong.csv
-- @why Names say that they are made up. Faults by the remainder of the row's number.
WITH numbered AS (
  SELECT i, (i * 7919 + 104729) % 100003 AS a, DATE '1930-01-01' + (i * 3 % 15000)::INTEGER AS born FROM range(1, 6001) AS t(i)
)
SELECT
  'NCC' || lpad((CASE WHEN i % 2000 = 0 THEN i - 1 ELSE i END)::VARCHAR, 6, '0') AS ma_ho_so,
  CASE WHEN i % 500 = 1 THEN '' WHEN i % 240 = 2 THEN '000' || lpad(i::VARCHAR, 6, '0') ELSE '0000' || substr(year(born)::VARCHAR, 3, 2) || lpad(i::VARCHAR, 6, '0') END AS so_dinh_danh,
  CASE WHEN i % 300 = 3 THEN 'NguyÔn V¨n MÉu' WHEN i % 450 = 4 THEN 'Nguyê' || chr(771) || 'n Văn Mẫu' WHEN i % 520 = 5 THEN 'NGUYỄN VĂN THỬ' ELSE ['Nguyễn Văn Mẫu', 'Trần Thị Thử', 'Lê Văn Ví Dụ'][1 + a % 3] END AS ho_ten,
  CASE WHEN i % 410 = 6 THEN '30/02/1945' WHEN i % 700 = 7 THEN '1945' ELSE strftime(born, '%d/%m/%Y') END AS ngay_sinh,
  CASE WHEN i % 640 = 8 THEN 'XX' ELSE ['TB', 'LS', 'BM', 'CD'][1 + a % 4] END AS loai_doi_tuong,
  CASE WHEN i % 380 = 9 THEN 'N/A' ELSE (100 + a % 900)::VARCHAR || '/QĐ-MAU' END AS so_quyet_dinh,
  strftime(born + INTERVAL 30 YEAR, '%d/%m/%Y') AS ngay_quyet_dinh,
  CASE WHEN i % 150 = 10 THEN '64' ELSE ['01', '38', '40', '42'][1 + a % 4] END AS ma_tinh,
  CASE WHEN i % 330 = 11 THEN '1.041' WHEN i % 7 = 0 THEN '2.055.000' ELSE '1.624.000' END AS muc_tro_cap,
  strftime(DATE '2026-03-01' + (i % 115)::INTEGER, '%d/%m/%Y') AS ngay_cap_nhat
FROM numbered
ORDER BY i
