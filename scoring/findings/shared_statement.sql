-- @title One statement given for several databases
SELECT
  'shared_statement'::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  min(s.agency_id)::VARCHAR AS agency_id,
  concat_ws('/', k.source_id, o.evidence_document, coalesce(o.evidence_inherited_from, o.evidence_row))::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  string_agg(DISTINCT k.observation_id, ';' ORDER BY k.observation_id)::VARCHAR AS observation_ids,
  json_object('n', json_object('count', max(k.shared_n)), 'owner', json_object('agency', min(s.agency_id)),
    -- Not every source counts its rows in numbers (a cell of a workbook, no row at all).
    'row', CASE
      WHEN min(try_cast(o.evidence_row AS INTEGER)) IS NOT NULL THEN json_object('rows', json_array(o.evidence_document, min(try_cast(o.evidence_row AS INTEGER)), max(try_cast(o.evidence_row AS INTEGER))))
      ELSE json_object('text', min(o.evidence_row))
    END)::VARCHAR AS params
FROM fact.known AS k
JOIN raw.observation AS o ON o.id = k.observation_id
JOIN fact.subject AS s ON s.database_id = k.subject_id
WHERE k.subject_type = 'database' AND k.shared_n > 1 AND k.is_live
GROUP BY k.source_id, o.evidence_document, coalesce(o.evidence_inherited_from, o.evidence_row)
