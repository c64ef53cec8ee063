-- What the findings need of earlier nights, written only where something changed; appended, never updated.
-- A row says how it stood at the end of the day `as_of`; of several of one day the one known last counts.
-- Opening rows carry the finding as it was then told, so that it can still be shown after it is gone.
CREATE TABLE finding_change (
  finding_id VARCHAR NOT NULL,
  as_of DATE NOT NULL,
  is_open BOOLEAN NOT NULL,
  kind VARCHAR NOT NULL,
  severity VARCHAR NOT NULL,
  database_id VARCHAR,
  agency_id VARCHAR,
  name VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  is_contradiction BOOLEAN NOT NULL,
  observation_ids VARCHAR,
  known_at TIMESTAMP NOT NULL,
  run_id VARCHAR NOT NULL
);
-- Values that change seldom and whose past a finding asks for (scoring/models/score/watched.sql).
CREATE TABLE watched_change (
  family VARCHAR NOT NULL,
  database_id VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  as_of DATE NOT NULL,
  value VARCHAR,
  low DOUBLE,
  high DOUBLE,
  known_at TIMESTAMP NOT NULL,
  run_id VARCHAR NOT NULL
);
