// What has to hold of an `out` folder: at once after a night was killed, and after the next one. Each gives sentences; none is good.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Rows of queries against a file, opened for reading only. */
async function inFile(path, work) {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY', threads: '1' });
  const connection = await instance.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A link to a publication: it leads to a whole one, whose tables can be read. */
async function publicationTroubles(out, link, mayLack) {
  const folder = join(out, link);
  if (!existsSync(folder)) return mayLack ? [] : [`${link} leads nowhere`];
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const bad = Object.entries(files).filter(
    ([name, facts]) => !existsSync(join(folder, name)) || statSync(join(folder, name)).size !== facts.bytes || sha256(join(folder, name)) !== facts.sha256,
  );
  const [{ n }] = await inFile(join(folder, 'csdl.duckdb'), (rows) => rows('SELECT count(*)::INTEGER AS n FROM readiness'));
  return [...bad.map(([name]) => `${link}/${name} is not as the manifest says`), ...(n === 4 ? [] : [`readiness has ${n} rows`])];
}

/** Right after a kill: what is published is whole, the status can be read, the store opens. */
export async function afterKill(out, { wasPublished }) {
  const troubles = await publicationTroubles(out, 'current', !wasPublished);
  troubles.push(...(await publicationTroubles(out, 'chia_se', true)));
  if (existsSync(join(out, 'status.json'))) JSON.parse(readFileSync(join(out, 'status.json'), 'utf8'));
  else if (wasPublished) troubles.push('status.json is gone');
  const store = join(out, 'store', 'store.duckdb');
  if (existsSync(store)) {
    const copy = mkdtempSync(join(tmpdir(), 'csdl-store-'));
    try {
      for (const end of ['', '.wal']) if (existsSync(store + end)) copyFileSync(store + end, join(copy, `store.duckdb${end}`));
      await inFile(join(copy, 'store.duckdb'), (rows) => rows('SELECT count(*) FROM observation'));
    } catch (error) {
      troubles.push(`the store does not open: ${error.message}`);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  } else if (wasPublished) troubles.push('the store is gone');
  return troubles;
}

/** Columns that say which run or when, and nothing of what is known. */
const OF_THE_RUN = new Set(['run_id', 'collected_at', 'known_at', 'started_at', 'finished_at', 'published_at', 'received_at', 'read_at', 'last_tried_at', 'last_answered_at', 'last_good_at', 'ms']);
const TABLES_OF_THE_RUN = new Set(['run', 'source_health', 'rejection', 'source_memory', 'latest_state', 'migration', 'archived_month']);

async function tables(path) {
  return inFile(path, async (rows) => {
    const found = {};
    const names = await rows("SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1");
    for (const { name } of names) {
      if (TABLES_OF_THE_RUN.has(name)) continue;
      const lines = (await rows(`FROM "${name}"`)).map((row) =>
        JSON.stringify(Object.fromEntries(Object.entries(row).filter(([column]) => !OF_THE_RUN.has(column)))),
      );
      found[name] = lines.sort().join('\n');
    }
    return found;
  });
}

/** Everything that must be the same however often the night was killed: published tables of each edition, store, whole log. */
export async function picture(out) {
  const log = join(out, 'current', 'exports', 'observation', '*.parquet');
  const [ids] = await inFile(join(out, 'csdl.duckdb'), (rows) =>
    rows(`SELECT count(*)::INTEGER AS n, count(DISTINCT id)::INTEGER AS d, md5(string_agg(id, ',' ORDER BY id)) AS ids FROM read_parquet('${log}')`),
  );
  const shared = existsSync(join(out, 'chia_se')) ? await tables(join(out, 'chia_se', 'csdl.duckdb')) : {};
  const store = await tables(join(out, 'store', 'store.duckdb'));
  return { log: JSON.stringify(ids), ...named('', await tables(join(out, 'csdl.duckdb'))), ...named('chia_se.', shared), ...named('store.', store) };
}

const named = (prefix, found) => Object.fromEntries(Object.entries(found).map(([name, text]) => [prefix + name, text]));

/** After the night that ended by itself: everything as in the twin that nobody killed, and nothing left lying about. */
export async function afterNight(out, twin) {
  const troubles = await publicationTroubles(out, 'current', false);
  if (twin['chia_se.readiness'] !== undefined) troubles.push(...(await publicationTroubles(out, 'chia_se', false)));
  const seen = await picture(out);
  for (const name of new Set([...Object.keys(twin), ...Object.keys(seen)]))
    if (seen[name] !== twin[name]) troubles.push(`${name} differs from the undisturbed twin`);
  const open = await inFile(join(out, 'store', 'store.duckdb'), (rows) =>
    rows("SELECT run_id, state FROM run WHERE state IN ('running', 'publishing')"),
  );
  if (open.length > 0) troubles.push(`the ledger says ${JSON.stringify(open)}`);
  const status = JSON.parse(readFileSync(join(out, 'status.json'), 'utf8'));
  if (!status.published || readlinkSync(join(out, 'current')) !== join('publications', status.run_id)) troubles.push('status.json is not of the night');
  const recorded = await inFile(join(out, 'store', 'store.duckdb'), (rows) => rows("SELECT run_id FROM run WHERE state = 'published'"));
  const known = new Set(recorded.map((row) => row.run_id));
  for (const name of readdirSync(join(out, 'publications'))) {
    if (!existsSync(join(out, 'publications', name, 'manifest.json'))) troubles.push(`${name} lies unfinished in publications`);
    else if (!known.has(name.replace(/-chia_se$/, ''))) troubles.push(`${name} is of no published run`);
  }
  for (const folder of ['.', 'store', 'store/bundles', 'store/observation'])
    for (const name of existsSync(join(out, folder)) ? readdirSync(join(out, folder)) : [])
      if (/\.(new|new-\d+|stale-\d+|wal)$|^run\.lock$/.test(name)) troubles.push(`${folder}/${name} was left`);
  const scratch = join(out, 'store', 'scratch');
  if (existsSync(scratch) && readdirSync(scratch).length > 0) troubles.push('something was left in store/scratch');
  return troubles;
}
