// npm run bench:documents — the whole reading of large texts (bytes to facts), each in a fresh process: time and peak
// memory for 1, 10 and 50 MB of every layout, and both for 10 and 50 MB against 1 MB of the same run. Figures are of this
// machine, now: compare the ratios, not the seconds. A text that is refused shows its code: early is right, late is not.
// `--kind tabs --kind prose` runs some, `--megabytes 1,10` other sizes, `--dist <folder>` another build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const MEGABYTE = 1_000_000;
const option = (name) =>
  process.argv.flatMap((word, at) => (word === `--${name}` ? [process.argv[at + 1] ?? ''] : []));
const dist = resolve(option('dist')[0] ?? new URL('../../dist', import.meta.url).pathname);

const SUBJECTS = ['bảo hiểm', 'hộ tịch điện tử', 'đất đai', 'tàu cá', 'giá', 'chợ và trung tâm thương mại', 'thư viện'];
const BODIES = ['Bộ Tài chính', 'Bộ Tư pháp', 'Bộ Nông nghiệp và Môi trường', 'Bộ Công Thương', 'UBND tỉnh Lào Cai'];
const STATES = [
  'Đã kết nối với Trung tâm dữ liệu quốc gia từ tháng 3/2026, đang đối soát',
  'Chưa làm sạch xong, còn {n} bản ghi thiếu mã định danh',
  'Phần mềm đang nghiệm thu, dự kiến đưa vào dùng trong quý IV/2026',
  'Đạt 11/19 tiêu chí theo bảng tự chấm',
];

/** A row no other row is like, so that nothing read once for many rows hides the cost. */
function row(at) {
  const body = BODIES[at % BODIES.length];
  return {
    task: `Xây dựng, hoàn thành Cơ sở dữ liệu quốc gia về ${SUBJECTS[at % SUBJECTS.length]}, giai đoạn ${at}`,
    basis: `${1 + (at % 300)}/KH-UBX`,
    lead: body,
    deadline: `${1 + (at % 28)}/${1 + (at % 12)}/2026`,
    status: `- ${STATES[at % 4].replace('{n}', String(1000 + at))}.`,
  };
}

const TITLES = ['STT', 'Nội dung nhiệm vụ', 'Văn bản giao', 'Cơ quan chủ trì', 'Thời hạn', 'Tình hình thực hiện'];
const HEADING = '\nPhụ lục\nNHIỆM VỤ QUÁ HẠN\n(cập nhật ngày 15/8/2026)\n\n';
const cells = (at, number) => {
  const { task, basis, lead, deadline, status } = row(at);
  return [String(number), task, basis, lead, deadline, status];
};
const wrap = (text, width) => text.match(new RegExp(`.{1,${width}}(?: |$)`, 'g')).map((line) => line.trim());

/** A table of each layout: what stands over it, one row, and how many rows it has before the next table begins. */
const LAYOUTS = {
  tabs: { rows: 8_000, head: `${HEADING}${TITLES.join('\t')}\n`, row: (at, no) => `${cells(at, no).join('\t')}\n` },
  'tabs, one table': { rows: Infinity, head: `${TITLES.join('\t')}\n`, row: (at, no) => `${cells(at, no).join('\t')}\n` },
  'one cell a line': { rows: 8_000, head: `${HEADING}${TITLES.join('\n')}\n`, row: (at, no) => `${cells(at, no).join('\n')}\n` },
  indented: {
    rows: 8_000,
    head: `${HEADING}${TITLES.map((title) => `\t${title}\n`).join('')}\n`,
    row: (at, no) => `${cells(at, no).map((cell) => `\t${cell}\n`).join('')}\n`,
  },
  wrapped: {
    rows: 300,
    head: `${HEADING}TT Văn bản giao Nội dung nhiệm vụ Thời hạn Cơ quan chủ trì\n\n`,
    row: (at, no) => {
      const { task, basis, lead, deadline } = row(at);
      return `${no}. ${basis} \n${wrap(`${task}, báo cáo kết quả về cơ quan thường trực.`, 48).join(' \n')} \n${deadline} ${lead} \n\n`;
    },
  },
  pipes: {
    rows: 8_000,
    head: `${HEADING}| ${TITLES.join(' | ')} |\n|${TITLES.map(() => '---|').join('')}\n`,
    row: (at, no) => `| ${cells(at, no).join(' | ')} |\n`,
  },
  html: {
    rows: 8_000,
    first: '<!doctype html><html><body>\n',
    last: '</table>\n',
    head: `<p>NHIỆM VỤ QUÁ HẠN</p><table><tr>${TITLES.map((title) => `<th>${title}</th>`).join('')}</tr>\n`,
    row: (at, no) => `<tr>${cells(at, no).map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr>\n`,
  },
  prose: {
    rows: Infinity,
    head: 'BÁO CÁO\n\n',
    row: (at) => `${wrap(`${at}. ${row(at).task}. ${row(at).status.repeat(3)}`, 90).join('\n')}\n${at % 3 === 0 ? '\n' : ''}`,
  },
  'one line': { rows: Infinity, head: '', row: (at) => `${row(at).task}. ${row(at).status} ` },
  'one cell': {
    rows: Infinity,
    head: `${HEADING}${TITLES.join('\t')}\n${cells(0, 1).join('\t')}`,
    row: (at) => ` ${row(at).status}`,
  },
};

