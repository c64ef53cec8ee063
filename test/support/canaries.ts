/** A project in which every field that must not leave the house holds a word, a number or a day found nowhere else. */
import { findingId } from '../../pipeline/stages/findings.ts';
import { dataFile } from './contract-files.ts';
import { DATABASES, FACTS, fact, ndjson, Project, type Statement } from './project.ts';

/** What is searched for → in what it was planted. A number is searched for in both spellings. */
export const CANARIES: Readonly<Record<string, string>> = {
  'canary-quote': 'evidence_quote',
  'canary-url.example': 'evidence_url',
  'canary-query': 'evidence_query',
  'canary-column': 'evidence_column',
  'canary-row': 'evidence_row',
  'canary-status': 'status_text',
  'canary-difficulty': 'difficulty_text',
  'canary-promise': 'what a commitment says',
  'canary-with': 'a flag of words',
  'canary-via': 'a flag with an address',
  canary_ground: 'the ground of a criterion',
  'canary-number': 'a flag with a number of a letter',
  'canary-endpoint': 'the name of an endpoint',
  'canary-partner': 'a target that is no database',
  'canary-unit': 'a unit nobody knows',
  'canary-law': 'the target of a law',
  'canary-to': 'the target of a dispatch',
  'canary-piece': 'the target of a part',
  '10.20.30.40': 'an address',
  'canary-letter': 'words of a dispatch',
  'canary-part': 'the name of a part',
  'canary-weakness': 'the quote of an assessment',
  'canary-who': 'who decided',
  'canary-why': 'the ground of a decision',
  'canary-answer': 'the answer to an objection',
  'canary-approver': 'who approved a waiver',
  'canary-waived': 'the ground of a waiver',
  'canary-refused': 'what was refused',
  'canary-missing': 'the message of a source that failed',
  'canary-silenced': 'a fact that was rejected',
  '2025-02-13': 'since when an assessment goes on',
  '13/2/2025': 'the same on pages',
  '2027-11-17': 'until when a level is approved',
  '2025-03-19': 'since when A05 is waited for',
  '19/3/2025': 'the same on pages',
  '7654321': 'records of a restricted database',
  '1234577': 'matched records of a restricted database',
  '9876543': 'checked records of a restricted database',
  '3406719': 'good rows of a restricted database',
  '8765433': 'sent records of an unknown one',
  '48653': 'measured rows of a restricted database',
  '10.77.66.55': 'an address in the title of a task',
  'canary-title.example': 'an URL in the title of a task',
  'canary-host.noi-bo': 'the name of a host in the title of a task',
  '0912.345.678': 'the telephone of a person in the title of a task',
  'canary.person@': 'the address of a person in the deadline of a task',
  'canary-document.example': 'an URL in the title of a document',
};

/** Words of the records and of where they lie: in no edition at all. */
export const NOWHERE = ['canary-value', 'canary-place', 'canary-note'] as const;

/** Decimal points as Việt Nam writes them. */
export function spellings(canary: string): string[] {
  return /^\d+$/.test(canary) ? [canary, canary.replace(/\B(?=(\d{3})+$)/g, '.')] : [canary];
}

const OPEN = 'ho-so-hai';
const RESTRICTED = 'ho-so-mot';
const UNKNOWN = 'ho-so-ba';
const SILENCED = fact(OPEN, 'update.mode', { state: 'manual', evidence: { line: 90, quote: 'canary-silenced' } });

