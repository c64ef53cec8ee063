/** Right statements of every kind over the shipped registry, to be damaged on purpose. */
export const DOCUMENT = {
  type: 'document',
  id: 'vb',
  title: 'Văn bản',
  stated_at: '2026-06-29',
  grade: 'E2',
  said_by: 'owner',
  sha256: 'a'.repeat(64),
};
export const FACT = {
  type: 'observation',
  document: 'vb',
  subject_type: 'database',
  subject_id: 'bao-hiem',
  attribute: 'c12.connection',
  value_text: 'one_way',
  evidence: { line: 2 },
};
export const RATIO = { ...FACT, attribute: 'checklist.met', value_text: undefined, value_number: 13, value_total: 19 };
export const COUNT = { ...FACT, attribute: 'records.count', value_text: undefined, value_number: 5, unit: 'hồ sơ' };
export const TASK = {
  type: 'task',
  document: 'vb',
  no: 1,
  title: 'Nhiệm vụ',
  legal_basis: '71/NQ-CP',
  lead_agencies: ['bo-y-te'],
  deadline: '2026-03-31',
  deadline_raw: '31/3/2026',
  overdue_agencies: [],
  statuses: [],
  database_ids: ['bao-hiem'],
  evidence: {},
};
export const AGENCY_COUNT = {
  type: 'agency_count',
  document: 'vb',
  agency: 'bo-y-te',
  assigned: 3,
  done: 1,
  in_progress: 2,
  overdue: 1,
  adds_up: true,
  as_of: '2026-06-29',
  evidence: {},
};
