/** Private engines for tests of connectors alone: as closed as the program's own, without its limits. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { QueryPort } from '../../connectors/contract.ts';

export const testQueryPort: QueryPort = {
  async session(files, work) {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
    await connection.run(`SET TimeZone = 'UTC'; SET allowed_paths = [${list}]; SET enable_external_access = false`);
    await connection.run('SET lock_configuration = true');
    try {
      return await work({
        rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[],
        run: async (sql) => void (await connection.run(sql)),
        table: () => Promise.reject(new Error('not in this stand-in')),
      });
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  },
};
