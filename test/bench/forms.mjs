// npm run bench:forms — reads filled forms as the connector does, in a fresh process: time and peak memory for 34 forms of
// 100 databases each (every database changed, every column and criterion filled in), and for one form alone. Figures are of
// this machine, now. `--forms 5 --databases 20` other sizes, `--dist <folder>` another build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MEGABYTE = 1_000_000;
const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const dist = resolve(option('dist', fileURLToPath(new URL('../../dist', import.meta.url))));
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const FORMS = Number(option('forms', '34'));
const DATABASES = Number(option('databases', '100'));
const PERIOD = '2026-06-29';
/** Goals: seconds for all forms, megabytes at the highest. */
const GOAL = { seconds: 20, megabytes: 500 };

/** The shipped settings with as many databases of as many agencies. */
async function settings() {
  const { loadConfig } = await load('config/load.js');
  const { config } = loadConfig(undefined, {});
  const [base] = config.databases;
  const agencies = config.agencies.filter((one) => one.valid_to === null).slice(0, FORMS);
  if (agencies.length < FORMS) throw new Error(`the registry has ${agencies.length} agencies only`);
  const databases = agencies.flatMap(({ agency_id: agency }, a) =>
    Array.from({ length: DATABASES }, (_, i) => ({
      ...base,
      database_id: `csdl-${a + 1}-${i + 1}`,
      name: `Cơ sở dữ liệu về lĩnh vực thứ ${i + 1} của nhóm ${a + 1}`,
      agency_id: agency,
      aliases: [],
    })),
  );
  return { config: { ...config, databases }, agencies };
}

async function writeForms(folder) {
  const [{ Labels }, { buildForm }, { templateFile }] = await Promise.all(
    ['config/labels.js', 'config/form/form.js', 'reports/form/template.js'].map(load),
  );
  const { config, agencies } = await settings();
  const labels = new Labels(config.labels);
  let bytes = 0;
  for (const { agency_id: agencyId } of agencies) {
    const form = buildForm(config, labels, { agencyId, period: PERIOD });
    const status = new Map(form.databases.map(({ id }, i) => [id, row(i)]));
    const states = ['met', 'in_progress', 'unmet'];
    const criteria = new Map(
      form.databases.map(({ id }, i) => [id, new Map(form.criteria.map((one, j) => [one, states[(i + j) % 3]]))]),
    );
    const localities = form.databases.map(({ id }, i) => ({ database: id, role: 'reported', done: i % 34, total: 34, unit: 'địa phương' }));
    const prefill = { status, criteria, localities };
    const file = templateFile({ form, labels, config, prefill, asOf: PERIOD, publication: 'run', madeAt: new Date(0) });
    bytes += file.length;
    writeFileSync(join(folder, `${agencyId}.xlsx`), file);
  }
  return bytes;
}

function row(i) {
  return {
    change: 'changed',
    software: 'trial',
    extent: 'whole',
    records: 1_000 + i,
    unit: 'hồ sơ',
    precision: 'exact',
    stage: 'nhap_csdl',
    expected: 5_000 + i,
    c12_connection: 'one_way',
    c12_sync: 'in_progress',
    synced_on: '2026-06-20',
    c06_connection: 'none',
    cleaning: 'own_only',
    security: 'in_progress',
    blocked_by: 'budget',
    waiting_for: 'Bộ Tài chính',
    waiting_since: '2026-03-01',
  };
}

/** In the fresh process: one night's reading of the folder. */
async function readForms(folder) {
  const [{ default: connector }, { silentLog }] = await Promise.all(['connectors/sources/spreadsheet.js', 'config/log.js'].map(load));
  const { config: registry } = await settings();
  const start = performance.now();
  const count = { statement: 0, rejection: 0 };
  const meter = { tries: 0, bytes: 0 };
  const context = { sourceId: 's', folder, log: silentLog, signal: new AbortController().signal, registry, meter };
  for await (const piece of connector.collect(connector.options.parse({ path: '.' }), context)) count[piece.kind]++;
  const seconds = (performance.now() - start) / 1_000;
  const megabytes = (process.resourceUsage().maxRSS * 1_024) / MEGABYTE;
  process.stdout.write(JSON.stringify({ ...count, seconds, megabytes }));
}

function measured(folder) {
  const argv = [fileURLToPath(import.meta.url), '--read', folder, '--forms', String(FORMS), '--databases', String(DATABASES), '--dist', dist];
  const said = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (said.status !== 0) throw new Error(said.stderr);
  return JSON.parse(said.stdout);
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-forms-'));
  try {
    const start = performance.now();
    const bytes = await writeForms(folder);
    const written = ((performance.now() - start) / 1_000).toFixed(1);
    process.stdout.write(`${FORMS} forms of ${DATABASES} databases, ${(bytes / MEGABYTE).toFixed(1)} MB, written in ${written} s\n`);
    const all = measured(folder);
    const good = all.seconds < GOAL.seconds && all.megabytes < GOAL.megabytes && all.rejection === 0;
    process.stdout.write(
      `read in ${all.seconds.toFixed(1)} s (goal ${GOAL.seconds}), at most ${all.megabytes.toFixed(0)} MB (goal ${GOAL.megabytes}): ` +
        `${all.statement} statements, ${all.rejection} rejections\n`,
    );
    if (!good) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const folder = option('read', '');
if (folder !== '' && statSync(folder).isDirectory()) await readForms(folder);
else await main();
