-- @title Which fact speaks for each key, among all speakers and among the independent ones alone
-- @why DESIGN section 5, rules 1–3, 5 and 6. Belief (rule 4) depends on the question and is applied in indicator_result.
-- Who speaks is chosen among what the choice needs; the words of the winner are fetched at the end: facts are wide.
WITH ended AS (
  SELECT k.rowid AS place, k.fact_key, k.observation_id, k.said_by, k.grade, k.strength, k.observed_at, k.collected_at, k.is_live, k.is_admission,
    k.lo, k.hi, k.low, k.high, coalesce(k.low, k.lo) AS low_end, coalesce(k.high, k.hi) AS high_end,
    -- The day of the last success, where the fact is about one.
    CASE k.attribute WHEN 'update.last' THEN local_day(k.value_time) WHEN 'c12.sync.window' THEN json_extract_string(k.flags, '$.last_success')::DATE END + k.grace_days AS last_day
  FROM fact.known AS k
), believed AS (
  SELECT min(i.believe_from) AS believe_from
  FROM raw.indicator AS i
), contested AS (
  SELECT e.fact_key
  FROM ended AS e
  GROUP BY e.fact_key
  HAVING count(*) > 1
), voiced AS (
  SELECT e.*, 'all' AS voice
  FROM ended AS e
  UNION ALL
  SELECT e.*, 'independent' AS voice
  FROM ended AS e
  WHERE e.said_by IN ('receiver', 'assessor', 'system')
), lone AS (
  -- Nothing else is known of most keys: what alone was said speaks, and nothing below asks about it.
  SELECT v.*, v.is_live AS any_live, v.grade >= b.believe_from OR coalesce(v.is_admission, false) AS is_founded,
    CASE WHEN is_founded THEN v.high END AS founded_high, v.high AS known_high, v.grade AS known_grade
  FROM voiced AS v
  ANTI JOIN contested AS c ON c.fact_key = v.fact_key
  CROSS JOIN believed AS b
), measured AS (
  -- The newest expired measurement of each key, by how strong it was.
  SELECT
    v.*,
    max(v.observed_at) FILTER (NOT v.is_live AND v.grade = 'E4') OVER of_key AS expired_e4,
    max(v.observed_at) FILTER (NOT v.is_live AND v.grade >= 'E3') OVER of_key AS expired_e3
  FROM voiced AS v
  SEMI JOIN contested AS c ON c.fact_key = v.fact_key
  WINDOW of_key AS (PARTITION BY v.voice, v.fact_key)
), pooled AS (
  SELECT
    v.*,
    bool_or(v.is_live AND NOT v.is_overtaken) OVER of_key AS any_live,
    max(v.observed_at) FILTER (v.is_live AND NOT coalesce(v.is_admission, false)) OVER of_key AS newest_live_assertion,
    -- Whether anything but claims was ever known of the key, live or stale, and the largest amount so known.
    bool_or(v.grade >= b.believe_from OR coalesce(v.is_admission, false)) OVER of_key AS is_founded,
    max(v.high) FILTER (v.grade >= b.believe_from OR coalesce(v.is_admission, false)) OVER of_key AS founded_high,
    max(v.high) OVER of_key AS known_high,
    max(v.grade) OVER of_key AS known_grade
  FROM (
    -- A measurement that expired does not hand the word back to what was said no later than it was made.
    SELECT m.*, ((m.grade < 'E4' AND m.observed_at <= m.expired_e4) OR (m.grade < 'E3' AND m.observed_at <= m.expired_e3)) IS TRUE AS is_overtaken
    FROM measured AS m
  ) AS v
  CROSS JOIN believed AS b
  WINDOW of_key AS (PARTITION BY v.voice, v.fact_key)
), ranked AS (
  -- Live facts compete; where none is live the stale ones do, so that a level can still say what was last known.
  SELECT
    p.*,
    row_number() OVER (PARTITION BY p.voice, p.fact_key ORDER BY p.observed_at DESC, p.collected_at DESC, p.grade DESC, p.high_end DESC NULLS LAST, p.low_end DESC NULLS LAST, p.observation_id) AS by_time,
    row_number() OVER (PARTITION BY p.voice, p.fact_key ORDER BY p.strength DESC, p.observed_at DESC, p.collected_at DESC, p.high_end DESC NULLS LAST, p.low_end DESC NULLS LAST, p.observation_id) AS by_grade
  FROM pooled AS p
  WHERE (p.is_live AND NOT p.is_overtaken) OR NOT (p.any_live OR p.is_overtaken)
), winner AS (
  -- Rule 1: the newest fact holds when it is an admission; rule 2: else the highest grade.
  SELECT r.*
  FROM ranked AS r
  QUALIFY row_number() OVER (PARTITION BY r.voice, r.fact_key ORDER BY (r.by_time = 1 AND coalesce(r.is_admission, false)) DESC, r.by_grade) = 1
), tied AS (
  -- Rule 3: same grade, same time, values that cannot both hold.
  SELECT w.voice, w.fact_key, min(r.lo) AS lo, max(r.hi) AS hi, min(r.low) AS low, max(r.high) AS high
  FROM winner AS w
  JOIN ranked AS r ON r.voice = w.voice AND r.fact_key = w.fact_key AND r.strength = w.strength AND r.observed_at = w.observed_at
  GROUP BY w.voice, w.fact_key
  HAVING max(r.low_end) > min(r.high_end)
), silent AS (
  -- Rule 5: a worse value that would overrule the speaker were it still live keeps the lower end down
  -- (a measurement that fell silent, an admission nobody has since taken back). Time alone never raises a floor.
  SELECT w.voice, w.fact_key, min(p.lo) AS lo, min(p.low) AS low, max(p.high) AS high, min(p.observed_at) AS since, min(p.last_day) AS last_day
  FROM winner AS w
  JOIN pooled AS p ON p.voice = w.voice AND p.fact_key = w.fact_key AND p.observation_id <> w.observation_id
  WHERE NOT p.is_live AND w.any_live AND (coalesce(p.low_end, p.high_end) IS NOT NULL OR p.last_day IS NOT NULL)
    AND (p.strength > w.strength
      OR (p.strength = w.strength AND p.observed_at >= w.observed_at)
      OR (p.is_admission AND p.observed_at >= w.observed_at AND p.observed_at >= coalesce(p.newest_live_assertion, p.observed_at)))
  GROUP BY w.voice, w.fact_key
)
SELECT
  w.voice::VARCHAR AS voice,
  w.fact_key::VARCHAR AS fact_key,
  w.observation_id::VARCHAR AS observation_id,
  k.subject_type::VARCHAR AS subject_type,
  k.subject_id::VARCHAR AS subject_id,
  k.given_from::VARCHAR AS given_from,
  k.attribute::VARCHAR AS attribute,
  k.extent::VARCHAR AS extent,
  k.unit::VARCHAR AS unit,
  k.unit_class::VARCHAR AS unit_class,
  k.role::VARCHAR AS role,
  k.stage::VARCHAR AS stage,
  k.target::VARCHAR AS target,
  k.state::VARCHAR AS state,
  k.modality::VARCHAR AS modality,
  -- least() and greatest() pass over NULL: what the winner leaves undefined stays undefined.
  (CASE WHEN w.lo IS NOT NULL THEN least(w.lo, t.lo, s.lo) END)::BIGINT AS lo,
  (CASE WHEN w.hi IS NOT NULL THEN greatest(w.hi, t.hi) END)::BIGINT AS hi,
  (CASE WHEN w.low IS NOT NULL THEN least(w.low, t.low, CASE WHEN k.attribute <> 'records.expected' THEN s.low END) END)::DOUBLE AS low,
  -- For a total, more is worse.
  (CASE WHEN w.high IS NOT NULL THEN greatest(w.high, t.high, CASE WHEN k.attribute = 'records.expected' THEN s.high END) END)::DOUBLE AS high,
  coalesce(w.founded_high, w.known_high)::DOUBLE AS largest,
  k.value_number::DOUBLE AS value_number,
  k.value_total::DOUBLE AS value_total,
  k.value_time::TIMESTAMP AS value_time,
  w.last_day::DATE AS last_day,
  least(w.last_day, s.last_day)::DATE AS worst_day,
  k.flags::VARCHAR AS flags,
  k.shared_n::INTEGER AS shared_n,
  w.said_by::VARCHAR AS said_by,
  k.quoted::VARCHAR AS quoted,
  w.grade::VARCHAR AS grade,
  w.known_grade::VARCHAR AS known_grade,
  w.observed_at::TIMESTAMP AS observed_at,
  k.stated_at::TIMESTAMP AS stated_at,
  k.source_id::VARCHAR AS source_id,
  least(w.observed_at, s.since)::TIMESTAMP AS rests_since,
  -- Against a word as strong and as old an admission is one side of a conflict, and no longer believed for its own sake.
  (coalesce(w.is_admission, false) AND t.fact_key IS NULL)::BOOLEAN AS is_admission,
  coalesce(w.is_founded, false)::BOOLEAN AS is_founded,
  w.any_live::BOOLEAN AS is_live,
  k.live_until::DATE AS live_until,
  (t.fact_key IS NOT NULL)::BOOLEAN AS is_conflict,
  (CASE
    WHEN k.attribute = 'records.expected' THEN s.high > greatest(w.high, t.high)
    ELSE coalesce(s.low < least(w.low, t.low), s.lo < least(w.lo, t.lo))
  END)::BOOLEAN IS TRUE AS is_silent
FROM (FROM winner UNION ALL BY NAME FROM lone) AS w
JOIN fact.known AS k ON k.rowid = w.place
LEFT JOIN tied AS t ON t.voice = w.voice AND t.fact_key = w.fact_key
LEFT JOIN silent AS s ON s.voice = w.voice AND s.fact_key = w.fact_key
