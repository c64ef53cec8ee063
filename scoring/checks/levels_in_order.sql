-- @title A confirmed level is never above the reported one, nor the reported above the highest possible
SELECT database_id, level_confirmed, level_reported, level_max
FROM readiness
WHERE level_confirmed > level_reported OR level_reported > level_max OR (level_confirmed IS NOT NULL AND level_reported IS NULL)
