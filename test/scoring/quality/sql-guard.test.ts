import { expect, test } from 'vitest';
import { guardQuery } from '../../../scoring/quality/sql-guard.ts';

test.each([
  'SELECT count(*) FROM person',
  'select count(*) from person where a < b',
  "SELECT count(*) FROM person AS p JOIN area AS a ON p.area = a.code WHERE a.name LIKE 'x%'",
  'SELECT count(*) FROM person, area WHERE person.area = area.code',
  "WITH late AS (SELECT * FROM person WHERE day > DATE '2026-01-01') SELECT count(*) FROM late",
  'WITH late (a, b) AS (SELECT a, b FROM person) SELECT count(*) FROM late',
  'SELECT coalesce(sum(CASE WHEN a IN (1, 2) THEN 1 ELSE 0 END), 0) FROM person',
  'SELECT count(*) FROM (SELECT a, row_number() OVER (PARTITION BY a ORDER BY b) AS n FROM person) AS t WHERE n > 1',
  'SELECT count(*) FROM person WHERE NOT EXISTS (SELECT 1 FROM area WHERE area.code = person.area)',
  'SELECT count(*) FROM "a table" WHERE "a ""column""" IS NULL',
  "SELECT count(*) > 0 FROM person WHERE cast(a AS integer) = 1 AND b = 'it''s; -- not a comment'",
])('runs: %s', (query) => {
  expect(guardQuery(query)).toBeNull();
});

test.each([
  'DROP TABLE person',
  'SELECT 1; DROP TABLE person',
  'SELECT count(*) FROM person -- x',
  'SELECT count(*) /* x */ FROM person',
  "COPY person TO '/tmp/x'",
  "SELECT * FROM '/etc/passwd'",
  "SELECT count(*) FROM read_csv('/etc/passwd')",
  "SELECT count(*) FROM read_text('/etc/passwd')",
  "SELECT count(*) FROM glob('*')",
  'SELECT * FROM pg_shadow',
  'SELECT * FROM "pg_shadow"',
  'SELECT * FROM pg_catalog.pg_shadow',
  'SELECT * FROM information_schema.tables',
  'SELECT * FROM duckdb_settings()',
  'SELECT pg_sleep(100)',
  "SELECT lo_import('/etc/passwd')",
  "SELECT dblink('x', 'y')",
  'SELECT "pg_sleep"(100)',
  'SELECT pg_catalog.pg_sleep(100)',
  'SELECT count(*) FROM other.secret',
  'SELECT count(*) FROM person, other.secret',
  'SELECT count(*) FROM person AS p JOIN area AS a ON p.a = a.a, other.secret',
  'SELECT count(*) FROM (other.secret)',
  'SELECT count(*) FROM person JOIN "o"."secret" USING (a)',
  'WITH x AS (DELETE FROM person RETURNING *) SELECT count(*) FROM x',
  'SELECT * INTO copy FROM person',
  'SELECT count(*) FROM person FOR UPDATE',
  "SELECT set_config('x', 'y', false)",
  "SELECT nextval('s')",
  "SELECT getenv('HOME')",
  'WITH RECURSIVE x AS (SELECT 1) SELECT count(*) FROM x',
  'SELECT $1',
  'SELECT $$x$$',
  "SELECT E'\\\\''",
  'TABLE person',
  'SELECT count(*) FROM person)',
  '',
  `SELECT ${'1+'.repeat(20_000)}1`,
])('refused: %s', (query) => {
  expect(guardQuery(query)).not.toBeNull();
});
