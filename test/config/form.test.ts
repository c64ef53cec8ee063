import { describe, expect, test } from 'vitest';
import { COLUMNS } from '../../config/form/columns.ts';
import { agenciesWithDatabases, buildForm } from '../../config/form/form.ts';
import { byVietnamese, idOf, wordOf } from '../../config/form/lists.ts';
import { cutOffOf, periodOf, previousPeriod } from '../../config/form/period.ts';
import { address, columnLetters, readMark, SHEET_KEYS, sheetMark } from '../../config/form/places.ts';
import { REFUSALS } from '../../config/form/reading.ts';
import { formOf, labels, PERIOD, shipped, withDatabases } from '../support/forms.ts';

const form = formOf('bo-noi-vu');

describe('drop-downs', () => {
  test.each(Object.entries(form.lists))('every word of %s is one state, and every state one word', (_key, list) => {
    expect(list.length).toBeGreaterThan(1);
    for (const { id, word } of list) {
      expect(idOf(list, word)).toBe(id);
      expect(wordOf(list, id)).toBe(word);
      expect(word).toBe(word.normalize('NFC').trim());
    }
  });

  test('letter case, spaces and Unicode form of a word do not matter; other words are none', () => {
    expect(idOf(form.lists.change, '  KHÔNG  thay đổi ')).toBe('unchanged');
    expect(idOf(form.lists.change, 'Không thay đổi'.normalize('NFD'))).toBe('unchanged');
    expect(idOf(form.lists.change, 'Không')).toBeNull();
  });

  test('states are those of the vocabulary; what only the Bộ Công an grants is not among them', () => {
    const scales = shipped.attributes.scales;
    for (const [list, scale] of [
      ['software', 'software'],
      ['connection', 'connection'],
      ['sync', 'sync'],
      ['security', 'security_assessment'],
    ] as const)
      expect(form.lists[list].map((one) => one.id)).toEqual(scales[scale]);
    expect(form.lists.criterion.map((one) => one.id)).not.toContain('not_applicable');
  });

  test('names are sorted as Vietnamese sorts', () => {
    const words = ['Đường', 'Dân', 'Ăn', 'An', 'Âm', 'ưu', 'Ủy', 'Bộ Y tế', 'Bộ Công an'];
    expect([...words].sort(byVietnamese)).toEqual([
      'An',
      'Ăn',
      'Âm',
      'Bộ Công an',
      'Bộ Y tế',
      'Dân',
      'Đường',
      'Ủy',
      'ưu',
    ]);
    const names = form.databases.map((one) => one.name);
    expect(names).toEqual([...names].sort(byVietnamese));
  });

  test('two databases of one name stay apart', () => {
    const twins = buildForm(
      withDatabases('bo-noi-vu', 3, () => 'Cơ sở dữ liệu chung'),
      labels,
      { agencyId: 'bo-noi-vu', period: PERIOD },
    );
    expect(new Set(twins.databases.map((one) => one.word)).size).toBe(3);
    expect(twins.lists.database.map((one) => idOf(twins.lists.database, one.word))).toEqual([
      'csdl-1',
      'csdl-2',
      'csdl-3',
    ]);
  });
});

describe('columns', () => {
  test('every column has its heading, every typed one its list or attribute of the vocabulary', () => {
    for (const sheet of SHEET_KEYS)
      for (const column of COLUMNS[sheet]) {
        expect(labels.has('form', 'columns', sheet, column.key), `${sheet}.${column.key}`).toBe(true);
        if (column.kind === 'list') expect(form.lists[column.list ?? 'change'], column.key).toBeDefined();
        if (column.attribute !== undefined)
          expect(shipped.attributes.attributes, column.key).toHaveProperty([column.attribute]);
        if (column.group !== undefined) expect(labels.has('form', 'groups', column.group), column.group).toBe(true);
      }
  });

  test('keys stand once; sheet 2 has a column for every database', () => {
    for (const sheet of SHEET_KEYS) {
      const keys = form.columns[sheet].map((one) => one.key);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(form.columns.criteria.filter((one) => one.database !== undefined).map((one) => one.database)).toEqual(
      form.databases.map((one) => one.id),
    );
  });

  test('every refusal has its reason and remedy, whose places are filled from its parameters', () => {
    for (const code of REFUSALS)
      for (const part of ['text', 'remedy'])
        expect(labels.has('form', 'refusals', code, part), `${code}.${part}`).toBe(true);
  });
});

describe('places and periods', () => {
  test('marks are read back; other texts are none', () => {
    for (const key of [...SHEET_KEYS, 'marker' as const])
      expect(readMark(sheetMark(key))).toEqual({ version: 1, sheet: key });
    for (const text of ['', 'csdl-form/1/', 'csdl-form/x/status', 'csdl-form/1/other', '=csdl-form/1/status'])
      expect(readMark(text)).toBeNull();
  });

  test('addresses', () => {
    expect([1, 26, 27, 52, 53, 702, 703].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
    expect(address(24, 11)).toBe('X11');
  });

  test('a week ends at 14:00 on its Monday', () => {
    expect(['2026-06-22', '2026-06-23', '2026-06-28', '2026-06-29', '2026-06-30', '2026-12-29'].map(periodOf)).toEqual([
      '2026-06-22',
      '2026-06-29',
      '2026-06-29',
      '2026-06-29',
      '2026-07-06',
      '2027-01-04',
    ]);
    expect(previousPeriod('2026-03-02')).toBe('2026-02-23');
    expect(cutOffOf('2026-06-29')).toBe('2026-06-29T14:00:00+07:00');
  });
});

describe('agencies', () => {
  test('an unknown id is met with the nearest; one without databases with those that have some', () => {
    expect(() => formOf('bo-noi-vuu')).toThrow('no agency has the id "bo-noi-vuu"');
    expect(() => formOf('bo-noi-vuu')).toThrow(expect.objectContaining({ hint: 'did you mean "bo-noi-vu"?', exit: 2 }));
    expect(() => formOf('bo-quoc-phong')).toThrow(expect.objectContaining({ code: 'usage/no-databases' }));
  });

  test('headings over parts are not reported on', () => {
    const umbrellas = shipped.databases.filter((one) => one.row_kind === 'umbrella').map((one) => one.database_id);
    const listed = agenciesWithDatabases(shipped).flatMap((id) => formOf(id).databases.map((one) => one.id));
    expect(umbrellas.length).toBeGreaterThan(0);
    expect(listed.filter((id) => umbrellas.includes(id))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });
});
