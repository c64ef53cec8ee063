import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { CANARY_CONTRACT, CANARY_ROWS, dataFile } from '../../support/contract-files.ts';
import { folderWith } from '../../support/folders.ts';

const folder = folderWith({ 'contract.yaml': CANARY_CONTRACT });
let base: string[] = [];
beforeAll(async () => {
  const data = await dataFile(folder, 'person.parquet', CANARY_ROWS);
  base = ['profile', '--contract', join(folder, 'contract.yaml'), '--data', data, '-q', '--failing'];
});

describe('csdl profile --failing', () => {
  test('one rule: a query the owner runs as it is', async () => {
    const said = await csdl([...base, 'id_form']);
    expect([said.exit, said.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    const [, query = ''] = /-- id_form: the rows that fail\n([\s\S]*);\n$/.exec(said.stdout) ?? [];
    const database = await Database.open();
    expect(await database.anyRows(query)).toEqual([{ code: 'CANARY-KEY-7' }, { code: 'CANARY-KEY-7' }]);
    database.close();
  });

  test('all rules, each with its query or why there is none', async () => {
    const said = await csdl([...base, '--json']);
    const found = jsonOf(said) as { rule_id: string; sql: string | null; note: string; problem: string | null }[];
    expect(found.filter(({ sql }) => sql === null).map(({ rule_id, problem }) => [rule_id, problem])).toEqual([
      ['rows', null],
      ['cast', null],
      ['text', null],
      ['file', null],
      ['person.gone.nullValues', 'column_not_found'],
    ]);
    const text = (await csdl(base)).stdout;
    for (const { rule_id } of found) expect(text).toContain(`-- ${rule_id}: `);
  });

  test('an unknown rule is told, with the nearest', async () => {
    const said = await csdl([...base, 'id_frm']);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain('the contract has no rule "id_frm"');
    expect(said.stderr).toContain('id_form');
  });
});
