-- @title The checklist in force
SELECT c.criterion::VARCHAR AS criterion, c.position::INTEGER AS position, c.title::VARCHAR AS title, c.short::VARCHAR AS short, c.block::VARCHAR AS block, c.certainty::VARCHAR AS certainty, c.attribute::VARCHAR AS attribute, c.duplicates_indicator::VARCHAR AS duplicates_indicator
FROM raw.criterion AS c
ORDER BY c.position
