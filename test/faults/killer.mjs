// Preloaded into a night that is to die (node --import): counts every change of a file and every statement handed to the engine,
// and kills the process with SIGKILL before the one named (`?at=N`); half of a file that is being written is written first.
// Without `at` it says at the end how many steps there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DuckDBConnection } from '@duckdb/node-api';

const at = Number(new URL(import.meta.url).searchParams.get('at') ?? 0);
const writeFile = fs.writeFileSync;
const writeOut = fs.writeSync;
let steps = 0;

function step(beforeDeath) {
  steps += 1;
  if (steps !== at) return;
  beforeDeath?.();
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const CHANGES = ['renameSync', 'symlinkSync', 'rmSync', 'mkdirSync', 'linkSync', 'copyFileSync', 'fsyncSync', 'writeSync'];
for (const name of CHANGES) {
  const real = fs[name];
  fs[name] = (...given) => {
    step();
    return real(...given);
  };
}
fs.writeFileSync = (path, content, ...rest) => {
  step(() => writeFile(path, content.slice(0, Math.floor(content.length / 2))));
  return writeFile(path, content, ...rest);
};
syncBuiltinESMExports();

for (const name of ['run', 'runAndReadAll']) {
  const real = DuckDBConnection.prototype[name];
  DuckDBConnection.prototype[name] = function (...given) {
    step();
    return real.apply(this, given);
  };
}

if (at === 0) process.on('exit', () => writeOut(2, `{"steps":${steps}}\n`));
