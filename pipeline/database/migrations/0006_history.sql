-- Order of arrival, kept in the row itself: the engine's row numbers change when closed months leave the file.
ALTER TABLE observation ADD COLUMN arrival BIGINT;
UPDATE observation SET arrival = rowid + 1;
ALTER TABLE observation_latest ADD COLUMN arrival BIGINT;
-- Derived; made anew from the log by the next run.
DELETE FROM observation_latest;
DROP TABLE latest_state;
-- For which day and up to which arrival observation_latest was last brought up to date, and under which rejections.
CREATE TABLE latest_state (as_of DATE NOT NULL, arrival_high BIGINT NOT NULL, rejected_hash VARCHAR NOT NULL);
-- Closed months of the log: each lies in one Parquet file beside the store, written once.
CREATE TABLE archived_month (
  month VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  observations BIGINT NOT NULL,
  last_arrival BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 VARCHAR NOT NULL
);
-- Ids of the facts in those files, so that a fact given again is known without opening them.
CREATE TABLE archived_id (id UUID NOT NULL);
