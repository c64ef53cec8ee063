/** What sources send in the contracts of the program: JSON of the status API page by page, statements, cells of answers. */
import fc from 'fast-check';
import type { CollectContext } from '../../../connectors/contract.ts';
import { statement } from '../../../connectors/contract.ts';
import type { HttpAnswer, HttpClient } from '../../../connectors/ports.ts';
import connector from '../../../connectors/sources/baseline.ts';
import { count, flag, Refused, state, time } from '../../../connectors/sources/sql/cell.ts';
import { queryProblem, withoutEnd } from '../../../connectors/sources/sql/statement-text.ts';
import { collectedFact } from '../../../connectors/sources/status-api/facts.ts';
import { EXAMPLE } from '../../../connectors/sources/status-api/openapi.ts';
import { fetchReport } from '../../../connectors/sources/status-api/pages.ts';
import { jsonLike, texts } from '../inputs.ts';
import { asFile, config, factLines, scratch } from '../samples.ts';
import { must, type Targets, text } from '../target.ts';

const ORIGIN = 'https://a.example';
const page = { ...EXAMPLE, facts: EXAMPLE.facts.slice(0, 3) };
const LINKS = [
  '/2',
  '/3',
  '?page=2',
  '//b.example/2',
  'http://a.example/2',
  'https://a.example:444/',
  'javascript:1',
  '/2#x',
  '',
  '/\ud800',
  'https://u:p@a.example/',
];

/** A server that answers each address with what was drawn for it. */
function client(
  answers: readonly { headers: Record<string, string>; bytes: Uint8Array }[],
): HttpClient & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async get(url): Promise<HttpAnswer> {
      asked.push(url);
      const at = [...new URL(url).href].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % answers.length;
      const { headers, bytes } = answers[at] ?? { headers: {}, bytes: new Uint8Array() };
      return { status: 200, headers, bytes, sha256: '0'.repeat(64), size: bytes.length };
    },
    post: () => Promise.reject(new Error('no source sends a message')),
  };
}

const pages = fc
  .tuple(
    jsonLike([page, { ...page, next: '/2' }]),
    fc.option(fc.oneof(fc.constantFrom(...LINKS), fc.webPath()), { nil: null }),
  )
  .map(([value, next]) =>
    value !== null && typeof value === 'object' && 'facts' in value && next !== null ? { ...value, next } : value,
  );
const answer = fc.record({
  headers: fc.record({
    'content-type': fc.constantFrom(
      'application/json',
      'application/json',
      'application/json; charset=x',
      'application/vnd.x+json',
      'text/html',
      '',
      ';',
    ),
    etag: fc.constantFrom('"a"', 'W/"a"', '"', '', `"${'x'.repeat(300)}"`),
  }),
  bytes: fc.oneof(
    { weight: 8, arbitrary: pages.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
    {
      weight: 1,
      arbitrary: texts([JSON.stringify(page)], ['{', '}', '[', '"', ',', ':', 'null']).map((one) => Buffer.from(one)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  ) as fc.Arbitrary<Uint8Array>,
});

const SQL = [
  'SELECT count(*) AS so FROM t',
  'WITH x AS (SELECT \'a;b\' FROM "y") SELECT * FROM x -- ;\n;',
  'select $a$ ; $a$ /* ; */',
];
const SQL_WORDS = [
  'select ',
  'with ',
  ' from t',
  ';',
  '(',
  ')',
  "'",
  '"',
  '--',
  '\n',
  '/*',
  '*/',
  '$a$',
  '$$',
  '\0',
  'drop ',
  ',',
];
const columns = fc.record({
  name: fc.constant('so'),
  kind: fc.constantFrom('number', 'text', 'day', 'instant', 'local-time', 'boolean'),
});

export const targets: Targets = {
  'JSON: pages of the status API': () =>
    text({
      inputs: fc.array(answer, { minLength: 1, maxLength: 4 }),
      feed: async (answers) => {
        const served = client(answers);
        try {
          const report = await fetchReport(served, `${ORIGIN}/1`, { etag: undefined, scratch: () => scratch });
          must(report !== null && report.pages.length >= 1, 'a report has a page');
        } finally {
          must(
            served.asked.every((url) => new URL(url).origin === ORIGIN),
            'no other host is asked',
          );
          must(new Set(served.asked).size === served.asked.length, 'no page is asked twice');
        }
      },
    }),
  'JSON: facts of the status API': () =>
    text({
      inputs: jsonLike([...EXAMPLE.facts]),
      feed: (input) => {
        const collected = collectedFact(input, 'd', 'page 1 fact 1');
        if (collected.kind === 'rejection')
          must(collected.message !== '' && collected.raw.length <= 300, 'a short reason');
        else must(typeof collected.statement === 'object', 'a statement');
      },
    }),
  'JSON: statements as they are shipped': () =>
    text({
      inputs: jsonLike(factLines.slice(0, 300).map((line) => JSON.parse(line) as unknown)),
      feed: (input) => {
        const parsed = statement.safeParse(input);
        if (parsed.success)
          must(statement.safeParse(JSON.parse(JSON.stringify(parsed.data))).success, 'stays a statement');
      },
    }),
  'NDJSON: baseline': () =>
    text({
      inputs: texts(
        factLines.slice(0, 60).map((line, i) => `${line}\n${factLines[i + 1]}\n`),
        ['\n', '\r\n', '{', '}', '"', ',', '\ufeff'],
      ),
      feed: async (input) => {
        const meter = { tries: 0, bytes: 0 };
        const context = { folder: scratch, meter, signal: new AbortController().signal } as unknown as CollectContext;
        const path = asFile(input, '.ndjson');
        for await (const piece of connector.collect({ path }, context))
          must(piece.at.startsWith('line '), 'has its line');
      },
    }),
  'SQL: one query of a source': () =>
    text({
      inputs: texts(SQL, SQL_WORDS),
      feed: (input) => {
        if (queryProblem(input) !== null) return;
        must(/^\s*(?:--|\/\*|select|with)/i.test(input), 'begins as a query');
        must(queryProblem(withoutEnd(input)) === null, 'without its end it stays a query');
      },
    }),
  'SQL: cells of an answer': () => {
    const now = new Date('2026-06-30T00:00:00Z');
    const definition = config.attributes.attributes['c12.connection'];
    return text({
      inputs: fc.tuple(
        columns,
        fc.option(
          texts(['12', '1.5e10', '2026-06-29', '2026-06-29T01:00:00Z', 'two_way'], ['e', '.', '-', '0', '__proto__']),
        ),
      ),
      refuses: [Refused],
      feed: ([column, value]) => {
        const cell = { column, value } as Parameters<typeof count>[0];
        const tried = [
          () => must(Number.isSafeInteger(count(cell)) && count(cell) >= 0, 'a count'),
          () => time(cell, now),
          () => definition && state(cell, definition, ['two_way'], { x: 'two_way' }),
          () => flag(cell, 'integer', []),
          () => flag(cell, 'date', []),
        ];
        for (const one of tried) {
          try {
            one();
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            // One refusal gives an example, which a cell may happen to be.
            const said = error.message.replace('1.041 may be one or a thousand', '');
            must(value === null || value.length < 6 || !said.includes(value), 'no refusal repeats the cell');
          }
        }
      },
    });
  },
};
