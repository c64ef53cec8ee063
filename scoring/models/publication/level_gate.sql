-- @title Which gates of each level are passed, as reported, as confirmed and at most
SELECT
  g.database_id::VARCHAR AS database_id,
  g.level::INTEGER AS level,
  g.gate::VARCHAR AS gate,
  g.reported::BOOLEAN AS passed,
  g.confirmed::BOOLEAN AS confirmed,
  g.may::BOOLEAN AS may_pass,
  g.observation_id::VARCHAR AS observation_id,
  g.is_live::BOOLEAN AS is_live
FROM score.gate AS g
ORDER BY g.database_id, g.level, g.position, g.gate
