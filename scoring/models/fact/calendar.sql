-- @title Every day of the years of which days off are known: worked or not, and the next day that is
-- @why A year without a single known day off is not counted at all: working days that leave out Tết would be wrong.
--      Years that follow each other are one stretch; between stretches nothing is counted.
WITH known AS (
  SELECT DISTINCT year(h.date)::INTEGER AS year
  FROM raw.holiday AS h
  WHERE h.kind = 'holiday'
), numbered AS (
  SELECT k.year, k.year - row_number() OVER (ORDER BY k.year) AS stretch
  FROM known AS k
), days AS (
  SELECT n.stretch, unnest(generate_series(make_date(n.year, 1, 1), make_date(n.year, 12, 31), INTERVAL 1 DAY))::DATE AS day
  FROM numbered AS n
), told AS (
  SELECT d.stretch, d.day, CASE h.kind WHEN 'holiday' THEN false WHEN 'make_up_workday' THEN true ELSE isodow(d.day) < 6 END AS is_working
  FROM days AS d
  LEFT JOIN raw.holiday AS h ON h.date = d.day
)
SELECT
  t.day::DATE AS day,
  t.is_working::BOOLEAN AS is_working,
  t.stretch::BIGINT AS stretch,
  -- Working days of the stretch up to and with this day: the difference of two days is what lies between them.
  (count(*) FILTER (t.is_working) OVER (PARTITION BY t.stretch ORDER BY t.day))::INTEGER AS working_days,
  (min(CASE WHEN t.is_working THEN t.day END) OVER (PARTITION BY t.stretch ORDER BY t.day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING))::DATE AS next_working
FROM told AS t
