/** Data contracts: the file, the checks made of it, the pattern language, and the guard of its queries. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { asset } from '../../../config/package-root.ts';
import { readContract } from '../../../scoring/quality/contract/read-contract.ts';
import { NotSayable } from '../../../scoring/quality/dialects/dialect.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { PatternRefused, parsePattern } from '../../../scoring/quality/pattern.ts';
import { anywhere, verdictOver } from '../../../scoring/quality/pattern-language.ts';
import { lengthOf, toAre, toRe2 } from '../../../scoring/quality/pattern-text.ts';
import { planChecks } from '../../../scoring/quality/plan.ts';
import { guardQuery } from '../../../scoring/quality/sql-guard.ts';
import { CANARY_CONTRACT } from '../../support/contract-files.ts';
import { PATTERNS } from '../../support/quality-forms.ts';
import { texts } from '../inputs.ts';
import { asFile } from '../samples.ts';
import { must, type Targets, text } from '../target.ts';

const rules = await discoverRules();
const shipped = readdirSync(asset('config', 'contracts')).map((name) =>
  readFileSync(asset('config', 'contracts', name), 'utf8'),
);
const KEYS = [
  ...[
    '\n',
    '  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    'schema:',
    'name: ',
    'quality:',
    'properties:',
    'logicalType: ',
    'required: true',
  ],
  ...[
    'unique: true',
    'primaryKey: true',
    'primaryKeyPosition: ',
    'metric: ',
    'mustBe: ',
    'mustBeBetween: ',
    'unit: percent',
    'type: sql',
  ],
  ...[
    'query: ',
    'type: custom',
    'engine: csdl',
    'implementation: ',
    'rule: ',
    'personal-id',
    'pattern: ',
    'maxLength: ',
    'relationships:',
  ],
  ...[
    'to: ',
    'slaProperties:',
    'latency',
    'value: ',
    'string',
    'date',
    'integer',
    'physicalName: ',
    '"',
    "'",
    '1e400',
    '-1',
    '{object}',
  ],
];
const HEAD =
  'apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n';
const SMALL = [
  `${HEAD}      - {name: a, logicalType: string, required: true, logicalTypeOptions: {pattern: "^[0-9]{3}$", maxLength: 3}}\n`,
  `${HEAD}      - name: b\n        logicalType: date\n        unique: true\n        quality:\n          - {metric: invalidValues, arguments: {validValues: [x, y]}, mustBeLessThan: 5, unit: percent}\n`,
  `${HEAD}      - {name: c, logicalType: integer, primaryKey: true, relationships: [{to: u.c}]}\n  - name: u\n    properties: [{name: c, logicalType: integer, primaryKey: true}]\n`,
];

const P = [
  'a',
  '1',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\S',
  '\\p{L}',
  '\\P{Lu}',
  '[',
  ']',
  '[^',
  '-',
  '(',
  ')',
  '(?:',
  '(?<n>',
  '(?=',
  '(?<!',
  '|',
  '*',
  '+',
  '?',
  '{2}',
  '{1,}',
  '{0,9}',
  '{1000}',
  '{',
  '}',
  '^',
  '$',
  '\\b',
  '\\B',
  '\\1',
  '\\u{1F600}',
  '\\ud83d\\ude00',
  '\\x41',
  '\\c',
  '\\',
  '/',
  'é',
];
const patterns = texts(PATTERNS, P);

/** The pattern as ECMA-262 reads it; a sign escaped for nothing, which contracts have often, is taken for itself. */
const ecmaOf = (source: string): RegExp =>
  new RegExp(
    source.replace(/\\(.)/gsu, (whole, sign: string) =>
      /[!"#%&',:;<=>@_`~-]/.test(sign) ? `\\x${sign.charCodeAt(0).toString(16)}` : whole,
    ),
    'u',
  );

export const targets: Targets = {
  'contract: files': () =>
    text({
      inputs: texts([...SMALL, ...SMALL, CANARY_CONTRACT, ...shipped.map((one) => one.slice(0, 3_000))], KEYS),
      feed: (input) => {
        const read = readContract(asFile(input, '.yaml'), 'x.yaml', rules);
        const errors = read.problems.filter(({ severity }) => severity === 'error');
        must((read.contract === null) === errors.length > 0, 'a contract, or why there is none');
      },
    }),
  'contract: its SQL': () =>
    text({
      limitMs: 2_000,
      inputs: texts([...SMALL, ...SMALL, CANARY_CONTRACT], KEYS),
      refuses: [NotSayable],
      feed: (input) => {
        const { contract } = readContract(asFile(input, '.yaml'), 'x.yaml', rules);
        if (contract === null) return;
        const tables = contract.tables.map(({ id, columns }) => ({
          id,
          columns,
          location: { kind: 'relation' as const, name: id },
        }));
        const facts = new Map(
          tables.map(({ id, columns }) => [id, { columns: new Map(columns.map((c) => [c.name, c.type])) }]),
        );
        const plan = planChecks({
          tables: tables as never,
          checks: contract.checks.map(({ check }) => check),
          facts: facts as never,
          fast: new DuckDb({ fast: true } as never),
          plain: new DuckDb({ fast: false } as never),
          rules,
          now: '2026-06-29T00:00:00',
        });
        must(plan.checks.length + plan.refused.length === contract.checks.length, 'each check is planned or refused');
      },
    }),
  'pattern: language': () =>
    text({
      inputs: patterns,
      refuses: [PatternRefused],
      feed: (source) => {
        const node = parsePattern(source);
        ecmaOf(source);
        toRe2(node, true);
        const { min, max } = lengthOf(node);
        must(min >= 0 && (max === null || max >= min), 'lengths in order');
        toAre(node);
      },
    }),
  'pattern: what one says of another': () =>
    text({
      limitMs: 3_000,
      inputs: fc.tuple(patterns, patterns, texts(['a1', '012345678901', 'Nguyễn'], ['a', '1', 'é', '\n', '-'])),
      refuses: [PatternRefused],
      feed: ([one, two, sample]) => {
        const [given, asked] = [parsePattern(one), parsePattern(two)];
        const says = verdictOver(given, anywhere(asked));
        if (says === undefined || !ecmaOf(`^(?:${one})$`).test(sample)) return;
        must(ecmaOf(two).test(sample) === says, `${one} says ${says} of ${two}, not of ${JSON.stringify(sample)}`);
      },
    }),
  'SQL: guard of a contract': () =>
    text({
      inputs: texts(
        [
          "SELECT count(*) FROM {object} WHERE a < b + INTERVAL '15 years'",
          'with x as (select a from {object}) select count(*) from x',
          'SELECT max(CAST(name AS INTEGER)) FROM "t"',
        ],
        [
          'select ',
          'from ',
          '{object}',
          '(',
          ')',
          "'",
          '"',
          ';',
          '--',
          ' into ',
          'read_csv',
          "('/etc/passwd')",
          ' join ',
          ',',
          '::',
          '$1',
          'pg_sleep',
          '||',
          '.',
          ' for update',
        ],
      ),
      feed: (query) => {
        const refusal = guardQuery(query.replaceAll('{object}', '"t"'));
        if (refusal !== null) return;
        must(!query.replace(/'[^']*'|"[^"]*"/g, '').includes(';'), 'one statement');
        must(/^\s*(select|with)/i.test(query), 'one question');
      },
    }),
};
