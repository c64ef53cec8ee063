import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../config/yaml-file.ts';
import { temporaryFolder } from '../support/folders.ts';
import { changed, lineOf, problemOf, problemsOf, shippedText, variable } from '../support/settings.ts';

const anything = z.record(z.string(), z.unknown());

function read(text: string, environment: Record<string, string> = {}, schema: z.ZodType = anything) {
  const path = join(temporaryFolder(), 'file.yaml');
  writeFileSync(path, text);
  return readYaml(path, 'file.yaml', schema, environment);
}

describe('readYaml', () => {
  test('broken YAML: the line is reported, nothing is thrown', () => {
    const { value, problems } = read('a: 1\nb: [1, 2\nc: 3\n');
    expect(value).toBeNull();
    expect(problems[0]).toMatchObject({ file: 'file.yaml', code: 'config/broken-yaml' });
    expect(problems[0]?.line).toBeGreaterThanOrEqual(2);
    expect(problems[0]?.message).not.toContain('undefined');
  });

  test('a tab as indentation is broken YAML on its line', () => {
    expect(read('a:\n\tb: 1\n').problems[0]).toMatchObject({ code: 'config/broken-yaml', line: 2 });
  });

  test('a key that stands twice is reported at the second, in a list, too', () => {
    expect(read('a: 1\nb: 2\na: 3\n').problems).toMatchObject([{ code: 'config/duplicate-key', line: 3, column: 1 }]);
    expect(read('a:\n  - b: 1\n    b: 2\n').problems).toMatchObject([{ line: 3, column: 5 }]);
  });

  test('a map of very many keys is read in proportion, and a key that stands twice in it is found', () => {
    const keys = Array.from({ length: 40_000 }, (_, i) => `k${i}: 1`).join('\n');
    const from = process.cpuUsage();
    expect(read(`${keys}\nk7: 2\n`).problems).toMatchObject([{ code: 'config/duplicate-key', line: 40_001 }]);
    expect(process.cpuUsage(from).user / 1000).toBeLessThan(5_000);
  });

  test('a file that is not there is reported, never thrown', () => {
    const { problems } = readYaml(join(temporaryFolder(), 'none.yaml'), 'none.yaml', anything);
    expect(problems).toMatchObject([{ file: 'none.yaml', code: 'config/unreadable' }]);
  });

  test.each(['', '# only a comment\n', 'just words\n', '- a\n- b\n'])('%j is not a settings file', (text) => {
    const { value, problems } = read(text);
    expect(value).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toMatch(/^config\/(missing|invalid-type)$/);
  });

  test('an alias bomb is a problem, not a hang and not a crash', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const started = performance.now();
    const { value, problems } = read(`${bomb.join('\n')}\n`);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: 'config/broken-yaml' }]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('an alias without its anchor is a problem', () => {
    expect(read('a: *nowhere\n').problems).toMatchObject([{ code: 'config/broken-yaml', line: 1 }]);
  });

  test('an anchor used a few times is fine', () => {
    expect(read('a: &x {b: 1}\nc: *x\n').value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  test('a key that names the prototype is only a key', () => {
    const { value } = read('a: 1\n__proto__: {polluted: true}\n');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((value as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('text in NFD is read as NFC', () => {
    expect(read(`a: ${'hồ sơ'.normalize('NFD')}\n`).value).toEqual({ a: 'hồ sơ'.normalize('NFC') });
  });

  test('a byte order mark and CRLF change nothing', () => {
    expect(read('\ufeffa: 1\r\nb: two\r\n').value).toEqual({ a: 1, b: 'two' });
  });

  test('a key that is no word is a problem, and no word of the file goes to standard error', () => {
    const warn = vi.spyOn(process, 'emitWarning');
    expect(read('a: 1\n{token: abc}: 1\n').problems).toMatchObject([{ code: 'config/broken-yaml', line: 2 }]);
    expect(read('a: &x {b: 1}\n*x : 2\n').problems).toMatchObject([{ code: 'config/broken-yaml', line: 2 }]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test.each(['&a\n  <<: *a\n', 'a: &x [1, [*x]]\n', '- &x {b: {c: *x}}\n'])(
    'a value within itself is a problem: %j',
    (text) => {
      expect(read(text, {}, z.unknown()).problems).toMatchObject([{ code: 'config/broken-yaml' }]);
    },
  );

  test('one value under two names is none', () => {
    expect(read('a: &x {b: 1}\nc: *x\nd: [*x, *x]\n').value).toEqual({
      a: { b: 1 },
      c: { b: 1 },
      d: [{ b: 1 }, { b: 1 }],
    });
  });

  test('keys of keys of keys take no longer than other text', () => {
    const from = process.cpuUsage();
    expect(read(`${'? '.repeat(500)}a\n`).problems).toMatchObject([{ code: 'config/broken-yaml', line: 1 }]);
    expect(process.cpuUsage(from).user / 1000).toBeLessThan(2_000);
  });
});

describe('environment variables', () => {
  test('are expanded anywhere in a string', () => {
    const { value, secrets } = read(`url: "https://${variable('HOST')}/x?k=${variable('KEY')}"\nn: 1\n`, {
      HOST: 'h.vn',
      KEY: 's3cret',
    });
    expect(value).toEqual({ url: 'https://h.vn/x?k=s3cret', n: 1 });
    expect(secrets).toEqual(['h.vn', 's3cret']);
  });

  test('one that is not set is reported at its place, by its name', () => {
    expect(read(`a: 1\nlist:\n  - ok\n  - ${variable('NOT_SET')}\n`).problems).toEqual([
      expect.objectContaining({
        code: 'config/unset-variable',
        line: 4,
        column: 5,
        key: 'list.1',
        message: 'environment variable NOT_SET is not set',
      }),
    ]);
  });

  test.each([
    `pa"ss`,
    `it's`,
    'a # b',
    'x: y',
    '{a: 1}',
    '- z',
    '\n  injected: true\n',
    variable('OTHER'),
    '$&',
    '*alias',
    '!!js',
  ])('a secret %j cannot reshape the document', (secret) => {
    const { value, problems } = read(`a: ${variable('SECRET')}\nb: "${variable('SECRET')}"\n`, {
      SECRET: secret,
      OTHER: 'no',
    });
    expect(problems).toEqual([]);
    expect(value).toEqual({ a: secret, b: secret });
  });

  test('keys are never expanded', () => {
    expect(read(`"${variable('KEY')}": 1\n`, { KEY: 'x' }).value).toEqual({ [variable('KEY')]: 1 });
  });

  test('a problem about an expanded value does not print the secret', () => {
    const { problems } = read(
      `mode: ${variable('MODE')}\n`,
      { MODE: 'hunter2hunter2' },
      z.strictObject({ mode: z.enum(['a', 'b']) }),
    );
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems[0]?.hint).toBe('correct the value of MODE in the environment (the file of secrets)');
  });
});

describe('problems carry file, line, column and the user’s own key', () => {
  test('an unknown key names the nearest', () => {
    const scoring = changed('scoring.yaml', 'c12_sync: {weight: 4', 'c12_sync: {wieght: 4');
    const problems = problemsOf({ 'scoring.yaml': scoring });
    const line = lineOf(scoring, 'wieght');
    expect(problems).toContainEqual({
      file: 'scoring.yaml',
      line,
      column: (scoring.split('\n')[line - 1] ?? '').indexOf('wieght') + 1,
      key: 'pillars.dung_chung.indicators.c12_sync.wieght',
      code: 'config/unknown-key',
      message: '"wieght" is not a setting',
      hint: 'did you mean "weight"?',
    });
    expect(problems.map((p) => `${p.code} ${p.key}`)).toContain(
      'config/missing pillars.dung_chung.indicators.c12_sync.weight',
    );
  });

  test('a wrong word of a closed list names the nearest', () => {
    const text = changed(
      'scoring.yaml',
      'checklist: {weight: 40, believe_from: E2}',
      'checklist: {weight: 40, believe_from: F2}',
    );
    expect(problemOf({ 'scoring.yaml': text })).toMatchObject({
      key: 'pillars.checklist.believe_from',
      code: 'config/invalid-value',
      message: '"F2" is not one of the valid values',
      line: lineOf(text, 'F2'),
    });
  });

  test('a wrong type says what was expected and what was got', () => {
    const text = changed('criteria.yaml', 'total: 19', 'total: "nineteen"');
    expect(problemOf({ 'criteria.yaml': text })).toMatchObject({
      key: 'total',
      code: 'config/invalid-type',
      message: 'expected number, got "nineteen"',
      line: lineOf(text, 'total:'),
      column: 8,
    });
  });

  test('a missing key is reported at its parent', () => {
    const text = shippedText('sources.yaml').replace('    connector: baseline\n', '');
    expect(problemOf({ 'sources.yaml': text })).toMatchObject({
      key: 'sources.0.connector',
      code: 'config/missing',
      line: lineOf(text, '- id:'),
    });
  });

  test.each([
    ['confirm', '{id: q1, kind: confirn, observation: x, who: A, when: 2026-06-30, ground: G}', 'decisions.0.kind'],
    [
      'until',
      '{id: q1, kind: acknowledge, finding: x, untill: 2026-07-01, who: A, when: 2026-06-30, ground: G}',
      'decisions.0.untill',
    ],
    [
      'until',
      '{id: q1, kind: contest, finding: x, who: A, when: 2026-06-30, ground: G, untl: 2026-07-01}',
      'decisions.0.untl',
    ],
  ])('a decision with a typo points at it (%s)', (near, text, key) => {
    const problem = problemOf({ 'decisions.yaml': `decisions:\n  - ${text}\n` });
    expect(problem).toMatchObject({ file: 'decisions.yaml', line: 2, key });
    expect(`${problem.message} ${problem.hint}`).toContain(near);
  });

  test.each([
    ['until: 2026-06-29', '`until` lies before `when`'],
    ['answer: {who: B, when: 2026-06-29, text: X}', '`answer.when` lies before `when`'],
    ['answer: {who: B, when: 2026-07-01}', 'text'],
  ])('a decision to contest with %s is refused', (rest, message) => {
    const text = `{id: q1, kind: contest, finding: x, who: A, when: 2026-06-30, ground: G, ${rest}}`;
    const [problem] = problemsOf({ 'decisions.yaml': `decisions:\n  - ${text}\n` });
    expect(problem).toMatchObject({ file: 'decisions.yaml', line: 2 });
    expect(`${problem?.key} ${problem?.message}`).toContain(message);
  });

  test.each(['2026-02-31', '31/02/2026', '2026-13-01', '2026-6-1', 'tomorrow', '0026-06-29'])(
    'the day %s of a waiver does not exist',
    (bad) => {
      const waivers = `waivers:\n  - {database: bao-hiem, criterion: tc04, approved_by: A, document: D, ground: G, from: ${bad}, until: 2026-12-31}\n`;
      expect(problemsOf({ 'waivers.yaml': waivers })).toContainEqual(
        expect.objectContaining({ file: 'waivers.yaml', line: 2, key: 'waivers.0.from', code: 'config/invalid-value' }),
      );
    },
  );

  test('a waiver names a criterion or an indicator, not both, and ends after it begins', () => {
    const waiver = (rest: string): string =>
      `waivers:\n  - {database: bao-hiem, approved_by: A, document: D, ground: G, ${rest}}\n`;
    expect(
      problemOf({ 'waivers.yaml': waiver('criterion: tc04, indicator: c12_sync, from: 2026-01-01, until: 2026-02-01') })
        .message,
    ).toContain('a waiver names either a criterion or an indicator');
    expect(
      problemOf({ 'waivers.yaml': waiver('criterion: tc04, from: 2026-03-01, until: 2026-02-01') }).message,
    ).toContain('`until` lies before `from`');
  });

  test('a value with too many decimals, or outside 0–1, is refused', () => {
    for (const bad of ['0.123456', '1.5', '-0.1']) {
      const text = changed('scoring.yaml', 'ready: 0.1,', `ready: ${bad},`);
      expect(problemsOf({ 'scoring.yaml': text }).map((p) => p.line)).toContain(lineOf(text, 'ready:'));
    }
  });

  test('an interval that runs backwards is refused', () => {
    const text = changed('scoring.yaml', 'linked: [0, 1]', 'linked: [1, 0]');
    expect(problemOf({ 'scoring.yaml': text }).message).toContain(
      'an interval runs from the lower to the higher value',
    );
  });
});
