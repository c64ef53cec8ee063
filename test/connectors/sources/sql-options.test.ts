import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../config/load.ts';
import connector from '../../../connectors/sources/sql/sql.ts';

const { config } = loadConfig(undefined, {});
const database = config.databases[0]?.database_id ?? '';
const FILES = { dat: 'dat.parquet' };

function settings({ files }: { files: Record<string, string> }) {
  const facts = [{ database, attribute: 'records.count', number: 'n' }];
  return { title: 'Kho', files, queries: [{ id: 'dem', sql: 'select 1 as n', facts }] };
}

describe('options', () => {
  const postgres = { host: 'db.example.vn', database: 'd', user: 'u', password: 'p' };
  const fact = { database, attribute: 'records.count', number: 'n' };
  const base = { title: 'Kho', postgres, queries: [{ id: 'dem', sql: 'select 1 as n', facts: [fact] }] };
  const problems = (options: unknown): string =>
    connector.options
      .safeParse(options)
      .error?.issues.map((issue) => issue.message)
      .join('; ') ?? '';

  test('what is right', () => {
    expect(problems(base)).toBe('');
    const parsed = connector.options.parse({ ...base, postgres: { ...postgres, port: '6432', host: 'DB.Example.VN' } });
    expect(connector.hosts?.(parsed)).toEqual(['db.example.vn:6432']);
    const six = connector.options.parse({ ...base, postgres: { ...postgres, host: '[::1]', tls: 'off' } });
    expect(connector.hosts?.(six)).toEqual(['[::1]:5432']);
    expect(connector.hosts?.(connector.options.parse(settings({ files: FILES })))).toEqual([]);
  });

  test.each([
    ['update thua set a = 1', 'begins with select'],
    ['insert into t values (1)', 'begins with select'],
    ["copy t to program 'x'", 'begins with select'],
    ['do $$ begin end $$', 'begins with select'],
    ['', 'expected string to have >=1'],
    ['select 1 as n; drop table t', 'one statement'],
    ["select ';' as n; select 2", 'one statement'],
    ['select 1 as n) as a; select (1', 'one statement'],
    ['select 1 as n) as a cross join (select 2', 'closes a bracket'],
    ['select (1 as n', 'not closed'],
    ["select 'abc as n", 'not closed'],
    ['select 1 /* n', 'not closed'],
  ])('%s is refused before the night', (sql, message) => {
    expect(problems({ ...base, queries: [{ id: 'dem', sql, facts: [fact] }] })).toContain(message);
  });

  test.each([
    'select \';)\' as n, "a;b" from t -- ; )',
    'select 1 /* ; ) */ as n;',
    'WITH a AS (SELECT 1) SELECT * FROM a ;; ',
    '/* how many */ select $x$;)$x$, 1',
  ])('%s is one query', (sql) => {
    expect(problems({ ...base, queries: [{ id: 'dem', sql, facts: [fact] }] })).toBe('');
  });

  test.each<[unknown, string]>([
    [{ ...base, files: FILES }, 'either `postgres` or `files`'],
    [{ title: 'Kho', queries: base.queries }, 'either `postgres` or `files`'],
    [{ ...base, postgres: { ...postgres, tls: 'off' } }, 'may be off only for localhost'],
    [{ ...base, postgres: { ...postgres, tls: { cert: 'c.pem' } } }, 'given together'],
    [{ ...base, postgres: { ...postgres, host: '/var/run/postgresql' } }, 'must be a host name'],
    [{ ...base, postgres: { ...postgres, host: 'a?sslmode=disable' } }, 'must be a host name'],
    [{ ...base, postgres: { ...postgres, port: '54x' } }, 'must be a port'],
    [{ ...base, queries: [...base.queries, ...base.queries] }, 'same id'],
    [
      { ...base, queries: [{ id: 'dem', sql: 'select 1 as n', facts: [{ ...fact, number: 7 }] }] },
      'takes its value from the row',
    ],
    [
      { ...base, queries: [{ id: 'dem', sql: 'select 1 as n', facts: [{ ...fact, agency: 'bca' }] }] },
      'one `database` or one `agency`',
    ],
    [settings({ files: { x: '*.csv' } }), 'names one file'],
    [settings({ files: { x: 's3://kho/a.csv' } }), 'not an address'],
    [settings({ files: { x: 'a.xlsx' } }), 'must end in'],
    [settings({ files: { 'x"; drop': 'a.csv' } }), ''],
  ])('wrong ones %#', (options, message) => {
    expect(connector.options.safeParse(options).success).toBe(false);
    expect(problems(options)).toContain(message);
  });
});

test('the example of the README is right', () => {
  const text = readFileSync(new URL('../../../connectors/sources/sql/README.md', import.meta.url), 'utf8');
  const example = parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '') as { sources: { options: unknown }[] };
  const options = connector.options.parse(example.sources[0]?.options);
  const known = new Set(config.databases.map((d) => d.database_id));
  for (const fact of options.queries.flatMap((q) => q.facts)) {
    expect(known).toContain(fact.database);
    expect(config.attributes.attributes).toHaveProperty([fact.attribute]);
  }
});

test('fixed.sql has no statement that writes', () => {
  const text = readFileSync(new URL('../../../connectors/sources/sql/fixed.sql', import.meta.url), 'utf8');
  expect(text).not.toMatch(/\b(INSERT|UPDATE|DELETE|COMMIT|TRUNCATE|COPY|DROP)\b/);
});
