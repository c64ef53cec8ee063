// Makes a store that looks as if the program had run every night: one real night, then the same facts day after day with
// new values and ids, written by SQL; ledger, health of the sources and history go along. Deterministic.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { NODE_FLAGS } from '../../dist/pipeline/schedule/installation.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const program = join(root, 'dist/pipeline/cli/main.js');

/** Measured, reported and itemised facts of one database and night: about sixty, as a ministry with machines gives them. */
const UNITS = ['hồ sơ', 'bản ghi', 'người', 'lao động', 'cơ sở'];
const ROLES = ['reported', 'data_entered', 'deployed', 'trained', 'access_granted', 'exploiting'];
const QUALITY = ['matched', 'validity', 'cross_field', 'mandatory', 'unique_key', 'standard_form', 'reference', 'freshness'];

/** The day `n` days after `day`, as YYYY-MM-DD. */
export function dayAfter(day, n) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** A folder of settings with `databases` databases and a feed that speaks of each of them. */
export function writeSettings(folder, databases) {
  cpSync(join(root, 'config'), folder, {
    recursive: true,
    filter: (path) => !/\.ts$|schema|cross-check|form$/.test(path),
  });
  const file = join(folder, 'databases.csv');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const columns = lines[0].split(',').length;
  const agencies = ['bo-noi-vu', 'bo-tai-chinh', 'bo-y-te', 'bo-cong-thuong', 'bo-tu-phap', 'bo-xay-dung', 'bo-ngoai-giao'];
  const extra = [];
  for (let i = lines.length - 1; i < databases; i++) {
    const row = [`may-${i}`, `Cơ sở dữ liệu số ${i}`, 'chuyen_nganh', 'database', '', agencies[i % agencies.length], 'nq71', 'yes', '', 'open', 'one_way'];
    extra.push([...row, ...Array(columns - row.length).fill('')].join(','));
  }
  writeFileSync(file, `${[...lines, ...extra].join('\n')}\n`);
  const sources = join(folder, 'sources.yaml');
  const text = readFileSync(sources, 'utf8').replace(/^as_of:.*$/m, '');
  const trust = '{grade: E4, said_by: [receiver, system, owner, assessor]}';
  writeFileSync(sources, `${text}\n  - {id: may-do, connector: baseline, trust: ${trust}, options: {path: feed.ndjson}}\n`);
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1).filter((line) => !line.includes(',umbrella,')).map((line) => line.split(',')[0]);
}

/** Writes what the feed says on `day`: sixty facts a database. */
export function writeFeed(folder, ids, day, n) {
  const stated = `${day}T01:00:00+07:00`;
  const document = `may-do-${day}`;
  const head = { type: 'document', id: document, title: `Số liệu đo ngày ${day}`, date: day, stated_at: stated, grade: 'E4', said_by: 'receiver', sha256: day.replaceAll('-', '').padEnd(64, '0'), rejections: 0 };
  const lines = [JSON.stringify(head)];
  ids.forEach((id, i) => {
    const say = (attribute, value, said_by = 'system') =>
      lines.push(JSON.stringify({ type: 'observation', document, subject_type: 'database', subject_id: id, modality: 'done', extent: 'whole', flags: {}, shared_n: 1, attribute, said_by, grade: 'E4', confidence: 1, evidence: { row: lines.length + 1 }, ...value }));
    const wave = (i * 7 + n) % 20;
    say('checklist.met', { value_number: Math.min(19, 5 + Math.floor((n + i) / 60) % 15), value_total: 19 }, 'owner');
    for (let c = 1; c <= 19; c++) say(`criterion.tc${String(c).padStart(2, '0')}`, { value_text: (c + i + Math.floor(n / 90)) % 5 === 0 ? 'in_progress' : 'met' }, 'owner');
    UNITS.forEach((unit, u) => say('records.count', { value_number: 100_000 + i * 100 + u * 1000 + n * 10, unit, stage: 'nhap_csdl' }));
    say('records.expected', { value_number: 150_000 + i * 100, unit: 'hồ sơ', flags: { source: 'đề án' } });
    ROLES.forEach((role, r) => say('units.ratio', { value_number: Math.min(34, 20 + r + Math.floor(n / 100)), value_total: 34, unit: 'địa phương', role }, 'owner'));
    say('c12.connection', { value_text: wave === 0 ? 'interrupted' : 'one_way' }, 'receiver');
    say('c12.sync', { value_text: wave < 3 ? 'in_progress' : 'full' }, 'receiver');
    say('c12.sync.window', { value_number: 990 + wave, value_total: 1010, flags: { days: 30, batches: 30, succeeded: 29, last_success: day } });
    say('c06.connection', { value_text: 'one_way' }, 'receiver');
    say('c06.cleaning', { value_text: wave < 10 ? 'in_progress' : 'done' }, 'receiver');
    say('c06.reconciliation', { value_number: 90_000 + n, value_total: 100_000 }, 'receiver');
    for (const target of ['ho_ten', 'ngay_sinh', 'gioi_tinh', 'noi_sinh']) say('c06.mismatch', { value_number: 100 + wave, value_total: 100_000, target }, 'receiver');
    for (const target of ['csdl-dat-dai', 'csdl-ho-tich', 'csdl-thue', 'csdl-bao-hiem']) say('other_db.connection', { value_text: 'one_way', target });
    say('security.assessment', { value_text: wave < 2 ? 'remediated' : 'passed' }, 'assessor');
    say('software.state', { value_text: 'operating' });
    say('update.mode', { value_text: 'auto' });
    say('update.last', { value_time: `${day}T00:30:00+07:00` });
    QUALITY.forEach((q) => say(`quality.${q}`, { value_number: 99_000 + wave * 10, value_total: 100_000 }));
    say('quality.identifier', { value_number: 100_000, value_total: 100_000 });
    say('probe.available', { value_number: 1, value_total: 1, target: 'api', flags: { status: 200, latency_ms: 40 } });
  });
  writeFileSync(join(folder, 'feed.ndjson'), `${lines.join('\n')}\n`);
  return lines.length - 1;
}

