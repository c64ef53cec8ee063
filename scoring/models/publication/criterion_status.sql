-- @title State of each criterion of each database, with the range possible when only a total is known
SELECT
  $as_of::DATE AS as_of,
  c.database_id::VARCHAR AS database_id,
  c.criterion::VARCHAR AS criterion,
  c.block::VARCHAR AS block,
  c.state::VARCHAR AS state,
  c.known_by::VARCHAR AS known_by,
  c.observation_id::VARCHAR AS observation_id,
  c.ground::VARCHAR AS ground
FROM score.criterion_status AS c
ORDER BY c.database_id, c.position
