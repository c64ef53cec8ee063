import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Postgres } from '../../scoring/quality/dialects/postgres.ts';
import { discoverRules } from '../../scoring/quality/discover-rules.ts';
import { disagreements, type RuleCase, ruleCases, verdictSql } from '../support/rule-rows.ts';

/** postgres://user:password@host:port/database of a server; only temporary tables are made. */
const address = process.env.CSDL_TEST_POSTGRES ?? '';
const rules = await discoverRules();

/** PostgreSQL holds no zero byte in a text. */
function storable(one: RuleCase): RuleCase {
  const kept = one.rows.map((row) => !Object.values(row).some((value) => value?.includes('\0')));
  return { ...one, rows: one.rows.filter((_row, i) => kept[i]), expected: one.expected.filter((_v, i) => kept[i]) };
}

describe.skipIf(address === '')('rules in PostgreSQL (CSDL_TEST_POSTGRES)', () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: address });
    await client.connect();
  });
  afterAll(() => client.end());

  test.each([...rules.values()].map((rule) => [rule.id, rule] as const))('%s', async (_id, rule) => {
    for (const one of ruleCases(rule, 800).map(storable)) {
      const columns = one.roles.map((role) => `"${role}" ${rule.roles[role]?.type === 'date' ? 'date' : 'text'}`);
      await client.query(`DROP TABLE IF EXISTS t; CREATE TEMP TABLE t (n integer, ${columns.join(', ')})`);
      const rows = JSON.stringify(one.rows.map((row, n) => ({ n, ...row })));
      await client.query('INSERT INTO t SELECT * FROM json_populate_recordset(NULL::t, $1)', [rows]);
      const { rows: found } = await client.query<{ verdict: string }>(verdictSql(rule, one, new Postgres()));
      expect(
        disagreements(
          one,
          found.map((row) => row.verdict),
        ),
      ).toEqual([]);
    }
  });
});
