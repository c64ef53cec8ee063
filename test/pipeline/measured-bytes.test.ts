/**
 * Does anything of the records that are measured get into what a night leaves? The engine of the measuring and that of the store
 * share a process, and so its memory. Records in PostgreSQL: `test/postgres/measured-bytes.test.ts`.
 */
import { join } from 'node:path';
import { test } from 'vitest';
import { dataFile } from '../support/contract-files.ts';
import { canarySettings, expectNothingKept, MARK, NUMBER, ROWS } from '../support/measured-canary.ts';

test('no byte of a measured record is in the store, a publication, an export, the scratch folder or the log', async () => {
  const config = canarySettings('data: data/person.parquet, as_of: 2026-06-29');
  // Short values lie in the vectors of the engine themselves, long ones in its heap of strings.
  const query = `SELECT '${MARK}k' || (i % 39000) AS code, '${MARK}' || md5(i::VARCHAR) AS id, '${MARK} ' || i || ' Nguyễn Văn  A' AS name,
    '${MARK}/13/' || (1900 + i % 99) AS born, '${MARK}p' || i AS parent, ${NUMBER} + i % 2 AS salary FROM range(${ROWS}) AS t(i)`;
  await dataFile(join(config, 'data'), 'person.parquet', query);
  await expectNothingKept(config);
}, 120_000);