function textOf({ rows, head, row: rowOf, first = '', last = '' }, bytes) {
  const pieces = [];
  let size = 0;
  const add = (piece) => {
    pieces.push(piece);
    size += Buffer.byteLength(piece);
  };
  for (let at = 0; size < bytes; at++) {
    if (at === 0 || at % rows === 0) add((at === 0 ? first : last) + head);
    add(rowOf(at, rows === Infinity ? at + 1 : (at % rows) + 1));
  }
  add(last);
  return pieces.join('');
}

/** In the child: reads one file and says what it took. */
async function measure(file) {
  const { loadConfig } = await import(pathToFileURL(join(dist, 'config/load.js')).href);
  const { documentReader, extractBytes } = await import(pathToFileURL(join(dist, 'connectors/document/extract.js')).href);
  const { config } = loadConfig(undefined, process.env);
  const reader = documentReader(config);
  const before = process.resourceUsage().maxRSS;
  const bytes = new Uint8Array(readFileSync(file));
  const used = process.cpuUsage();
  const started = performance.now();
  let said;
  try {
    const read = await extractBytes(bytes, file, config, { received: '2026-08-15' }, reader);
    said = `${read.reduce((sum, one) => sum + one.tasks.length, 0)} tasks, ${read.reduce((sum, one) => sum + one.observations.length, 0)} facts`;
  } catch (fault) {
    said = fault?.code ?? `FAILED ${fault?.message}`;
  }
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  const cpu = user + system;
  const mb = (n) => (n * 1024) / MEGABYTE;
  console.log(JSON.stringify({ ms, cpu: cpu / 1000, mb: mb(process.resourceUsage().maxRSS), start: mb(before), said }));
}

function run(file) {
  const words = [process.argv[1], '--measure', file, '--dist', dist];
  const child = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 600_000 });
  if (child.status === 0) return JSON.parse(child.stdout);
  return { ms: Number.NaN, cpu: Number.NaN, mb: Number.NaN, said: child.signal ?? child.stderr.trim().split('\n').at(-1) };
}

function main() {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-bench-'));
  const sizes = (option('megabytes')[0] ?? '1,10,50').split(',').map(Number);
  const kinds = option('kind').length > 0 ? option('kind') : Object.keys(LAYOUTS);
  const ratio = (value, first) => (first === undefined ? '' : `×${(value / first).toFixed(1)}`);
  const line = (...fields) =>
    console.log(fields.map((field, at) => (at === 0 ? field.padEnd(18) : at > 6 ? `  ${field}` : String(field).padStart(9))).join(''));
  line('layout', 'MB', 'ms', 'CPU ms', 'ratio', 'peak MB', 'ratio', 'read');
  try {
    for (const kind of kinds) {
      let first;
      for (const size of sizes) {
        const file = join(folder, `${size}.txt`);
        writeFileSync(file, textOf(LAYOUTS[kind], size * MEGABYTE));
        const { ms, cpu, mb, said } = run(file);
        line(kind, size, ms.toFixed(0), cpu.toFixed(0), ratio(cpu, first?.cpu), mb.toFixed(0), ratio(mb, first?.mb), said);
        first ??= { cpu, mb };
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [file] = option('measure');
if (file === undefined) main();
else await measure(file);
