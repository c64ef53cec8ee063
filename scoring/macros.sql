-- Exact arithmetic and the few notions every model shares. Values between 0 and 1 are integers in parts of one():
-- no score is ever a sum of floating-point numbers.
CREATE OR REPLACE MACRO one() AS 1000000000000000::BIGINT;
-- Common multiple of 1 … 22: weights of different pillars meet over it without rounding.
CREATE OR REPLACE MACRO common_weight() AS 232792560::HUGEINT;
-- n / d as a whole number, halves to even; n ≥ 0, d > 0.
CREATE OR REPLACE MACRO half_even(n, d) AS (n // d) + CASE WHEN 2 * (n % d) > d OR (2 * (n % d) = d AND (n // d) % 2 = 1) THEN 1 ELSE 0 END;
-- The share n of d in parts of one(); NULL when d is 0 (undefined, never 0 or 1).
CREATE OR REPLACE MACRO share(n, d) AS CASE WHEN d > 0 THEN half_even(n::HUGEINT * one(), d::HUGEINT)::BIGINT END;
-- num / den as points 0–100 with one decimal: the only rounding on the way to a printed figure.
CREATE OR REPLACE MACRO points(num, den) AS CASE WHEN den > 0 THEN half_even(num * 1000, den)::DOUBLE / 10 END;
-- As points(), of parts of one(); 100 is said only of what is whole, and 0 only of what is nothing.
CREATE OR REPLACE MACRO quality_points(v) AS CASE
  WHEN v < one() AND points(v::HUGEINT, one()::HUGEINT) >= 100 THEN 99.9
  WHEN v > 0 AND points(v::HUGEINT, one()::HUGEINT) <= 0 THEN 0.1
  ELSE points(v::HUGEINT, one()::HUGEINT)
END;
-- Local calendar day (Asia/Ho_Chi_Minh, UTC+7 all year) of an instant kept in UTC.
CREATE OR REPLACE MACRO local_day(instant) AS (instant + INTERVAL 7 HOUR)::DATE;
