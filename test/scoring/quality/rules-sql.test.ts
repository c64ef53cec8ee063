import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { Postgres } from '../../../scoring/quality/dialects/postgres.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { disagreements, ruleCases, verdictSql } from '../../support/rule-rows.ts';

const rules = await discoverRules();
const named = [...rules.values()].map((rule) => [rule.id, rule] as const);

describe('SQL and reference are one', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open();
  });
  afterAll(() => database.close());

  test.each(named)('%s', async (_id, rule) => {
    for (const one of ruleCases(rule, 1500)) {
      expect(new Set(one.expected).size, 'the texts try more than one answer').toBeGreaterThan(1);
      const columns = Object.fromEntries(
        one.roles.map((role) => [role, rule.roles[role]?.type === 'date' ? 'DATE' : 'VARCHAR']),
      );
      const rows = one.rows.map((row, n) => ({ n, ...row }));
      await database.createTable('t', { n: 'INTEGER', ...columns }, rows);
      for (const dialect of [new DuckDb(), new DuckDb(false)]) {
        const found = await database.anyRows(verdictSql(rule, one, dialect));
        expect(
          disagreements(
            one,
            found.map((row) => row.verdict),
          ),
        ).toEqual([]);
      }
    }
  });

  test('every rule can be said in PostgreSQL, too (test/postgres holds it against a server)', () => {
    for (const rule of rules.values())
      for (const one of ruleCases(rule, 1)) expect(verdictSql(rule, one, new Postgres()), rule.id).toContain('SELECT');
  });
});