const atExit = "process.on('exit', () => process.stderr.write(JSON.stringify({ peak: process.resourceUsage().maxRSS, cpu: process.cpuUsage() }) + '\\n'))";
const probe = `data:text/javascript,${encodeURIComponent(atExit)}`;

/** One night as the machine starts it (csdl schedule): wall time, peak memory and the log's events. */
export function night(config, out, day) {
  const started = performance.now();
  const log = execFileSync(
    'bash',
    ['-c', `"$0" ${NODE_FLAGS.join(' ')} --import "$1" "$2" run --config "$3" --out "$4" --as-of "$5" --log-format json 2>&1 >/dev/null`, process.execPath, probe, program, config, out, day],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  const ms = performance.now() - started;
  const events = log.trim().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const end = events.find((event) => event.peak);
  return { ms, mb: end.peak / 1024, cpu: (end.cpu.user + end.cpu.system) / 1000, events };
}

/** Fills the store with nights `from` … `to` (days after `first`), made of its first night, oldest first. */
export async function fillNights(out, first, from, to) {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '4GB', threads: '2' });
  const db = await instance.connect();
  mkdirSync(join(out, 'store'), { recursive: true });
  await db.run(`ATTACH '${join(out, 'store', 'store.duckdb')}' AS store`);
  const names = async (table) =>
    (await db.runAndReadAll(`SELECT column_name FROM duckdb_columns() WHERE database_name = 'store' AND table_name = '${table}' ORDER BY column_index`)).getRows().map(([name]) => name);
  const copy = async (table, where, changed, order = '') => {
    const columns = await names(table);
    const list = columns.map((name) => `"${name}"`).join(', ');
    const values = columns.map((name) => changed[name] ?? `t."${name}"`).join(', ');
    await db.run(`INSERT INTO store.${table} (${list}) SELECT ${values} FROM (SELECT * FROM store.${table} WHERE ${where}) AS t, range(${from}, ${to + 1}) AS d(n) ${order}`);
  };
  const later = (column) => `t.${column} + to_days(d.n::INTEGER)`;
  const run = `concat('night-', d.n)`;
  const [[firstRun]] = (await db.runAndReadAll(`SELECT run_id FROM store.run WHERE as_of = DATE '${first}' ORDER BY started_at LIMIT 1`)).getRows();
  // Month by month, so that the rows stand in order of arrival without sorting all of them at once.
  const target = [from, to];
  for (let start = target[0]; start <= target[1]; start += 30) {
    [from, to] = [start, Math.min(start + 29, target[1])];
    const vary = `hash(t.subject_id, t.attribute, d.n)`;
    await copy(
      'observation',
      `source_id = 'may-do' AND run_id = '${firstRun}'`,
      {
        id: 'md5(concat(t.id, d.n))',
        value_number: `CASE WHEN t.attribute = 'records.count' THEN t.value_number + d.n * 10 WHEN t.attribute LIKE 'quality.%' THEN t.value_total - (${vary} % 800)::DOUBLE ELSE t.value_number END`,
        observed_at: later('observed_at'),
        stated_at: later('stated_at'),
        // Learnt in the evening of its day, so that months close as they do in life.
        collected_at: `t.visible_on + to_days(d.n::INTEGER) + INTERVAL 18 HOUR`,
        visible_on: `(${later('visible_on')})::DATE`,
        run_id: run,
        evidence_date: `(${later('evidence_date')})::DATE`,
      },
      'ORDER BY d.n',
    );
  }
  [from, to] = target;
  await copy('run', `run_id = '${firstRun}'`, { run_id: run, as_of: `(${later('as_of')})::DATE`, started_at: `t.as_of + to_days(d.n::INTEGER) + INTERVAL 18 HOUR`, finished_at: `t.as_of + to_days(d.n::INTEGER) + INTERVAL 19 HOUR` });
  await copy('source_health', `run_id = '${firstRun}'`, { run_id: run });
  await copy('score_history', `as_of = DATE '${first}'`, { as_of: `(${later('as_of')})::DATE`, floor: `round(t.floor * (0.9 + 0.1 * (d.n % 10) / 10), 1)` });
  await db.run('DELETE FROM store.latest_state; CHECKPOINT store');
  const [[rows]] = (await db.runAndReadAll('SELECT count(*) FROM store.observation')).getRows();
  db.closeSync();
  instance.closeSync();
  return Number(rows);
}
