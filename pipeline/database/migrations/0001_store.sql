-- The store: append-only facts and statements, and what was run when. Never edited after a release; add 0002_….sql.
CREATE TABLE observation (
  id VARCHAR NOT NULL,
  subject_type VARCHAR NOT NULL,
  subject_id VARCHAR NOT NULL,
  database_id VARCHAR,
  attribute VARCHAR NOT NULL,
  target VARCHAR,
  value_number DOUBLE,
  value_total DOUBLE,
  value_low DOUBLE,
  value_high DOUBLE,
  value_text VARCHAR,
  value_time TIMESTAMP,
  unit VARCHAR,
  stage VARCHAR,
  role VARCHAR,
  modality VARCHAR NOT NULL,
  extent VARCHAR NOT NULL,
  shared_n INTEGER NOT NULL,
  flags VARCHAR NOT NULL,
  said_by VARCHAR NOT NULL,
  quoted VARCHAR,
  grade VARCHAR NOT NULL,
  observed_at TIMESTAMP NOT NULL,
  stated_at TIMESTAMP NOT NULL,
  collected_at TIMESTAMP NOT NULL,
  -- First local day on which the fact is visible: the later of observed and stated.
  visible_on DATE NOT NULL,
  run_id VARCHAR NOT NULL,
  source_id VARCHAR NOT NULL,
  evidence_document VARCHAR,
  evidence_title VARCHAR,
  evidence_number VARCHAR,
  evidence_date DATE,
  evidence_table VARCHAR,
  evidence_row VARCHAR,
  evidence_column VARCHAR,
  evidence_line INTEGER,
  evidence_inherited_from VARCHAR,
  evidence_url VARCHAR,
  evidence_query VARCHAR,
  evidence_sha256 VARCHAR,
  evidence_quote VARCHAR
);
-- Newest facts per key, source, grade and speaker (ties kept): derived from observation, so that a night's cost stays flat.
CREATE TABLE observation_latest AS SELECT * FROM observation;
-- For which day and after which row observation_latest was last brought up to date, and under which rejections.
CREATE TABLE latest_state (as_of DATE, known_at TIMESTAMP, rowid_high BIGINT, rejected_hash VARCHAR);
-- Tasks, per-agency counts and checks of a document, as stated.
CREATE TABLE statement (
  id VARCHAR NOT NULL,
  type VARCHAR NOT NULL,
  source_id VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  document_title VARCHAR NOT NULL,
  stated_at TIMESTAMP NOT NULL,
  visible_on DATE NOT NULL,
  collected_at TIMESTAMP NOT NULL,
  run_id VARCHAR NOT NULL,
  body VARCHAR NOT NULL
);
CREATE TABLE rejection (
  run_id VARCHAR NOT NULL,
  source_id VARCHAR NOT NULL,
  place VARCHAR NOT NULL,
  code VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  raw VARCHAR NOT NULL
);
CREATE TABLE run (
  run_id VARCHAR NOT NULL,
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  as_of DATE NOT NULL,
  bundle VARCHAR NOT NULL,
  program_version VARCHAR NOT NULL,
  method VARCHAR NOT NULL,
  state VARCHAR NOT NULL
);
CREATE TABLE source_health (
  run_id VARCHAR NOT NULL,
  source_id VARCHAR NOT NULL,
  connector VARCHAR NOT NULL,
  required BOOLEAN NOT NULL,
  state VARCHAR NOT NULL,
  error_code VARCHAR,
  error_message VARCHAR,
  observations INTEGER NOT NULL,
  appended INTEGER NOT NULL,
  rejections INTEGER NOT NULL,
  ms INTEGER NOT NULL
);
-- One row per database, pillar (`all` = the database as a whole) and day, as published.
CREATE TABLE score_history (
  as_of DATE NOT NULL,
  database_id VARCHAR NOT NULL,
  pillar VARCHAR NOT NULL,
  level_reported INTEGER,
  level_confirmed INTEGER,
  confirmed DOUBLE,
  floor DOUBLE,
  ceiling DOUBLE,
  coverage DOUBLE,
  method VARCHAR NOT NULL
);
