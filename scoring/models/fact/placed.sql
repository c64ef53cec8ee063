-- @title Observations, each with the database of the day it is about
-- @why Of a renamed database everything goes over as it is. Of one that was merged it goes over as said of a component,
--      which never raises the whole. Of one that was split it goes to each part as a claim only (no tense: ceiling, never
--      floor), because nobody has yet spoken of the part; what was lacking is lacking still; and what was counted over
--      the whole is a count of none of the parts.
WITH moved AS NOT MATERIALIZED (
  SELECT
    o.* REPLACE (
      CASE WHEN p.given_by = 'merged' THEN 'component' ELSE o.extent END AS extent,
      CASE WHEN p.given_by = 'split' AND o.modality IN ('done', 'ongoing') THEN 'unmarked' ELSE o.modality END AS modality),
    p.database_id AS about_id, p.given_from, p.given_by
  FROM raw.observation AS o
  JOIN fact.place AS p ON p.named_id = o.subject_id
  WHERE o.subject_type = 'database'
    AND (p.given_by IS NULL OR p.given_by <> 'split' OR o.value_number IS NULL)
    AND (p.since IS NULL OR local_day(o.observed_at) < p.since)
), renamed AS (
  SELECT DISTINCT p.database_id FROM fact.place AS p WHERE p.given_by = 'renamed'
)
SELECT o.*, o.subject_id AS about_id, NULL::VARCHAR AS given_from, NULL::VARCHAR AS given_by
FROM raw.observation AS o
WHERE o.subject_type <> 'database'
UNION ALL
SELECT m.* FROM moved AS m ANTI JOIN renamed AS r ON r.database_id = m.about_id
UNION ALL
(SELECT m.*
FROM moved AS m
SEMI JOIN renamed AS r ON r.database_id = m.about_id
WINDOW of_key AS (PARTITION BY m.about_id, m.attribute, m.extent, m.unit, m.role, m.stage, m.target, m.source_id, m.grade, m.said_by,
  CASE WHEN m.given_by <> 'renamed' THEN m.given_from END)
-- Under two names of one database the same speaker was only renewing his word: the newest is kept, as under one name.
QUALIFY m.observed_at = max(m.observed_at) OVER of_key OR NOT coalesce(bool_or(m.given_by = 'renamed') OVER of_key, false))
