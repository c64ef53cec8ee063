-- @title The four figures of each database: pillars weighed over their common multiple, so nothing is rounded before the end
SELECT
  p.database_id::VARCHAR AS database_id,
  sum(p.pillar_weight::HUGEINT * p.confirmed_num * (common_weight() // p.weight_sum))::HUGEINT AS confirmed_num,
  sum(p.pillar_weight::HUGEINT * p.floor_num * (common_weight() // p.weight_sum))::HUGEINT AS floor_num,
  sum(p.pillar_weight::HUGEINT * p.ceiling_num * (common_weight() // p.weight_sum))::HUGEINT AS ceiling_num,
  sum(p.pillar_weight::HUGEINT * p.coverage_num * (common_weight() // p.weight_sum))::HUGEINT AS coverage_num,
  (sum(p.pillar_weight)::HUGEINT * common_weight() * one())::HUGEINT AS den
FROM score.pillar AS p
WHERE p.weight_sum > 0 AND p.pillar_weight > 0
GROUP BY p.database_id
