/** What people decide (decisions.yaml, waivers.yaml): each takes effect on its day, is shown, and ends when it ends. */
import { beforeAll, describe, expect, test } from 'vitest';
import { clockFrom, FACTS, fact, ndjson, Project } from '../support/project.ts';

type Rows = Record<string, unknown>[];

/** The questions the tests ask of every night. */
const QUESTIONS = {
  level: "SELECT level_reported FROM readiness WHERE database_id = 'ho-so-mot'",
  applicable: "SELECT criteria_applicable AS n FROM readiness WHERE database_id = 'ho-so-mot'",
  connection: "SELECT id, rejected_by FROM observation WHERE subject_id = 'ho-so-mot' AND attribute = 'c12.connection'",
  speaks:
    "SELECT count(*) AS n FROM observation_current WHERE subject_id = 'ho-so-mot' AND attribute = 'c12.connection'",
  believed:
    "SELECT is_believed FROM indicator_result WHERE database_id = 'im-lang' AND indicator = 'software_operating'",
  weak: "SELECT id FROM observation WHERE subject_id = 'im-lang' AND attribute = 'software.state'",
  finding:
    "SELECT finding_id, state, decision_id FROM finding WHERE kind = 'deadline_passed' AND database_id = 'ho-so-ba'",
  entered: "SELECT source_id, evidence_title, evidence_query, grade FROM observation WHERE source_id = 'decisions'",
  refused: "SELECT code FROM rejection WHERE source_id = 'decisions'",
  decisions: 'SELECT count(*) AS n FROM decision',
} as const;
type Answers = Record<keyof typeof QUESTIONS, Rows>;

const project = new Project({
  'nguon-mot.ndjson': ndjson([...FACTS, fact('im-lang', 'software.state', { state: 'operating', grade: 'E1' })]),
});
let [undecided, decided, lapsed, over]: Answers[] = [];

async function night(asOf: string): Promise<Answers> {
  await project.run({ asOf, now: clockFrom(`${asOf}T16:00:00Z`) });
  const answers = await Promise.all(
    Object.entries(QUESTIONS).map(async ([key, sql]) => [key, await project.query(sql)]),
  );
  return Object.fromEntries(answers) as Answers;
}

beforeAll(async () => {
  undecided = await night('2026-06-29');
  const id = (rows: Rows): string => String(rows[0]?.id);
  const reject = `  - {id: qd-001, kind: reject, observation: ${id(undecided.connection)}, who: "Nguyễn Văn A", when: 2026-06-30, ground: "Nhầm dòng"}\n`;
  const others = `  - {id: qd-002, kind: confirm, observation: ${id(undecided.weak)}, who: A, when: 2026-06-30, ground: "Đã đối chiếu"}
  - {id: qd-003, kind: acknowledge, finding: "${String(undecided.finding[0]?.finding_id)}", who: A, when: 2026-06-30, until: 2026-06-30, ground: G}
  - {id: qd-004, kind: reject, observation: ${id(undecided.weak)}, who: A, when: 2026-07-15, ground: "chưa đến ngày"}
  - id: qd-005
    kind: enter
    who: Nguyễn Văn A
    when: 2026-06-30
    ground: Công văn số 5
    fact: {title: Công văn số 5, grade: E2, said_by: owner, subject_type: database, subject_id: im-lang, attribute: c06.connection, value_text: one_way}
  - id: qd-006
    kind: enter
    who: Nguyễn Văn A
    when: 2026-06-30
    ground: Nhầm
    fact: {subject_type: database, subject_id: im-lang, attribute: c12.conection, value_text: one_way}
`;
  project.write({
    'decisions.yaml': `decisions:\n${reject}${others}`,
    'waivers.yaml':
      'waivers:\n  - {database: ho-so-mot, criterion: tc04, approved_by: Bộ Công an, document: 1/BCA, ground: G, from: 2026-06-30, until: 2026-07-01}\n',
  });
  decided = await night('2026-06-30');
  project.write({ 'decisions.yaml': `decisions:\n${others}` });
  lapsed = await night('2026-07-01');
  over = await night('2026-07-02');
});

describe('decisions', () => {
  test('a rejected fact stops speaking and stays visible with the decision that silenced it', () => {
    expect(undecided?.level).toEqual([{ level_reported: 3 }]);
    expect(decided?.level).toEqual([{ level_reported: 2 }]);
    expect(decided?.connection).toEqual([{ id: undecided?.connection[0]?.id, rejected_by: 'qd-001' }]);
    expect([undecided?.speaks, decided?.speaks]).toEqual([[{ n: '1' }], [{ n: '0' }]]);
    expect(decided?.decisions).toEqual([{ n: '6' }]);
  });

  test('taken back, it speaks again', () => {
    expect(lapsed?.level).toEqual([{ level_reported: 3 }]);
    expect(lapsed?.connection[0]?.rejected_by).toBeNull();
  });

  test('confirming a fact of grade E1 makes it believed; a rejection of a later day is not yet in force', () => {
    expect(undecided?.believed).toEqual([{ is_believed: false }]);
    expect(decided?.believed).toEqual([{ is_believed: true }]);
    expect(over?.weak).toHaveLength(1);
  });

  test('an acknowledged finding keeps its id, says who saw it, and opens again when the time is up', () => {
    const id = undecided?.finding[0]?.finding_id;
    expect(undecided?.finding).toEqual([{ finding_id: id, state: 'new', decision_id: null }]);
    expect(decided?.finding).toEqual([{ finding_id: id, state: 'acknowledged', decision_id: 'qd-003' }]);
    expect(lapsed?.finding).toEqual([{ finding_id: id, state: 'seen', decision_id: null }]);
  });

  test('a fact entered by hand is a fact with its evidence, kept once; one that cannot be read is a rejection', () => {
    expect(undecided?.entered).toEqual([]);
    for (const answers of [decided, over]) {
      expect(answers?.entered).toEqual([
        {
          source_id: 'decisions',
          evidence_title: 'Công văn số 5',
          evidence_query: 'decisions.yaml qd-005',
          grade: 'E2',
        },
      ]);
      expect(answers?.refused).toEqual([{ code: 'unknown_attribute' }]);
    }
  });
});

test('an approved waiver takes its criterion out from its first day to its last', () => {
  expect([undecided, decided, lapsed, over].map((a) => a?.applicable)).toEqual([
    [{ n: 19 }],
    [{ n: 18 }],
    [{ n: 18 }],
    [{ n: 19 }],
  ]);
});
