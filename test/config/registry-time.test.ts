/** Problems of the registry over time: each at its line, with the nearest key or what to write instead. */
import { describe, expect, test } from 'vitest';
import { calendarWarnings } from '../../config/cross-check/calendar.ts';
import { load, problemOf, problemsOf, shippedText } from '../support/settings.ts';

/** databases.csv with the two columns of validity: shipped rows without, and these. */
function databases(...rows: [id: string, from: string, to: string, kind?: string][]): string {
  const [header = '', ...lines] = shippedText('databases.csv').trimEnd().split('\n');
  const own = rows.map(
    ([id, from, to, kind]) =>
      `${id},Tên ${id},chuyen_nganh,${kind ?? 'database'},,bo-y-te,other,unknown,,unknown,unknown,,,,,,${from},${to}`,
  );
  return [`${header},valid_from,valid_to`, ...lines.map((line) => `${line},,`), ...own, ''].join('\n');
}
const successions = (...rows: string[]): string =>
  `from_id,to_id,kind,date,basis,strength\n${rows.map((row) => `${row},Quyết định,A\n`).join('')}`;
const owners = (...rows: string[]): string =>
  `database_id,agency_id,valid_from,valid_to,basis\n${rows.map((row) => `${row},Nghị định\n`).join('')}`;

const REGISTRY = databases(['cu', '', '2026-06-19'], ['moi', '2026-06-20', '']);

describe('database_succession.csv', () => {
  test('a rename that the catalogue agrees with is in order', () => {
    expect(
      problemsOf({ 'databases.csv': REGISTRY, 'database_succession.csv': successions('cu,moi,renamed,2026-06-20') }),
    ).toEqual([]);
  });

  test('ids that are not there name the nearest', () => {
    const text = successions('cuu,moi,renamed,2026-06-20', 'cu,bao-hiemm,merged,2026-06-20');
    expect(
      problemsOf({ 'databases.csv': REGISTRY, 'database_succession.csv': text }).map((p) => [
        p.line,
        p.key,
        p.code,
        p.hint,
      ]),
    ).toEqual([
      [2, 'from_id', 'config/unknown-database', 'did you mean "cu"?'],
      [3, 'to_id', 'config/unknown-database', 'did you mean "bao-hiem"?'],
    ]);
  });

  test('days that would count a database twice, or not at all', () => {
    const text = successions('cu,moi,renamed,2026-06-21');
    expect(problemsOf({ 'databases.csv': REGISTRY, 'database_succession.csv': text })).toMatchObject([
      {
        file: 'database_succession.csv',
        line: 2,
        key: 'from_id',
        code: 'config/succession-dates',
        message: '"cu" is renamed on 2026-06-21 but counted until 2026-06-19',
        hint: 'write valid_to 2026-06-20 for it in databases.csv',
      },
      { key: 'to_id', hint: 'write valid_from 2026-06-21 for it in databases.csv' },
    ]);
  });

  test('a part split off may leave the rest standing; a merger needs somebody to take over', () => {
    const registry = databases(
      ['con', '', ''],
      ['phan', '2026-06-20', ''],
      ['het', '', '2026-06-19'],
      ['sau', '2026-07-01', ''],
    );
    const text = successions('con,phan,split,2026-06-20', 'het,con,merged,2026-06-20', 'het,sau,merged,2026-06-20');
    expect(problemsOf({ 'databases.csv': registry, 'database_succession.csv': text })).toMatchObject([
      { line: 4, key: 'to_id', message: '"sau" takes over on 2026-06-20 but is not counted on that day' },
    ]);
  });

  test('two names for one, an umbrella, itself, a kind and a day nobody knows', () => {
    const registry = databases(['cu', '', '2026-06-19'], ['moi', '2026-06-20', ''], ['hai', '2026-06-20', '']);
    const codes = (...rows: string[]) =>
      problemsOf({ 'databases.csv': registry, 'database_succession.csv': successions(...rows) }).map((p) => [
        p.line,
        p.code,
      ]);
    expect(codes('cu,moi,renamed,2026-06-20', 'cu,hai,renamed,2026-06-20')).toEqual([
      [3, 'config/ambiguous-succession'],
    ]);
    expect(codes('cu,cu,merged,2026-06-20')).toEqual([[2, 'config/own-successor']]);
    expect(codes('cu,moi,doi-ten,2026-06-20')).toEqual([[2, 'config/invalid-value']]);
    expect(codes('cu,moi,renamed,2026-06-31').map(([line]) => line)).toEqual([2]);
    const umbrella = databases(['cu', '', '2026-06-19', 'umbrella'], ['moi', '2026-06-20', '']);
    expect(
      problemsOf({
        'databases.csv': umbrella,
        'database_succession.csv': successions('cu,moi,renamed,2026-06-20'),
      }).map((p) => p.code),
    ).toContain('config/umbrella-succession');
  });
});

