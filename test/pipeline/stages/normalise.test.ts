import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { stableJson } from '../../../config/stable-json.ts';
import { type Normalised, Normaliser } from '../../../pipeline/stages/normalise.ts';
import { shipped } from '../../support/night.ts';
import { AGENCY_COUNT, COUNT, DOCUMENT, FACT, RATIO, TASK } from '../../support/statements.ts';

interface Where {
  runId?: string;
  sourceId?: string;
  collectedAt?: string;
}

function normalise(statements: readonly unknown[], where: Where = {}): Normalised {
  const normaliser = new Normaliser({
    config: shipped,
    runId: where.runId ?? 'run',
    sourceId: where.sourceId ?? 'nguon',
    collectedAt: new Date(where.collectedAt ?? '2026-06-29T16:00:00Z'),
  });
  statements.forEach((statement, i) => {
    normaliser.add({ kind: 'statement', statement: plain(statement), at: `line ${i + 1}` });
  });
  return normaliser.result;
}

/** As it would come out of a file: no undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function accepted(statement: object, where: Where = {}) {
  const { observations, rejections } = normalise([DOCUMENT, statement], where);
  expect(rejections).toEqual([]);
  const [observation] = observations;
  if (observation === undefined) throw new Error('no observation');
  return observation;
}

test('the id of a fact is the hash of what it is, its names in order, whatever the night and the place in the source', () => {
  const quoted = {
    ...RATIO,
    evidence: { ...RATIO.evidence, quote: 'đạt 13/19', row: 3, inherited_from: 'a', url: 'https://x.vn' },
  };
  for (const statement of [FACT, RATIO, COUNT, quoted]) {
    const {
      id,
      database_id: _1,
      collected_at: _2,
      visible_on: _3,
      run_id: _4,
      confidence: _5,
      evidence_page: _6,
      ...fact
    } = accepted(statement);
    expect(id).toBe(createHash('sha256').update(stableJson(fact)).digest('hex').slice(0, 32));
    expect(Object.keys(fact)).toHaveLength(36);
  }
});

describe('refusals: each with a code and a sentence', () => {
  test.each<[string, object, string | RegExp]>([
    ['ratio_out_of_range', { ...RATIO, value_number: 25 }, '25/19: the part is larger than the whole'],
    ['wrong_total', { ...RATIO, value_total: 20 }, '13/20: the checklist in force has 19 criteria'],
    ['wrong_ratio', { ...RATIO, value_number: 12.5 }, 'a ratio needs two whole numbers'],
    ['missing_value', { ...RATIO, value_total: undefined }, 'checklist.met needs value_number and value_total'],
    ['missing_value', { ...COUNT, value_number: undefined }, /records\.count needs value_number or/],
    ['missing_value', { ...FACT, attribute: 'update.last', value_text: undefined }, 'update.last needs value_time'],
    ['negative_count', { ...COUNT, value_number: -1 }, 'a count cannot be negative'],
    ['too_large', { ...COUNT, value_number: 1e17 }, /too large to be exact/],
    ['wrong_interval', { ...COUNT, value_number: undefined, value_low: 9, value_high: 3 }, /in this order/],
    ['wrong_interval', { ...COUNT, value_low: 3 }, /an interval needs a lower and a higher end/],
    ['invalid_date', { ...FACT, observed_at: '31/02/2026' }, /observed_at "31\/02\/2026" is not a day that exists/],
    ['invalid_date', { ...FACT, observed_at: '2026-02-31' }, /is not a day that exists/],
    ['invalid_date', { ...FACT, stated_at: '2026-06-29 14:00' }, /stated_at/],
    ['invalid_date', { ...FACT, attribute: 'update.last', value_text: undefined, value_time: 'hôm qua' }, /value_time/],
    ['invalid_date', { ...FACT, flags: { since: '2026-02-30' } }, 'flag since: "2026-02-30" is not a date'],
    ['wrong_flag', { ...FACT, flags: { holder: 'nobody' } }, /is not a holder/],
    ['unknown_flag', { ...FACT, flags: { sinse: '2026-02-01' } }, /did you mean "since"\?/],
    ['unknown_flag', { ...FACT, flags: { constructor: 'x' } }, /"constructor" is not declared/],
    ['unknown_attribute', { ...FACT, attribute: 'c12.conection' }, /did you mean "c12.connection"\?/],
    ['unknown_attribute', { ...FACT, attribute: 'constructor' }, /"constructor" is not in the vocabulary/],
    ['unknown_attribute', { ...FACT, attribute: '__proto__' }, /not in the vocabulary/],
    [
      'unknown_state',
      { ...FACT, value_text: 'oneway' },
      /"oneway" is not a state of c12\.connection; did you mean "one_way"\?/,
    ],
    ['unknown_state', { ...FACT, value_text: undefined }, /"" is not a state/],
    ['unknown_database', { ...FACT, subject_id: 'bao-hiemm' }, /did you mean "bao-hiem"\?/],
    [
      'unknown_agency',
      { ...FACT, attribute: 'blocked_by', subject_type: 'agency', subject_id: 'bo-y-tee' },
      /did you mean "bo-y-te"\?/,
    ],
    [
      'wrong_subject',
      { ...FACT, subject_type: 'agency', subject_id: 'bo-y-te' },
      'c12.connection cannot be said of a agency',
    ],
    ['unknown_document', { ...FACT, document: 'vb-2' }, 'document "vb-2" was not declared before this line'],
    ['unknown_modality', { ...FACT, modality: 'maybe' }, /modality "maybe"/],
    ['unknown_extent', { ...FACT, extent: 'hole' }, /did you mean "whole"\?/],
    ['unknown_stage', { ...COUNT, stage: 'so_hoaa' }, /did you mean "so_hoa"\?/],
    ['unknown_role', { ...COUNT, role: 'x' }, /role "x"/],
    ['unknown_quoted', { ...FACT, quoted: 'c13' }, /quoted "c13"/],
    ['wrong_shape', { ...FACT, type: 'observatoin' }, /type/],
    ['wrong_shape', { ...FACT, valeu_text: 'x' }, /did you mean "value_text"\?/],
    ['wrong_shape', { ...FACT, grade: 'E5' }, /grade/],
    ['wrong_shape', { ...FACT, evidence: undefined }, /evidence/],
    ['wrong_shape', { ...FACT, evidence: { quote: 'x'.repeat(301) } }, /quote/],
    ['wrong_shape', { ...FACT, shared_n: 3_000_000_000 }, /shared_n/],
    ['wrong_shape', { ...FACT, evidence: { line: 3_000_000_000 } }, /line/],
    ['broken_text', { ...FACT, target: '\ud83d' }, /cut in half/],
    ['broken_text', { ...FACT, target: 'a\u0000b' }, /zero byte/],
    ['negative_count', { ...AGENCY_COUNT, done: -1 }, 'a count cannot be negative'],
    ['invalid_date', { ...AGENCY_COUNT, as_of: '2026-02-31' }, /as_of/],
    ['unknown_agency', { ...AGENCY_COUNT, agency: 'bo-khac' }, /agency "bo-khac" is not in the registry/],
    ['invalid_date', { ...TASK, deadline: '31/02/2026' }, /deadline/],
    ['unknown_agency', { ...TASK, overdue_agencies: ['bo-khac'] }, /bo-khac/],
    ['unknown_database', { ...TASK, database_ids: ['bao-hiemm'] }, /did you mean "bao-hiem"\?/],
  ])('%s: %#', (code, statement, message) => {
    const { observations, statements, rejections } = normalise([DOCUMENT, statement]);
    expect([observations.length, statements.length]).toEqual([0, 0]);
    expect(rejections).toMatchObject([{ code, place: 'line 2', run_id: 'run', source_id: 'nguon' }]);
    if (typeof message === 'string') expect(rejections[0]?.message).toBe(message);
    else expect(rejections[0]?.message).toMatch(message);
    expect(rejections[0]?.raw).not.toBe('');
  });

  test.each(['31/02/2026', '2026-02-31', '', 'tháng 6'])(
    'a document dated %j is refused, and what refers to it',
    (date) => {
      const { observations, rejections } = normalise([{ ...DOCUMENT, date }, FACT]);
      expect(observations).toEqual([]);
      expect(rejections.map((r) => r.code)).toEqual(['invalid_date', 'unknown_document']);
    },
  );

  test('a piece the connector could not read keeps its reason', () => {
    const normaliser = new Normaliser({ config: shipped, runId: 'r', sourceId: 's', collectedAt: new Date(0) });
    normaliser.add({ kind: 'rejection', code: 'broken_json', message: 'm', raw: 'x'.repeat(500), at: 'line 3' });
    expect(normaliser.result.rejections).toEqual([
      { run_id: 'r', source_id: 's', place: 'line 3', code: 'broken_json', message: 'm', raw: 'x'.repeat(300) },
    ]);
  });

  test('the raw text of a rejection is never cut in the middle of a sign', () => {
    const { rejections } = normalise([
      DOCUMENT,
      {
        ...FACT,
        type: 'x',
        note: `${'y'.repeat(297 - JSON.stringify({ ...FACT, type: 'x', note: '' }).length)}😀😀😀😀`,
      },
    ]);
    const [raw = ''] = rejections.map((r) => r.raw);
    expect(Buffer.from(raw).toString()).toBe(raw);
  });
});

describe('what is accepted', () => {
  test('a fact takes speaker, grade and day from its document', () => {
    expect(accepted(FACT)).toMatchObject({
      subject_id: 'bao-hiem',
      database_id: 'bao-hiem',
      said_by: 'owner',
      grade: 'E2',
      modality: 'done',
      extent: 'whole',
      shared_n: 1,
      observed_at: '2026-06-28 17:00:00.000',
      stated_at: '2026-06-28 17:00:00.000',
      visible_on: '2026-06-29',
      evidence_document: 'vb',
      evidence_line: 2,
      evidence_sha256: 'a'.repeat(64),
    });
  });

  test('its own speaker, grade and days go before those of the document', () => {
    const own = accepted({
      ...FACT,
      said_by: 'receiver',
      grade: 'E4',
      observed_at: '2026-06-30T20:00:00Z',
      stated_at: '2026-06-01',
    });
    expect(own).toMatchObject({ said_by: 'receiver', grade: 'E4', visible_on: '2026-07-01' });
  });

  test('a unit nobody listed is kept as written (it belongs to class other); NFD becomes NFC, capitals small', () => {
    expect(accepted({ ...COUNT, unit: 'Con tàu' }).unit).toBe('con tàu');
    expect(accepted({ ...COUNT, unit: 'Hồ sơ'.normalize('NFD') }).unit).toBe('hồ sơ'.normalize('NFC'));
  });

  test('text and target are NFC: the same word is the same key', () => {
    const text = { ...FACT, attribute: 'commitment', value_text: 'hoàn thành', target: 'kết nối' };
    const other = { ...text, value_text: text.value_text.normalize('NFD'), target: text.target.normalize('NFD') };
    expect(accepted(other)).toEqual(accepted(text));
  });

  test('a ratio is one observation; 0 of 0 is a measurement, not an error', () => {
    expect(accepted(RATIO)).toMatchObject({ value_number: 13, value_total: 19 });
    expect(
      accepted({ ...FACT, attribute: 'units.ratio', value_text: undefined, value_number: 0, value_total: 0 }),
    ).toMatchObject({
      value_number: 0,
      value_total: 0,
    });
  });

  test('an agency’s fact has no database', () => {
    const fact = accepted({
      ...FACT,
      attribute: 'security.level_approval',
      value_text: 'none',
      subject_type: 'agency',
      subject_id: 'bo-y-te',
    });
    expect(fact).toMatchObject({ subject_type: 'agency', database_id: null });
  });

  test('tasks, counts and checks are kept whole', () => {
    const check = {
      type: 'document_check',
      document: 'vb',
      kind: 'odd_date',
      where: 'bảng 1',
      printed: '31/02',
      counted: 28,
      evidence: {},
    };
    const { statements, rejections } = normalise([DOCUMENT, TASK, AGENCY_COUNT, check]);
    expect(rejections).toEqual([]);
    expect(statements.map((s) => s.type)).toEqual(['task', 'agency_count', 'document_check']);
    expect(JSON.parse(statements[0]?.body ?? '')).toMatchObject({ no: 1, database_ids: ['bao-hiem'] });
  });
});

describe('ids', () => {
  test('the same content has the same id, whenever and in whatever run it was collected', () => {
    const first = accepted(FACT);
    expect(accepted(FACT, { runId: 'other', collectedAt: '2027-01-01T00:00:00Z' }).id).toBe(first.id);
    expect(accepted({ ...FACT, evidence: { line: 2 }, flags: {} }).id).toBe(first.id);
  });

  test.each<[string, object, Where]>([
    ['value', { ...FACT, value_text: 'two_way' }, {}],
    ['subject', { ...FACT, subject_id: 'giao-duc-dai-hoc' }, {}],
    ['attribute', { ...FACT, attribute: 'c06.connection' }, {}],
    ['extent', { ...FACT, extent: 'some_units' }, {}],
    ['day', { ...FACT, observed_at: '2026-06-28' }, {}],
    ['place', { ...FACT, evidence: { line: 3 } }, {}],
    ['speaker', { ...FACT, said_by: 'receiver' }, {}],
    ['flags', { ...FACT, flags: { since: '2026-01-01' } }, {}],
    ['source', FACT, { sourceId: 'khac' }],
  ])('another %s is another fact', (_what, statement, where) => {
    expect(accepted(statement, where).id).not.toBe(accepted(FACT).id);
  });

  test('another file is another fact: the hash of the document is part of the id', () => {
    const { observations } = normalise([DOCUMENT, FACT, { ...DOCUMENT, sha256: 'b'.repeat(64) }, FACT]);
    expect(new Set(observations.map((o) => o.id)).size).toBe(2);
  });

  test('the order of keys does not matter', () => {
    const turned = Object.fromEntries(Object.entries({ ...FACT, flags: { since: '2026-01-01', via: 'x' } }).reverse());
    expect(accepted(turned).id).toBe(accepted({ ...FACT, flags: { via: 'x', since: '2026-01-01' } }).id);
  });
});
