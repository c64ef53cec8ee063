-- Facts read from documents: how sure the reader was (0–1), and the page they stand on.
ALTER TABLE observation ADD COLUMN confidence DOUBLE;
ALTER TABLE observation ADD COLUMN evidence_page INTEGER;
ALTER TABLE observation_latest ADD COLUMN confidence DOUBLE;
ALTER TABLE observation_latest ADD COLUMN evidence_page INTEGER;
