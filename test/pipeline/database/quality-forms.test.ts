import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { FORMS, PATTERNS, reference } from '../../support/quality-forms.ts';
import { hostileShapes, hostileText } from '../../support/quality-texts.ts';

let database: Database;
beforeAll(async () => {
  database = await Database.open();
});
afterAll(() => database.close());

const fast = new DuckDb();
const plain = new DuckDb(false);

/** Answers of several expressions over texts, row by row, from a table (so that nothing is folded beforehand). */
async function answers(texts: readonly string[], expressions: readonly string[]): Promise<(string | null)[][]> {
  const rows = texts.map((text, i) => `(${i}, ${plain.text(text)})`).join(', ');
  await database.run(`CREATE OR REPLACE TABLE t AS SELECT * FROM (VALUES ${rows}) AS v(i, x)`);
  const list = expressions.map((e, i) => `CAST(${e} AS VARCHAR) AS e${i}`).join(', ');
  const found = await database.anyRows(`SELECT ${list} FROM t ORDER BY i`);
  return found.map((row) => expressions.map((_e, i) => (row[`e${i}`] as string | null) ?? null));
}

const texts = fc.array(hostileText(), { minLength: 1, maxLength: 60 });

describe('the cheap form, the plain form and JavaScript say the same', () => {
  test('of hostile texts', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (random) => {
        const all = [...random, ...hostileShapes];
        const found = await answers(
          all,
          FORMS.flatMap(({ sql }) => [sql(fast, 'x'), sql(plain, 'x')]),
        );
        for (const [r, text] of all.entries())
          for (const [f, form] of FORMS.entries()) {
            const said = form.reference(text);
            const wanted = said === null ? null : String(said);
            expect([found[r]?.[2 * f], found[r]?.[2 * f + 1]], `${form.name} of ${JSON.stringify(text)}`).toEqual([
              wanted,
              wanted,
            ]);
          }
      }),
      { numRuns: 60 },
    );
  });

  test('patterns, anywhere and whole', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (random) => {
        const all = [...random, ...hostileShapes];
        const cases = PATTERNS.flatMap((pattern) => [
          { pattern, whole: false },
          { pattern, whole: true },
        ]);
        const said = (dialect: DuckDb) => (c: (typeof cases)[number]) =>
          c.whole ? dialect.matches('x', c.pattern) : dialect.finds('x', c.pattern);
        const found = await answers(all, [...cases.map(said(fast)), ...cases.map(said(plain))]);
        for (const [r, text] of all.entries())
          for (const [i, c] of cases.entries()) {
            const wanted = String(reference(c.pattern, c.whole, text));
            expect(
              [found[r]?.[i], found[r]?.[i + cases.length]],
              `${c.pattern} ${c.whole} ${JSON.stringify(text)}`,
            ).toEqual([wanted, wanted]);
          }
      }),
      { numRuns: 40 },
    );
  });

  test('what is always in normal form C really is, alone and beside anything of its kind', () => {
    const safe = (code: number): boolean => code <= 0x2ff || (code >= 0x1e00 && code <= 0x1eff);
    const all = Array.from({ length: 0x1f00 }, (_, code) => code).filter(safe);
    for (const code of all)
      expect(String.fromCodePoint(code).normalize('NFC'), code.toString(16)).toBe(String.fromCodePoint(code));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 12 }), (codes) => {
        const text = String.fromCodePoint(...codes);
        expect(text.normalize('NFC')).toBe(text);
      }),
    );
  });

  test('a NUL in a pattern or a value is asked for, not cut off', async () => {
    expect(
      await answers(
        ['a\u0000b', 'a'],
        [fast.finds('x', '\\0'), fast.isOneOf('x', ['a\u0000b']), fast.matches('x', 'a')],
      ),
    ).toEqual([
      ['true', 'true', 'false'],
      ['false', 'false', 'true'],
    ]);
  });
});
