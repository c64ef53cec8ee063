-- Counts of the parts of a table that did not change, so that the next night reads only those that did. Derived: may be emptied.
-- A part is the hash of its files (place, size, time, footer), a count is named by the hash of what was asked; no value of the
-- data is here, not even the names of folders, which would be some.
CREATE TABLE partition_count (
  source_id VARCHAR NOT NULL,
  part VARCHAR NOT NULL,
  counts VARCHAR NOT NULL
);
