import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csdl, jsonOf } from '../../support/cli.ts';
import { dataFile } from '../../support/contract-files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const contract = (id: string): string => `apiVersion: v3.1.0
kind: DataContract
id: ${id}
version: 1.0.0
status: active
schema:
  - name: t
    quality: [{id: many, metric: rowCount, mustBeGreaterThan: 1000}]
    properties:
      - {name: id, logicalType: string, primaryKey: true}
      - {name: n, logicalType: integer, required: true, quality: [{id: small, metric: invalidValues, mustBe: 0, arguments: {validValues: [1]}}]}
`;

async function night(id: string) {
  const config = temporaryFolder();
  mkdirSync(join(config, 'contracts'));
  writeFileSync(join(config, 'contracts', 'c.yaml'), contract(id));
  const document = { type: 'document', id: 'd', title: 'd', stated_at: '2026-06-29', grade: 'E2', said_by: 'owner' };
  writeFileSync(join(config, 'facts.ndjson'), `${JSON.stringify({ ...document, sha256: 'a'.repeat(64) })}\n`);
  writeFileSync(
    join(config, 'sources.yaml'),
    'as_of: 2026-06-29\nsources:\n  - {id: facts, connector: baseline, options: {path: facts.ndjson}}\nmeasure:\n  - {contract: c.yaml, data: t.parquet, as_of: 2026-06-29}\n',
  );
  await dataFile(
    config,
    't.parquet',
    'SELECT i::VARCHAR AS id, CASE WHEN i < 3 THEN 2 ELSE 1 END AS n FROM range(0, 341) AS r(i)',
  );
  const out = temporaryFolder();
  const said = await csdl(['run', '--config', config, '--out', out, '--json', '-q']);
  expect(said.exit, said.stderr).toBe(0);
  const ask = async (sql: string) => jsonOf(await csdl(['sql', '--out', out, sql, '--json']));
  return {
    texts: await ask("SELECT text FROM finding WHERE kind = 'rule_not_met' ORDER BY text"),
    results: await ask(
      "SELECT numerator::INTEGER AS n, denominator::INTEGER AS of, percent_met, counts_restricted FROM quality_result WHERE rule_id = 'small'",
    ),
  };
}

test('a rule that is not met: counts, its id, and how the owner gets the query', async () => {
  const { texts, results } = await night('nguoi-lao-dong');
  expect(texts).toEqual([
    {
      text: expect.stringMatching(
        /quy tắc many \(t\) chưa đạt ở toàn bảng .*csdl profile --contract nguoi-lao-dong --failing many$/,
      ),
    },
    {
      text: expect.stringMatching(
        /quy tắc small \(t\.n\) chưa đạt ở 3 trên 341 bản ghi \(đo ngày 29\/6\/2026\).*csdl profile --contract nguoi-lao-dong --failing small$/,
      ),
    },
  ]);
  expect(results).toEqual([{ n: 338, of: 341, percent_met: 99.1, counts_restricted: false }]);
});

test('of a database whose amounts are not told, a share; the table says what another edition leaves out', async () => {
  const { texts, results } = await night('xuat-nhap-canh');
  expect(JSON.stringify(texts)).toContain('chưa đạt ở 0,9% số bản ghi');
  expect(JSON.stringify(texts)).not.toContain('341');
  expect(results).toEqual([{ n: 338, of: 341, percent_met: 99.1, counts_restricted: true }]);
});
