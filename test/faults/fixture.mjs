// A project of four databases on disk and nights of it as real processes: what the suite of faults breaks.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const main = new URL('../../dist/pipeline/cli/main.js', import.meta.url).pathname;

const DATABASES = `database_id,name,kind,row_kind,part_of,agency_id,listed_in,holds_persons,custodian,classification,required_direction,headline_unit,update_frequency,sync_schedule,aliases,note
ho-so-mot,Cơ sở dữ liệu hồ sơ một,quoc_gia,database,,bo-noi-vu,nq71,yes,,open,one_way,hồ sơ,P1D,P1D,,
ho-so-hai,Cơ sở dữ liệu hồ sơ hai,chuyen_nganh,database,,bo-noi-vu,nq71;nq11,no,,unknown,unknown,,,,,
ho-so-ba,Cơ sở dữ liệu hồ sơ ba,chuyen_nganh,database,,bo-y-te,nq71,unknown,,unknown,unknown,,,,,
im-lang,Cơ sở dữ liệu im lặng,chuyen_nganh,database,,bo-tu-phap,other,unknown,,unknown,unknown,,,,,
`;
const DEADLINES = `database_id,due,precision,basis,what,document,row
ho-so-mot,2026-12-31,day,Nghị quyết số 71/NQ-CP,hoàn thành,Báo cáo số 1,1
ho-so-ba,2026-03-31,day,Nghị quyết số 71/NQ-CP,hoàn thành,Báo cáo số 1,2
`;

const fact = (subject, attribute, rest) => ({ type: 'observation', subject_type: 'database', subject_id: subject, attribute, ...rest });
const FIRST = [
  fact('ho-so-mot', 'checklist.met', { value_number: 13, value_total: 19 }),
  fact('ho-so-mot', 'records.count', { value_low: 4_750_000, value_high: 4_850_000, unit: 'hồ sơ', stage: 'thu_thap' }),
  fact('ho-so-mot', 'c12.connection', { value_text: 'one_way' }),
  fact('ho-so-hai', 'data.created', { value_text: 'substantial' }),
  fact('ho-so-hai', 'c12.connection', { value_text: 'none', flags: { holder: 'c12', since: '2026-03-01' } }),
  fact('ho-so-ba', 'software.state', { value_text: 'building' }),
];
const SECOND = [
  fact('ho-so-mot', 'checklist.met', { value_number: 15, value_total: 19 }),
  fact('ho-so-hai', 'c12.connection', { value_text: 'one_way' }),
  fact('ho-so-ba', 'software.state', { value_text: 'operating' }),
];

function ndjson(id, day, facts) {
  const sha256 = createHash('sha256').update(JSON.stringify([id, day, facts])).digest('hex');
  const head = { type: 'document', id, title: `Văn bản ${id}`, stated_at: day, grade: 'E2', said_by: 'owner', sha256 };
  const lines = facts.map((one, i) => ({ document: id, evidence: { line: i + 2 }, ...one }));
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Settings as of the first night (one source) and of the second (two). Gives the folder of each. */
export function makeSettings(folder, editions) {
  const sources = ['mot', 'hai'].map((id) => `  - {id: nguon-${id}, connector: baseline, required: true, options: {path: ${id}.ndjson}}\n`);
  const write = (name, used) => {
    const to = join(folder, name);
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'databases.csv'), DATABASES);
    writeFileSync(join(to, 'deadlines.csv'), DEADLINES);
    writeFileSync(join(to, 'sources.yaml'), `sources:\n${used.join('')}`);
    writeFileSync(join(to, 'publication.yaml'), `iri_base: 'urn:csdl-readiness:'\neditions: [${editions.join(', ')}]\n`);
    writeFileSync(join(to, 'mot.ndjson'), ndjson('mot', '2026-06-27', FIRST));
    writeFileSync(join(to, 'hai.ndjson'), ndjson('hai', '2026-06-30', SECOND));
    return to;
  };
  return { first: write('first', sources.slice(0, 1)), second: write('second', sources) };
}

/** The first night's clock and the second's: a month ends between them, so that the second closes it. */
export const FIRST_NIGHT = '2026-06-28T16:00:00Z';
export const SECOND_NIGHT = '2026-07-01T16:00:00Z';

const here = (file, query) => `${new URL(file, import.meta.url).href}?${new URLSearchParams(query)}`;

/**
 * A night as a process. `wrap` are words put before the command; `onEvent` hears the log, event by event.
 * Resolves when it has ended: `{ code, signal, ms, stdout, stderr, events, steps }`; `child` is there at once.
 */
export function night({ settings, out, clock = { from: SECOND_NIGHT }, killAt, countSteps = false, wrap = [], stdout: into = 'pipe', onEvent }) {
  const shims = ['--import', here('clock.mjs', clock)];
  if (killAt !== undefined || countSteps) shims.push('--import', here('killer.mjs', killAt === undefined ? {} : { at: killAt }));
  const words = [...wrap, process.execPath, ...shims, main, 'run', '--config', settings, '--out', out, '--json', '--log-format', 'json'];
  const started = performance.now();
  const child = spawn(words[0], words.slice(1), { stdio: ['ignore', into, 'pipe'] });
  const events = [];
  let [stdout, stderr, rest, steps] = ['', '', '', 0];
  child.stdout?.setEncoding('utf8').on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    stderr += piece;
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('{')) continue;
      const said = JSON.parse(line);
      steps = said.steps ?? steps;
      if (said.event === undefined) continue;
      events.push(said.event);
      onEvent?.(said.event, child);
    }
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ms: performance.now() - started, stdout, stderr, events, steps }));
  });
  return { child, ended };
}
