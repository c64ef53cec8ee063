-- @title What is known of each single criterion of each database
-- @why "13/19" says nothing about which thirteen. A criterion is known only by a statement about it, by evidence that
--      bears on it (criteria.yaml), or by an approved "not applicable"; otherwise it is unknown.
WITH said AS (
  SELECT s.voice, s.subject_id AS database_id, substr(s.attribute, 11) AS criterion, s.state, s.observation_id, s.is_live, s.is_conflict, s.grade, s.lo, s.hi
  FROM fact.spoken AS s
  WHERE s.subject_type = 'database' AND s.attribute LIKE 'criterion.%' AND s.extent = 'whole'
  QUALIFY row_number() OVER (PARTITION BY s.voice, s.subject_id, s.attribute ORDER BY s.is_founded DESC, s.is_live DESC, s.lo, s.fact_key) = 1
), dated AS (
  -- The newest believed word on each criterion, live or not: what is only claimed completes no breakdown.
  SELECT k.subject_id AS database_id, substr(k.attribute, 11) AS criterion, max(k.observed_at) AS observed_at
  FROM fact.known AS k
  JOIN raw.pillar AS p ON p.pillar = 'checklist' AND (k.grade >= p.believe_from OR k.is_admission)
  WHERE k.subject_type = 'database' AND k.attribute LIKE 'criterion.%' AND k.extent = 'whole'
  GROUP BY k.subject_id, k.attribute
), waived AS (
  -- Two approvals that overlap take a criterion out once.
  SELECT w.database_id, w.criterion, min(w.document) AS document
  FROM fact.waiver AS w
  WHERE $as_of::DATE BETWEEN w.valid_from AND w.valid_until AND w.criterion IS NOT NULL
  GROUP BY w.database_id, w.criterion
), evident AS (
  SELECT a.database_id, c.criterion, t.verdict, a.state AS evidence_state, a.hi, a.observation_id
  FROM raw.criterion AS c
  JOIN fact.answer AS a ON a.attribute = c.attribute
  JOIN raw.criterion_state AS t ON t.criterion = c.criterion AND t.state = a.state
  LEFT JOIN raw.criterion_speaker AS p ON p.criterion = c.criterion AND p.said_by = a.said_by
  WHERE a.is_live AND NOT a.is_conflict AND a.grade >= 'E2' AND a.modality IN ('done', 'ongoing', 'intended', 'requested', 'purpose', 'negated')
    AND (t.verdict = 'unmet' OR (p.said_by IS NOT NULL AND a.modality = 'done'))
  UNION ALL
  -- Units that have not entered their data leave both the roll-out and the creation of data undone.
  SELECT u.subject_id, c.criterion, 'unmet', NULL, max(u.hi), min(u.observation_id)
  FROM raw.criterion AS c
  JOIN fact.spoken AS u ON u.voice = 'all' AND u.subject_type = 'database' AND u.attribute = 'units.ratio' AND u.role = 'data_entered' AND u.is_live
  WHERE c.attribute = 'units.ratio' OR c.duplicates_indicator = 'records_expected'
  GROUP BY u.subject_id, c.criterion
  HAVING min(u.lo) < one()
), evidence AS (
  SELECT e.*
  FROM evident AS e
  QUALIFY row_number() OVER (PARTITION BY e.database_id, e.criterion ORDER BY e.verdict = 'unmet' DESC, e.hi, e.observation_id) = 1
), ground AS (
  SELECT s.database_id, c.criterion, f.ground
  FROM raw.criterion AS c
  CROSS JOIN fact.subject AS s
  JOIN score.indicator_fact AS f ON f.database_id = s.database_id AND f.indicator = c.duplicates_indicator AND f.ground IS NOT NULL
)
SELECT
  s.database_id::VARCHAR AS database_id,
  c.criterion::VARCHAR AS criterion,
  c.position::INTEGER AS position,
  c.block::VARCHAR AS block,
  (CASE
    WHEN w.document IS NOT NULL OR g.ground IS NOT NULL THEN 'not_applicable'
    -- "Met" that was only intended is not met; contradicted, or against a worse word that fell silent, it is not known.
    WHEN d.is_live AND d.state = 'met' AND d.hi = 0 THEN 'unmet'
    WHEN d.is_live AND d.state = 'met' AND d.lo < one() THEN 'unknown'
    WHEN d.is_live AND d.state <> 'not_applicable' THEN d.state
    -- "Not applicable" said by the owner is a request: only an approval takes a criterion out.
    WHEN d.is_live THEN 'na_requested'
    WHEN e.verdict = 'met' THEN 'met'
    WHEN e.verdict = 'unmet' AND e.hi = 0 THEN 'unmet'
    WHEN e.verdict = 'unmet' THEN 'in_progress'
    ELSE 'unknown'
  END)::VARCHAR AS state,
  (CASE
    WHEN w.document IS NOT NULL THEN 'waiver'
    WHEN g.ground IS NOT NULL THEN 'registry'
    WHEN d.is_live THEN 'stated'
    WHEN e.verdict IS NOT NULL THEN 'evidence'
  END)::VARCHAR AS known_by,
  coalesce(d.observation_id, e.observation_id)::VARCHAR AS observation_id,
  coalesce(w.document, g.ground)::VARCHAR AS ground,
  -- Single statements believed for the checklist pillar; evidence of other kinds only bounds what is possible.
  (d.is_live AND d.lo = one() AND d.grade >= p.believe_from)::BOOLEAN IS TRUE AS is_stated_met,
  (d.is_live AND d.hi = 0)::BOOLEAN IS TRUE AS is_stated_unmet,
  (i.is_live AND i.lo = one())::BOOLEAN IS TRUE AS is_confirmed_met,
  n.observed_at::TIMESTAMP AS stated_observed_at
FROM fact.subject AS s
CROSS JOIN raw.criterion AS c
CROSS JOIN (SELECT believe_from FROM raw.pillar WHERE pillar = 'checklist') AS p
LEFT JOIN waived AS w ON w.database_id = s.database_id AND w.criterion = c.criterion
LEFT JOIN ground AS g ON g.database_id = s.database_id AND g.criterion = c.criterion
LEFT JOIN said AS d ON d.voice = 'all' AND d.database_id = s.database_id AND d.criterion = c.criterion
LEFT JOIN said AS i ON i.voice = 'independent' AND i.database_id = s.database_id AND i.criterion = c.criterion
LEFT JOIN dated AS n ON n.database_id = s.database_id AND n.criterion = c.criterion
LEFT JOIN evidence AS e ON e.database_id = s.database_id AND e.criterion = c.criterion
