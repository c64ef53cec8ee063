-- @title Facts known as of the day, each with the interval it is worth and whether it is still live
-- @why One place turns states, ratios and counts into intervals [lo, hi] in parts of one(); everything after compares intervals.
WITH typed AS (
  SELECT
    g.*,
    a.type AS attribute_type,
    a.scale,
    coalesce(c.unit_class, CASE WHEN g.unit IS NOT NULL THEN 'other' END) AS unit_class,
    d.required_direction,
    -- A document that has come into force by the day is worth more than one that was only issued.
    CASE
      WHEN a.scale = 'legal' AND g.value_text = 'issued' AND json_extract_string(g.flags, '$.effective_from')::DATE <= $as_of::DATE THEN 'in_force'
      ELSE g.value_text
    END AS state,
    -- Where a question believes a speaker earlier than others (scoring.yaml said_by), his word stands above theirs at the
    -- same grade and below the next: a claim never takes the place of what is believed.
    CASE WHEN g.grade >= v.believe_from AND g.grade < b.believe_from THEN g.grade || '+' ELSE g.grade END AS strength,
    g.grade IN ('E3', 'E4') AS is_measured,
    -- Where a night is compared with the one before, facts of a source that failed do not age at first (pipeline/database/replay.ts).
    coalesce(y.days, 0) AS grace_days,
    CASE WHEN g.grade IN ('E3', 'E4') THEN a.age_measured ELSE a.age_said END + coalesce(y.days, 0) AS age_days,
    CASE WHEN g.grade IN ('E3', 'E4') THEN local_day(g.observed_at) ELSE local_day(g.stated_at) END AS age_from
  FROM fact.placed AS g
  JOIN raw.attribute AS a ON a.attribute = g.attribute
  LEFT JOIN raw.source_grace AS y ON y.source_id = g.source_id
  LEFT JOIN raw.unit AS c ON c.unit = g.unit
  LEFT JOIN raw.database AS d ON d.database_id = g.about_id
  LEFT JOIN raw.indicator AS b ON b.indicator = 'matched_population' AND g.attribute = 'c06.reconciliation'
  LEFT JOIN raw.indicator_speaker AS v ON v.indicator = b.indicator AND v.said_by = g.said_by
), valued AS (
  SELECT
    t.*,
    s.ageless,
    CASE
      WHEN t.scale IS NOT NULL AND s.takes_ratio AND t.value_total > 0 THEN share(t.value_number, t.value_total)
      WHEN t.scale = 'security_assessment' AND t.state = 'awaiting_result' AND json_extract_string(t.flags, '$.remediated') = 'true' THEN greatest(s.lo, w.awaiting_after_remediated)
      WHEN t.scale = 'connection' AND t.state = 'one_way' AND t.required_direction = 'one_way' THEN one()
      WHEN t.scale IS NOT NULL THEN s.lo
      WHEN t.attribute_type = 'ratio' THEN share(t.value_number, t.value_total)
      WHEN t.attribute_type = 'quantity' AND coalesce(t.value_high, t.value_number) = 0 THEN 0
    END AS scale_lo,
    CASE
      WHEN t.scale IS NOT NULL AND s.takes_ratio AND t.value_total > 0 THEN share(t.value_number, t.value_total)
      WHEN t.scale = 'connection' AND t.state = 'one_way' AND t.required_direction = 'two_way' THEN s.lo
      WHEN t.scale IS NOT NULL THEN s.hi
      WHEN t.attribute_type = 'ratio' THEN share(t.value_number, t.value_total)
      WHEN t.attribute_type = 'quantity' AND coalesce(t.value_high, t.value_number) = 0 THEN 0
    END AS scale_hi,
    -- What holds only at the centre, in some units or for one component is capped (scoring.yaml extent_caps).
    CASE
      WHEN t.extent <> 'whole' OR json_extract_string(t.flags, '$.central_only') = 'true' OR json_extract_string(t.flags, '$.component') = 'true' THEN e.cap
    END AS cap
  FROM typed AS t
  CROSS JOIN raw.setting AS w
  LEFT JOIN raw.scale_value AS s ON s.scale = t.scale AND s.state = t.state
  LEFT JOIN raw.extent_cap AS e ON e.scale = t.scale
), capped AS (
  SELECT v.*, least(v.scale_lo, coalesce(v.cap, v.scale_lo)) AS capped_lo, least(v.scale_hi, coalesce(v.cap, v.scale_hi)) AS capped_hi
  FROM valued AS v
), worth AS (
  SELECT
    c.*,
    -- Intended, requested, meant or merely supposed is worth 0; without a tense it counts in the ceiling only.
    CASE WHEN c.modality IN ('done', 'ongoing') THEN c.capped_lo WHEN c.capped_lo IS NOT NULL THEN 0 END AS lo,
    CASE
      WHEN c.modality IN ('done', 'ongoing', 'unmarked') THEN c.capped_hi
      WHEN c.modality = 'negated' THEN 0
      -- A state that is itself an intention or a request keeps the range its scale gives it.
      WHEN c.state IN ('aimed_full', 'na_requested', 'deferred', 'not_applicable') THEN c.capped_hi
      WHEN c.capped_lo IS NOT NULL THEN 0
    END AS hi
  FROM capped AS c
)
SELECT
  w.id::VARCHAR AS observation_id,
  -- The key of the fact: facts with the same key answer the same question.
  concat_ws(chr(31), w.subject_type, w.about_id, w.attribute, w.extent, coalesce(w.unit, ''), coalesce(w.role, ''), coalesce(w.stage, ''), coalesce(w.target, ''),
    -- A total that does not name its source never stands in the place of one that does.
    CASE WHEN w.attribute = 'records.expected' AND json_extract_string(w.flags, '$.source') IS NULL THEN 'unsourced' END)::VARCHAR AS fact_key,
  w.subject_type::VARCHAR AS subject_type,
  w.about_id::VARCHAR AS subject_id,
  w.given_from::VARCHAR AS given_from,
  w.attribute::VARCHAR AS attribute,
  w.extent::VARCHAR AS extent,
  w.unit::VARCHAR AS unit,
  w.unit_class::VARCHAR AS unit_class,
  w.role::VARCHAR AS role,
  w.stage::VARCHAR AS stage,
  w.target::VARCHAR AS target,
  w.state::VARCHAR AS state,
  w.modality::VARCHAR AS modality,
  w.lo::BIGINT AS lo,
  w.hi::BIGINT AS hi,
  -- The amount itself for counts, as an interval.
  (CASE WHEN w.attribute_type = 'quantity' THEN coalesce(w.value_low, w.value_number) END)::DOUBLE AS low,
  (CASE WHEN w.attribute_type = 'quantity' THEN coalesce(w.value_high, w.value_number) END)::DOUBLE AS high,
  w.value_number::DOUBLE AS value_number,
  w.value_total::DOUBLE AS value_total,
  w.value_time::TIMESTAMP AS value_time,
  w.flags::VARCHAR AS flags,
  w.shared_n::INTEGER AS shared_n,
  w.said_by::VARCHAR AS said_by,
  w.quoted::VARCHAR AS quoted,
  w.grade::VARCHAR AS grade,
  w.strength::VARCHAR AS strength,
  w.observed_at::TIMESTAMP AS observed_at,
  w.stated_at::TIMESTAMP AS stated_at,
  w.collected_at::TIMESTAMP AS collected_at,
  w.source_id::VARCHAR AS source_id,
  w.grace_days::INTEGER AS grace_days,
  (w.hi = 0)::BOOLEAN AS is_admission,
  (w.age_days IS NULL OR coalesce(w.ageless, false) OR date_diff('day', w.age_from, $as_of::DATE) <= w.age_days)::BOOLEAN AS is_live,
  -- Last day on which it is live; NULL when it does not go stale.
  (CASE WHEN w.age_days IS NOT NULL AND NOT coalesce(w.ageless, false) THEN w.age_from + w.age_days END)::DATE AS live_until
FROM worth AS w
