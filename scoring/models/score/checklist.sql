-- @title The checklist pillar: how many of the applicable criteria are met
-- @why a applicable, k the count reported, i and n single items believed met or unmet: floor max(k, i)/a; the ceiling
--      is the same when a count is known, else (a − n)/a; i > k or k > a − n is a conflict (DESIGN section 6), which the
--      figures do not hide and time does not mend: taking a − n for the floor would raise it when the n go stale.
WITH items AS (
  SELECT
    c.database_id,
    count(*) AS total,
    count(*) FILTER (c.state <> 'not_applicable') AS applicable,
    count(*) FILTER (c.state <> 'not_applicable' AND c.is_stated_met) AS items_met,
    count(*) FILTER (c.state <> 'not_applicable' AND c.is_stated_unmet) AS items_unmet,
    count(*) FILTER (c.state <> 'not_applicable' AND c.is_confirmed_met) AS items_confirmed,
    count(*) FILTER (c.state IN ('na_requested', 'deferred')) AS items_requested,
    -- The oldest single statement, when every applicable criterion has one: a complete breakdown.
    CASE WHEN bool_and(c.state = 'not_applicable' OR c.stated_observed_at IS NOT NULL) THEN min(c.stated_observed_at) FILTER (c.state <> 'not_applicable') END AS complete_since
  FROM score.criterion_status AS c
  GROUP BY c.database_id
), told AS (
  SELECT
    i.*,
    a.observation_id, a.numerator AS reported, a.grade, a.said_by, a.source_id, a.is_conflict AS count_conflict, a.is_silent,
    coalesce(a.is_live, false) AS is_live,
    coalesce(a.is_live AND (a.grade >= p.believe_from OR a.is_admission) AND NOT coalesce(i.complete_since > a.rests_since, false), false) AS is_counted,
    coalesce(a.is_live AND a.grade < p.believe_from AND NOT a.is_admission, false) AS is_claimed,
    least(a.numerator, i.applicable) AS k,
    -- The least count that a conflict between counts leaves, and what independent speakers counted.
    half_even(a.lo::HUGEINT * a.denominator, one()::HUGEINT) AS k_low,
    half_even(a.hi::HUGEINT * a.denominator, one()::HUGEINT) AS k_high,
    half_even(a.independent_lo::HUGEINT * a.denominator, one()::HUGEINT) AS k_independent
  FROM items AS i
  CROSS JOIN (SELECT believe_from FROM raw.pillar WHERE pillar = 'checklist') AS p
  LEFT JOIN fact.answer AS a ON a.database_id = i.database_id AND a.attribute = 'checklist.met'
), bounded AS (
  SELECT
    t.*,
    t.is_counted AND (t.count_conflict OR t.items_met > t.k OR t.k > t.applicable - t.items_unmet) AS is_conflict,
    CASE WHEN t.is_counted THEN least(t.applicable, t.k_low) END AS lo_count,
    CASE WHEN t.is_counted OR t.is_claimed THEN least(t.applicable, t.k_high) END AS hi_count
  FROM told AS t
)
SELECT
  b.database_id::VARCHAR AS database_id,
  b.observation_id::VARCHAR AS observation_id,
  b.total::INTEGER AS total,
  b.applicable::INTEGER AS applicable,
  (CASE WHEN b.observation_id IS NOT NULL THEN b.reported END)::INTEGER AS reported,
  b.items_met::INTEGER AS items_met,
  b.items_unmet::INTEGER AS items_unmet,
  b.items_requested::INTEGER AS items_requested,
  b.is_conflict::BOOLEAN AS is_conflict,
  b.is_live::BOOLEAN AS is_live,
  (b.is_counted OR b.items_met + b.items_unmet > 0)::BOOLEAN AS is_known,
  -- Criteria met: at least, at most, confirmed, and how many of the applicable are known one way or the other.
  (CASE
    WHEN b.is_counted THEN greatest(b.lo_count, b.items_met)
    ELSE b.items_met
  END)::INTEGER AS floor_count,
  (CASE
    WHEN b.is_counted THEN greatest(b.hi_count, b.items_met)
    WHEN b.is_claimed THEN least(greatest(b.hi_count, b.items_met), b.applicable - b.items_unmet)
    ELSE b.applicable - b.items_unmet
  END)::INTEGER AS ceiling_count,
  greatest(least(coalesce(b.k_independent, 0), b.applicable), b.items_confirmed)::INTEGER AS independent_count,
  b.is_counted::BOOLEAN AS is_counted,
  (b.is_counted AND coalesce(b.is_silent, false))::BOOLEAN AS is_silent,
  b.grade::VARCHAR AS grade,
  b.said_by::VARCHAR AS said_by
FROM bounded AS b
