// A reader that opens a published file and keeps it open: for each line on stdin it answers with one line of JSON, the newest run
// and the rows of every table as it sees them. `node hold.mjs FILE [FOLDER OF node_modules]`.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [file, modules] = process.argv.slice(2);
const require = createRequire(modules === undefined ? import.meta.url : join(modules, 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows();

async function seen() {
  const found = {};
  for (const [name] of await rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1"))
    found[name] = (await rows(`FROM "${name}"`)).length;
  const [[run]] = await rows('SELECT max(run_id) FROM run');
  return { run, tables: found };
}

for await (const _line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(await seen())}\n`);