const PLANTED: readonly Statement[] = [
  fact(OPEN, 'software.state', {
    state: 'trial',
    evidence: {
      line: 51,
      row: 'canary-row',
      column: 'canary-column',
      quote: 'canary-quote',
      url: 'https://canary-url.example/agent',
      query: 'SELECT canary-query',
    },
  }),
  fact(OPEN, 'records.count', { value_number: 515_253, unit: 'canary-unit', stage: 'nhap_csdl' }),
  fact(OPEN, 'commitment', { value_text: 'canary-promise', flags: { due: '2026-03-31', with: 'canary-with' } }),
  fact(OPEN, 'c06.connection', { state: 'planned', flags: { via: 'canary-via 10.20.30.40' } }),
  fact(OPEN, 'criterion.tc04', { state: 'na_requested', flags: { ground: 'canary_ground' } }),
  fact(OPEN, 'legal.basis', { state: 'issued', target: 'canary-law', flags: { number: 'canary-number' } }),
  fact(OPEN, 'probe.available', { target: 'canary-endpoint', value_number: 0, value_total: 3 }),
  fact(OPEN, 'other_db.connection', { state: 'partial', target: 'canary-partner' }),
  fact(OPEN, 'dispatch.sent', { value_text: 'canary-letter', target: 'canary-to' }),
  fact(OPEN, 'database.part', { value_text: 'canary-part', target: 'canary-piece' }),
  fact(OPEN, 'security.assessment', {
    state: 'failed',
    said_by: 'assessor',
    flags: { since: '2025-02-13', holder: 'a05' },
    evidence: { line: 60, quote: 'canary-weakness' },
  }),
  fact(UNKNOWN, 'security.assessment', { state: 'awaiting_result', flags: { since: '2025-02-13', holder: 'a05' } }),
  fact('he-thong-phan-mot', 'security.level_approval', { state: 'approved', flags: { expires: '2027-11-17' } }),
  fact('im-lang', 'security.assessment', { state: 'in_progress' }),
  fact(UNKNOWN, 'blocked_by', {
    value_text: 'technical',
    target: 'ha-tang',
    flags: { holder: 'a05', since: '2025-03-19' },
  }),
  fact(UNKNOWN, 'c12.connection', { state: 'none', flags: { holder: 'a05', since: '2025-03-19' } }),
  fact(RESTRICTED, 'records.count', { value_number: 7_654_321, unit: 'hồ sơ', stage: 'nhap_csdl' }),
  fact(RESTRICTED, 'c06.reconciliation', { value_number: 1_234_577, value_total: 9_876_543, said_by: 'receiver' }),
  fact(RESTRICTED, 'quality.matched', { value_number: 3_406_719, value_total: 9_876_543, grade: 'E3' }),
  fact(UNKNOWN, 'c12.sync.window', {
    value_number: 8_765_433,
    value_total: 8_765_433,
    grade: 'E4',
    said_by: 'receiver',
    flags: { days: 30, batches: 30, succeeded: 30, backlog: 8_765_433 },
  }),
  fact(OPEN, 'no.such', { state: 'canary-refused' }),
  SILENCED,
  {
    type: 'task',
    no: 2,
    title:
      'Hoàn thành cơ sở dữ liệu hồ sơ một (máy chủ 10.77.66.55:8443, https://canary-title.example/api/v1, canary-host.noi-bo.local; đầu mối 0912.345.678), bước 1.2.3',
    legal_basis: 'Nghị quyết số 71/NQ-CP',
    lead_agencies: ['bo-noi-vu'],
    deadline: null,
    deadline_raw: 'Quý I/2026 (canary.person@mail.example)',
    overdue_agencies: ['bo-noi-vu'],
    statuses: [{ agency: 'bo-noi-vu', status: 'canary-status', difficulty: 'canary-difficulty' }],
    database_ids: [RESTRICTED],
  },
];

const SOURCES = `as_of: 2026-06-29
sources:
  - {id: nguon-mot, connector: baseline, required: true, store_text: true, options: {path: nguon-mot.ndjson}}
  - {id: nguon-hai, connector: baseline, options: {path: canary-missing.ndjson}}
`;
/** Measured where the records lie: only counts may come back, and those of a restricted database stay inside. */
const MEASURE = 'measure:\n  - {contract: do.yaml, data: canary-place.parquet, as_of: 2026-06-29}\n';
const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: ${RESTRICTED}
version: 1.0.0
status: active
description: {purpose: canary-note}
schema:
  - name: ho_so
    properties:
      - {name: so, logicalType: string, required: true, quality: [{id: hinh-thuc, type: custom, engine: csdl, implementation: personal-id}]}
`;
const RECORDS =
  "SELECT CASE WHEN i % 2 = 0 THEN 'canary-value' ELSE lpad(i::VARCHAR, 12, '0') END AS so FROM range(0, 48653) AS r(i)";
const WAIVERS = `waivers:
  - {database: ${OPEN}, criterion: tc06, approved_by: canary-approver, document: "12/BCA", ground: canary-waived, from: 2026-01-01, until: 2027-06-30}
`;

/** Decisions name what a night without them has found: the id of the silenced fact. */
const decisions = (silenced: string): string => `decisions:
  - {id: qd-1, kind: reject, observation: "${silenced}", who: canary-who, when: 2026-06-29, ground: canary-why}
  - id: qd-2
    kind: contest
    finding: "${findingId('no_breakdown', RESTRICTED, 'bo-noi-vu', 'checklist')}"
    who: canary-who
    when: 2026-06-29
    ground: canary-why
    answer: {who: canary-who, when: 2026-06-29, text: canary-answer}
`;

/** The registry of the project; one database is open, one restricted, of the others nobody said. */
function classified(): string {
  const give = (text: string, id: string, word: string): string =>
    text.replace(new RegExp(`^(${id},.*),unknown,(?=[a-z_]+,)`, 'm'), `$1,${word},`);
  return give(give(DATABASES, OPEN, 'open'), RESTRICTED, 'restricted');
}

/** The project with its classes, its planted words, and both editions asked for. */
export function canaryProject(): Project {
  return new Project({
    'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n",
    'sources.yaml': SOURCES + MEASURE,
    'contracts/do.yaml': CONTRACT,
    'waivers.yaml': WAIVERS,
    'databases.csv': classified(),
    'nguon-mot.ndjson': ndjson([...FACTS, ...PLANTED], { title: 'Văn bản số 1 (https://canary-document.example/vb)' }),
  });
}

/** Puts the records beside the settings. */
export function withRecords(project: Project): Promise<unknown> {
  return dataFile(project.config, 'canary-place.parquet', RECORDS);
}

/** The second night: with decisions about what the first one stored. */
export async function withDecisions(project: Project): Promise<void> {
  const [row] = await project.query("SELECT id FROM observation WHERE evidence_quote = 'canary-silenced'");
  project.write({ 'decisions.yaml': decisions(String(row?.id)) });
}
