// npm run bench:nightly — one night without network over stores of many nights, as an operator starts it: wall time, peak
// memory and where the time goes, in fresh processes. Figures are of this machine, now; compare them within one run only.
//   --databases 116 --nights 30,730 --rounds 3 [--keep FOLDER]
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayAfter, fillNights, night, writeFeed, writeSettings } from './stored-nights.mjs';

const { values } = parseArgs({
  options: {
    databases: { type: 'string', default: '116' },
    nights: { type: 'string', default: '30,730' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'string' },
  },
});
const databases = Number(values.databases);
const rounds = Number(values.rounds);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'csdl-bench-'));
const line = (text = '') => process.stdout.write(`${text}\n`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

const medians = [];
try {
  for (const stored of values.nights.split(',').map(Number)) {
    // The last night is today's: the clock of the program is the real one.
    const first = dayAfter(new Date().toISOString().slice(0, 10), -stored - rounds + 1);
    const place = join(folder, `nights-${stored}`);
    mkdirSync(place, { recursive: true });
    const [config, out] = [join(place, 'config'), join(place, 'out')];
    const ids = writeSettings(config, databases);
    const facts = writeFeed(config, ids, first, 0);
    night(config, out, first);
    const rows = await fillNights(out, first, 1, stored - 2);
    // The last stored night is a real one: it brings what is derived up to date, as every night does.
    writeFeed(config, ids, dayAfter(first, stored - 1), stored - 1);
    const warm = night(config, out, dayAfter(first, stored - 1));
    const size = statSync(join(out, 'store', 'store.duckdb')).size / 1e6;
    line(`${databases} databases, ${stored} nights stored, ${rows.toLocaleString('en')} observations, ${facts.toLocaleString('en')} a night, store ${size.toFixed(0)} MB (first real night ${seconds(warm.ms)})`);
    const nights = [];
    for (let i = 0; i < rounds; i++) {
      writeFeed(config, ids, dayAfter(first, stored + i), stored + i);
      nights.push(night(config, out, dayAfter(first, stored + i)));
    }
    medians.push({ stored, ms: median(nights.map((n) => n.ms)) });
    line(`  a night: ${nights.map((n) => seconds(n.ms)).join(', ')} (processor ${nights.map((n) => seconds(n.cpu)).join(', ')}); peak ${Math.max(...nights.map((n) => n.mb)).toFixed(0)} MB`);
    const shown = nights.find((n) => n.ms === median(nights.map((m) => m.ms)));
    line('  where the time goes (seconds since the first event, event):');
    const start = Date.parse(shown.events[0].time);
    for (const event of shown.events) if (event.time !== undefined && !event.event.includes('source')) line(`    ${((Date.parse(event.time) - start) / 1000).toFixed(2).padStart(6)}  ${event.event}${event.ms === undefined ? '' : ` (${event.ms} ms)`}`);
  }
  if (medians.length > 1) {
    const [first, last] = [medians[0], medians.at(-1)];
    line(`${last.stored} nights stored take ${(last.ms / first.ms).toFixed(2)} × the time of ${first.stored}`);
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
