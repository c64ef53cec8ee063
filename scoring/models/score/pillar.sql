-- @title The four figures of each pillar as exact sums: numerators in parts of one() × weight, over the weight that applies
WITH summed AS (
  SELECT
    r.database_id, r.pillar,
    coalesce(sum(r.weight) FILTER (r.is_applicable), 0) AS weight_sum,
    sum(r.weight::HUGEINT * r.confirmed) AS confirmed_num,
    sum(r.weight::HUGEINT * r.floor) AS floor_num,
    sum(r.weight::HUGEINT * r.ceiling) AS ceiling_num,
    sum(r.weight::HUGEINT * r.coverage) AS coverage_num
  FROM score.indicator_result AS r
  GROUP BY r.database_id, r.pillar
  UNION ALL
  SELECT
    c.database_id, 'checklist', c.applicable,
    least(c.floor_count, c.independent_count)::HUGEINT * one(),
    c.floor_count::HUGEINT * one(),
    c.ceiling_count::HUGEINT * one(),
    (CASE
      WHEN c.is_silent THEN 0
      WHEN c.is_counted THEN c.applicable - (c.ceiling_count - c.floor_count)
      ELSE c.items_met + c.items_unmet
    END)::HUGEINT * one()
  FROM score.checklist AS c
)
SELECT
  s.database_id::VARCHAR AS database_id,
  s.pillar::VARCHAR AS pillar,
  p.weight::INTEGER AS pillar_weight,
  p.position::INTEGER AS position,
  p.is_dimension::BOOLEAN AS is_dimension,
  s.weight_sum::INTEGER AS weight_sum,
  s.confirmed_num::HUGEINT AS confirmed_num,
  s.floor_num::HUGEINT AS floor_num,
  s.ceiling_num::HUGEINT AS ceiling_num,
  s.coverage_num::HUGEINT AS coverage_num,
  (s.weight_sum::HUGEINT * one())::HUGEINT AS den
FROM summed AS s
JOIN raw.pillar AS p ON p.pillar = s.pillar
