// npm run bench:exports — what the exports of a night cost: a register of N databases of 20 agencies with seven facts
// each, two whole nights in fresh processes, then reports and exports of the last one by themselves in this process.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../dist/config/load.js';
import { Database } from '../../dist/pipeline/database/database.js';
import { exportPublication, exportTables } from '../../dist/pipeline/stages/export.js';
import { metaOf, readRenderTables, render, reportContext } from '../../dist/pipeline/stages/render.js';

const main = new URL('../../dist/pipeline/cli/main.js', import.meta.url).pathname;
const say = (name, value) => process.stdout.write(`${name.padEnd(40)} ${value}\n`);
const AGENCIES = ['bo-noi-vu', 'bo-y-te', 'bo-tu-phap', 'bo-tai-chinh', 'bo-xay-dung', 'bo-cong-an', 'bo-ngoai-giao', 'bo-khoa-hoc-va-cong-nghe'];
const STATES = { 'c12.connection': ['none', 'one_way', 'two_way', 'in_progress'], 'c12.sync': ['none', 'partial', 'full'], 'c06.cleaning': ['own_only', 'in_progress', 'done'], 'software.state': ['building', 'operating'], 'legal.basis': ['drafting', 'in_force'] };

function project(folder, n) {
  const ids = Array.from({ length: n }, (_, i) => `co-so-du-lieu-${i + 1}`);
  const agencies = loadConfig(undefined, {}).config.agencies.map((row) => row.agency_id).filter((id) => AGENCIES.includes(id) || id.startsWith('bo-')).slice(0, 20);
  const head = 'database_id,name,kind,row_kind,part_of,agency_id,listed_in,holds_persons,custodian,classification,required_direction,headline_unit,update_frequency,sync_schedule,aliases,note';
  const rows = ids.map((id, i) => `${id},Cơ sở dữ liệu số ${i + 1},chuyen_nganh,database,,${agencies[i % agencies.length]},nq71,unknown,,open,unknown,,,,,`);
  const facts = ids.flatMap((id, i) => [
    { attribute: 'checklist.met', value_number: i % 20, value_total: 19 },
    { attribute: 'records.count', value_number: 1000 + i, unit: 'hồ sơ', stage: 'nhap' },
    ...Object.entries(STATES).map(([attribute, states]) => ({ attribute, value_text: states[i % states.length] })),
  ].map((fact, k) => ({ type: 'observation', document: 'van-ban', subject_type: 'database', subject_id: id, evidence: { line: i * 7 + k + 2 }, ...fact })));
  const document = { type: 'document', id: 'van-ban', title: 'Văn bản', stated_at: '2026-06-29', grade: 'E2', said_by: 'owner', sha256: 'a'.repeat(64) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'databases.csv'), `${[head, ...rows].join('\n')}\n`);
  writeFileSync(join(folder, 'deadlines.csv'), 'database_id,due,precision,basis,what,document,row\n');
  writeFileSync(join(folder, 'facts.ndjson'), [document, ...facts].map((line) => `${JSON.stringify(line)}\n`).join(''));
  writeFileSync(join(folder, 'sources.yaml'), 'as_of: 2026-06-29\nsources:\n  - {id: van-ban, connector: baseline, required: true, options: {path: facts.ndjson}}\n');
}

for (const n of process.argv.slice(2).map(Number).filter((one) => one > 0).concat(process.argv.length > 2 ? [] : [116, 4000])) {
  const root = mkdtempSync(join(tmpdir(), 'csdl-bench-'));
  const [settings, out] = [join(root, 'config'), join(root, 'out')];
  try {
    project(settings, n);
    for (const which of ['first night', 'second night']) {
      const started = performance.now();
      const probe = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const u = process.resourceUsage(); process.stderr.write('peak ' + u.maxRSS + ' cpu ' + (u.userCPUTime + u.systemCPUTime) + '\\n'); })")}`;
      const told = execFileSync('bash', ['-c', '"$0" --import "$1" "$2" run --config "$3" --out "$4" --quiet --json 2>&1 >/dev/null', process.execPath, probe, main, settings, out], { encoding: 'utf8' });
      const [, peak, cpu] = /peak (\d+) cpu (\d+)/.exec(told) ?? [];
      say(`${n} databases, ${which}`, `${((performance.now() - started) / 1000).toFixed(2)} s, cpu ${(Number(cpu) / 1e6).toFixed(2)} s, peak ${(Number(peak) / 1024).toFixed(0)} MB`);
    }
    const { config } = loadConfig(settings, {});
    const path = join(out, 'current', 'csdl.duckdb');
    const database = await Database.open({ path, readOnly: true });
    const input = { config, runId: 'x', asOf: '2026-06-29', publishedAt: new Date('2026-06-29T16:00:00Z'), edition: 'noi_bo', schema: 'main' };
    let [started, cpu] = [performance.now(), process.cpuUsage()];
    const lap = (name) => {
      const used = process.cpuUsage(cpu);
      say(`  ${name}`, `${((performance.now() - started) / 1000).toFixed(2)} s, cpu ${((used.user + used.system) / 1e6).toFixed(2)} s`);
      [started, cpu] = [performance.now(), process.cpuUsage()];
    };
    const ctx = reportContext(await readRenderTables(database, input), input);
    lap('reading the published rows');
    // Files are made as they are asked for.
    for (const _ of render(ctx));
    lap('site');
    database.close();
    await exportPublication(root, ctx, []);
    await exportTables(path, root, metaOf(input));
    lap('exports');
    const files = readdirSync(join(root, 'exports'));
    const bytes = files.reduce((sum, name) => sum + statSync(join(root, 'exports', name)).size, 0);
    say('  files of exports', `${files.length}, ${(bytes / 1e6).toFixed(1)} MB`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
