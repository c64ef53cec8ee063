-- What a source took, when it last answered, for how many runs on end it has not, and what to do about it.
ALTER TABLE source_health ADD COLUMN error_hint VARCHAR;
ALTER TABLE source_health ADD COLUMN tries INTEGER DEFAULT 0;
ALTER TABLE source_health ADD COLUMN bytes BIGINT DEFAULT 0;
ALTER TABLE source_health ADD COLUMN last_good_at TIMESTAMP;
ALTER TABLE source_health ADD COLUMN failures INTEGER DEFAULT 0;
-- What a source keeps from its last good run (an ETag); it holds only under the settings of that run.
CREATE TABLE source_memory (
  source_id VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  bundle VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL
);