describe('database_owner.csv', () => {
  test('an owner of then beside the owner of today is in order', () => {
    expect(
      problemsOf({ 'database_owner.csv': owners('nguoi-co-cong,bo-lao-dong-thuong-binh-va-xa-hoi,,2025-02-28') }),
    ).toEqual([]);
  });

  test('unknown ids, two owners on one day, a span that ends first, another owner of today', () => {
    const text = owners(
      'nguoi-co-congg,bo-y-tee,,2025-02-28',
      'nguoi-co-cong,bo-y-te,2025-01-01,2025-06-30',
      'nguoi-co-cong,bo-cong-an,2025-06-30,2025-12-31',
      'nguoi-co-cong,bo-cong-an,2024-02-01,2024-01-01',
      'bao-hiem,bo-y-te,2026-01-01,',
      'bao-hiem,bo-lao-dong-thuong-binh-va-xa-hoi,2025-06-01,2025-06-30',
    );
    expect(problemsOf({ 'database_owner.csv': text }).map((p) => [p.line, p.key, p.code, p.hint])).toEqual([
      [2, 'database_id', 'config/unknown-database', 'did you mean "nguoi-co-cong"?'],
      [2, 'agency_id', 'config/unknown-agency', 'did you mean "bo-y-te"?'],
      [4, 'valid_from', 'config/two-owners', 'the other is "bo-y-te"'],
      [5, 'valid_to', 'config/span-ends-first', null],
      [6, 'agency_id', 'config/owner-of-today', 'write valid_to, or change agency_id in databases.csv'],
      [7, 'agency_id', 'config/agency-of-other-days', null],
    ]);
  });
});

describe('holidays.csv', () => {
  const holidays = (...rows: string[]): string =>
    `date,kind,name,basis,strength\n${rows.map((r) => `${r},Lễ,Điều 112,A\n`).join('')}`;

  test('a day that stands twice, and a day made up for in the week', () => {
    const text = holidays('2026-01-01,holiday', '2026-01-01,holiday', '2026-01-05,make_up_workday');
    expect(problemsOf({ 'holidays.csv': text }).map((p) => [p.line, p.code])).toEqual([
      [3, 'config/duplicate-id'],
      [4, 'config/make-up-in-week'],
    ]);
  });

  test('a deadline in a year without days off is a warning, once a year, and stops nothing', () => {
    const { loaded, problems } = load({ 'holidays.csv': holidays('2025-01-01,holiday', '2026-01-01,make_up_workday') });
    expect(problems.map((p) => p.code)).toEqual(['config/make-up-in-week']);
    if (loaded === null) throw new Error('not loaded');
    const warnings = calendarWarnings(loaded.config, loaded.files, '2024', '2026');
    expect(warnings.map((w) => w.message.slice(0, 23))).toEqual([
      ...new Set(warnings.map((w) => w.message.slice(0, 23))),
    ]);
    expect(warnings.find((w) => w.message.startsWith('2026'))).toMatchObject({
      file: 'deadlines.csv',
      code: 'config/year-without-holidays',
      key: 'due',
    });
    expect(warnings.some((w) => w.message.startsWith('2025'))).toBe(false);
    expect(warnings.map((w) => w.message.slice(0, 4)).sort()).toEqual(['2024', '2026']);
  });
});

test('databases.csv may leave the days of validity out, and has them checked', () => {
  expect(problemOf({ 'databases.csv': databases(['sai', '2026-02-01', '2026-01-01']) })).toMatchObject({
    key: 'valid_to',
    code: 'config/span-ends-first',
  });
  expect(load({}).loaded?.config.databases[0]).toMatchObject({ valid_from: null, valid_to: null });
});
