-- @title The owner reports each database by itself
-- @why One cell for several databases proves little for each.
SELECT
  k.subject_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  min(k.observation_id)::VARCHAR AS observation_id,
  json_object('db', json_object('database', k.subject_id), 'owner', json_object('agency', s.agency_id),
    'row', CASE
      WHEN min(try_cast(coalesce(o.evidence_inherited_from, o.evidence_row) AS INTEGER)) IS NOT NULL THEN json_object('rows', json_array(min(o.evidence_document),
        min(try_cast(coalesce(o.evidence_inherited_from, o.evidence_row) AS INTEGER)),
        min(try_cast(coalesce(o.evidence_inherited_from, o.evidence_row) AS INTEGER)) + max(k.shared_n) - 1))
      ELSE json_object('text', min(o.evidence_row))
    END)::VARCHAR AS params
FROM fact.known AS k
JOIN raw.observation AS o ON o.id = k.observation_id
JOIN fact.subject AS s ON s.database_id = k.subject_id
WHERE k.subject_type = 'database' AND k.shared_n > 1 AND k.is_live
GROUP BY k.subject_id, s.agency_id
