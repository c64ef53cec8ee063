// npm run bench:run — one whole night on the shipped facts, as a user starts it: wall time and peak memory of fresh
// processes, first night and following nights. Figures are of this machine, now; compare them within one run only.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 7;
const main = new URL('../../dist/pipeline/cli/main.js', import.meta.url).pathname;
const out = mkdtempSync(join(tmpdir(), 'csdl-bench-'));
// Peak resident set of the child, printed when it ends.
const probe = `data:text/javascript,${encodeURIComponent("process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))")}`;

const nights = [];
try {
  for (let i = 0; i < RUNS; i++) {
    const started = performance.now();
    const peak = execFileSync(
      'bash',
      ['-c', '"$0" --import "$1" "$2" run --out "$3" --quiet --json 2>&1 >/dev/null', process.execPath, probe, main, out],
      { encoding: 'utf8' },
    );
    nights.push({ ms: performance.now() - started, mb: Number(/peak (\d+)/.exec(peak)?.[1]) / 1024 });
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
const bare = [];
for (let i = 0; i < RUNS; i++) {
  const started = performance.now();
  execFileSync(process.execPath, [main, '--version']);
  bare.push(performance.now() - started);
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const line = (name, value) => process.stdout.write(`${name.padEnd(34)} ${value}\n`);
line('first night, wall', `${(nights[0].ms / 1000).toFixed(2)} s`);
line('following nights, wall, median', `${(median(nights.slice(1).map((n) => n.ms)) / 1000).toFixed(2)} s`);
line('peak memory', `${Math.max(...nights.map((n) => n.mb)).toFixed(0)} MB`);
line('of which starting the program', `${(median(bare) / 1000).toFixed(2)} s`);
