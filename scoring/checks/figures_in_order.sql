-- @title 0 ≤ confirmed ≤ floor ≤ ceiling ≤ 100, at every level
SELECT 'readiness' AS place, database_id, NULL AS part FROM readiness WHERE NOT (confirmed >= 0 AND confirmed <= floor AND floor <= ceiling AND ceiling <= 100 AND coverage BETWEEN 0 AND 100)
UNION ALL
SELECT 'dimension_score', database_id, pillar FROM dimension_score WHERE NOT (confirmed >= 0 AND confirmed <= floor AND floor <= ceiling AND ceiling <= 100 AND coverage BETWEEN 0 AND 100)
UNION ALL
SELECT 'indicator_result', database_id, indicator FROM indicator_result WHERE state <> 'not_applicable' AND NOT (confirmed >= 0 AND confirmed <= floor AND floor <= ceiling AND ceiling <= 100)
