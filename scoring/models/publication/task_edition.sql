-- @title Tasks of every list of every document, edition by edition
SELECT
  t.task_id::VARCHAR AS task_id,
  t.source_id::VARCHAR AS source_id,
  t.document::VARCHAR AS document,
  t.document_title::VARCHAR AS document_title,
  t.stated_on::DATE AS stated_on,
  t.list::VARCHAR AS list,
  e.place::INTEGER AS place,
  t.no::INTEGER AS no,
  t.title::VARCHAR AS title,
  t.source_program::VARCHAR AS source_program,
  t.group_no::VARCHAR AS group_no,
  t.legal_basis::VARCHAR AS legal_basis,
  t.lead_agencies::VARCHAR AS lead_agencies,
  t.lead_raw::VARCHAR AS lead_raw,
  t.deadline::DATE AS deadline,
  t.deadline_raw::VARCHAR AS deadline_raw,
  t.overdue_days::INTEGER AS overdue_days,
  t.assigned_agencies_n::INTEGER AS assigned_agencies_n,
  t.overdue_agencies_n::INTEGER AS overdue_agencies_n,
  t.overdue_agencies::VARCHAR AS overdue_agencies,
  t.overdue_raw::VARCHAR AS overdue_raw,
  t.database_ids::VARCHAR AS database_ids,
  t.evidence_table::VARCHAR AS evidence_table,
  t.evidence_row::VARCHAR AS evidence_row,
  t.evidence_line::INTEGER AS evidence_line,
  t.evidence_inherited_from::VARCHAR AS evidence_inherited_from
FROM fact.listed_task AS t
JOIN publication.list_edition AS e ON e.source_id = t.source_id AND e.document = t.document AND e.stated_on = t.stated_on AND e.list = t.list
ORDER BY t.stated_on DESC, t.document, TRY_CAST(t.evidence_table AS INTEGER), t.no, t.task_id
