/** Documents in a night's run: the inbox, its register, facts that wait for a person, and facts entered by hand. */
import { beforeAll, describe, expect, test } from 'vitest';
import { taskList } from '../support/documents.ts';
import { clockFrom, Project } from '../support/project.ts';

type Rows = Record<string, unknown>[];

const SOURCE = (least: number): string => `as_of: 2026-06-29
sources:
  - id: hop-thu
    connector: inbox
    required: true
    trust: {grade: E2, said_by: [owner]}
    options: {path: inbox, min_confidence: ${least}}
`;
const JUNE = taskList({ number: '12/BC-BNV', title: 'BÁO CÁO NHIỆM VỤ QUÁ HẠN THÁNG 6' });
const MAY = taskList({ number: '10/BC-BNV', title: 'BÁO CÁO NHIỆM VỤ QUÁ HẠN THÁNG 5', day: '15/5/2026' });

const project = new Project({
  // Every fact is less sure than this: each waits for a person.
  'sources.yaml': SOURCE(1),
  'inbox/june.txt': JUNE,
  'inbox/june (1).txt': JUNE,
  'inbox/may.txt': MAY,
  'inbox/empty.docx': '',
});
const FACTS = `SELECT id, subject_id, attribute, grade, confidence FROM observation
  WHERE source_id = 'hop-thu' AND stated_at >= DATE '2026-06-01' AND subject_type = 'database' ORDER BY attribute, subject_id`;
let [unsure, confirmed, documents, refused, entered, believed, doubted]: Rows[] = [];

const night = (now: string) => project.run({ asOf: '2026-06-29', now: clockFrom(now) });
const connection = (): Promise<Rows> =>
  project.query(
    "SELECT is_believed FROM indicator_result WHERE database_id = 'ho-so-mot' AND indicator = 'c12_connection'",
  );

beforeAll(async () => {
  await night('2026-06-29T16:00:00Z');
  unsure = await project.query(FACTS);
  doubted = await connection();
  documents = await project.query('SELECT * FROM document ORDER BY stated_on');
  refused = await project.query("SELECT code, place, message FROM rejection WHERE source_id = 'hop-thu'");
  const one = unsure.find((row) => row.attribute === 'c12.connection' && row.subject_id === 'ho-so-mot');
  project.write({
    'decisions.yaml': `decisions:
  - {id: confirm-mot, kind: confirm, observation: "${String(one?.id)}", who: A, when: 2026-06-29, ground: "Đã đối chiếu"}
  - id: nhap-hai
    kind: enter
    who: A
    when: 2026-06-29
    ground: "Không đọc được hàng 2"
    fact: {document: "${String(documents[1]?.document)}", title: "Báo cáo số 12", number: 12/BC-BNV, date: 2026-06-15, stated_at: 2026-06-15, grade: E2, said_by: owner, subject_type: database, subject_id: ho-so-hai, attribute: c12.connection, value_text: one_way, evidence: {table: "1", row: 2, line: 8, quote: "đã kết nối"}}
`,
  });
  await night('2026-06-29T17:00:00Z');
  confirmed = await project.query(FACTS);
  believed = await connection();
  entered = await project.query("SELECT * FROM observation WHERE source_id = 'decisions'");
}, 60_000);

describe('facts of which the reader is not sure', () => {
  test('are stored as claims, with how sure it was', () => {
    expect(unsure?.length).toBeGreaterThan(2);
    for (const row of unsure ?? []) expect(row).toMatchObject({ grade: 'E1', confidence: expect.any(Number) });
    expect(doubted).toEqual([{ is_believed: false }]);
  });

  test('get the grade of their document by a decision that names them; the others wait', () => {
    const grades = (confirmed ?? []).map((row) => [row.subject_id, row.attribute, row.grade]);
    expect(grades).toContainEqual(['ho-so-mot', 'c12.connection', 'E2']);
    expect(grades.filter(([, , grade]) => grade === 'E2')).toHaveLength(1);
    expect(believed).toEqual([{ is_believed: true }]);
    expect((confirmed ?? []).map((row) => row.id).sort()).toEqual((unsure ?? []).map((row) => row.id).sort());
  });
});

describe('the register', () => {
  test('has each document once, with when it came, what was read and the edition that took its place', () => {
    expect(documents).toMatchObject([
      { number: '10/BC-BNV', file: 'may.txt', superseded_by: documents?.[1]?.document, tasks: 2 },
      { number: '12/BC-BNV', file: expect.stringMatching(/june.*\(= june/), superseded_by: null, tasks: 2 },
    ]);
    for (const row of documents ?? []) {
      expect(row.received_at).toMatch(/^\d{4}-\d{2}-\d{2}T/);
      expect(Number(row.observations)).toBeGreaterThan(2);
      expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('a file that cannot be read is a rejection with what to do', () => {
    expect(refused).toEqual([
      { code: 'document/empty', place: 'empty.docx', message: expect.stringContaining('send the file again') },
    ]);
  });
});

test('a fact entered by hand carries its place in the document it belongs to', () => {
  expect(entered).toMatchObject([
    {
      subject_id: 'ho-so-hai',
      grade: 'E2',
      evidence_document: documents?.[1]?.document,
      evidence_title: 'Báo cáo số 12',
      evidence_number: '12/BC-BNV',
      evidence_table: '1',
      evidence_row: '2',
      evidence_line: 8,
      evidence_quote: 'đã kết nối',
      evidence_query: 'decisions.yaml nhap-hai',
    },
  ]);
});
