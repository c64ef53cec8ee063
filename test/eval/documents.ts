/**
 * npm run eval:documents — precision and recall of the reading of documents, per kind and per document, against the
 * answer keys made by hand. `--held-out` measures the invented documents of held-out/ instead of the seeds, `--verbose`
 * lists every miss and every extra, `--json` prints the tallies; further words name documents ("002", "a2").
 * Exit code 4 when a kind of `REQUIRED` is below precision 0.98 or recall 0.95 over all documents.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { packageRoot } from '../../config/package-root.ts';
import { extractBytes } from '../../connectors/document/extract.ts';
import type { Extraction } from '../../connectors/document/extraction.ts';
import { readKey } from './key.ts';
import { KINDS, REQUIRED } from './kinds.ts';
import { measure, type ReadFacts } from './measure.ts';
import { precision, recall, sumTallies, type Tallies, type Tally } from './tally.ts';

const [LEAST_PRECISION, LEAST_RECALL] = [0.98, 0.95];
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const has = (flag: string) => process.argv.includes(`--${flag}`);
const write = (line: string) => process.stdout.write(`${line}\n`);

const folder = has('held-out')
  ? join(packageRoot, 'test', 'eval', 'held-out')
  : join(packageRoot, '..', 'shared', 'seeds');
const keys = has('held-out') ? folder : join(packageRoot, 'test', 'eval', 'keys');

function facts(extractions: readonly Extraction[]): ReadFacts {
  return {
    observations: extractions.flatMap((e) => e.observations.map((f) => f.statement)),
    tasks: extractions.flatMap((e) => e.tasks.map((f) => f.statement)),
    counts: extractions.flatMap((e) => e.agencyCounts.map((f) => f.statement)),
    checks: extractions.flatMap((e) => e.checks.map((f) => f.statement)),
  };
}

const share = (value: number | null) => (value === null ? '–' : value.toFixed(3));
const reached = (tally: Tally) => (precision(tally) ?? 1) >= LEAST_PRECISION && (recall(tally) ?? 1) >= LEAST_RECALL;

function print(title: string, tallies: Tallies): void {
  write(`\n${title}`);
  write(
    `  ${'kind'.padEnd(18)}${['key', 'right', 'missing', 'wrong', 'precision', 'recall', 'details'].map((h) => h.padStart(10)).join('')}`,
  );
  for (const kind of KINDS) {
    const tally = tallies[kind];
    if (tally.right + tally.missing + tally.wrong === 0) continue;
    const cells = [
      tally.right + tally.missing,
      tally.right,
      tally.missing,
      tally.wrong,
      share(precision(tally)),
      share(recall(tally)),
      tally.details === 0 ? '' : `${tally.detailsRight}/${tally.details}`,
    ];
    const mark = REQUIRED.has(kind) && !reached(tally) ? '  below' : '';
    write(`  ${kind.padEnd(18)}${cells.map((c) => String(c).padStart(10)).join('')}${mark}`);
  }
  if (!has('verbose')) return;
  for (const kind of KINDS) {
    for (const miss of tallies[kind].misses) write(`  - ${kind}: ${miss}`);
    for (const extra of tallies[kind].extras) write(`  + ${kind}: ${extra}`);
    for (const difference of tallies[kind].differences) write(`  ~ ${kind}: ${difference}`);
  }
}

async function main(): Promise<number> {
  if (!existsSync(folder)) {
    process.stderr.write(`${folder} is not there: nothing measured\n`);
    return 0;
  }
  const { config } = loadConfig(undefined, process.env);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => ({ file, id: has('held-out') ? basename(file, '.txt') : (file.split('_')[0] ?? file) }))
    .filter(({ id }) => existsSync(join(keys, `${id}.key.ndjson`)) && (words.length === 0 || words.includes(id)))
    .sort((a, b) => a.id.localeCompare(b.id));
  const measured: { id: string; ms: number; tallies: Tallies }[] = [];
  for (const { file, id } of names) {
    const key = readKey(join(keys, `${id}.key.ndjson`));
    const bytes = readFileSync(join(folder, file));
    const started = performance.now();
    const extractions = await extractBytes(bytes, file, config, { received: '2026-06-29' });
    const ms = performance.now() - started;
    measured.push({ id, ms, tallies: measure(key, facts(extractions)) });
  }
  const all = sumTallies(measured.map((m) => m.tallies));
  const enough = [...REQUIRED].every((kind) => reached(all[kind]));
  if (has('json')) {
    write(JSON.stringify({ documents: measured, all, enough }));
  } else {
    for (const { id, ms, tallies } of measured) print(`${id} (${ms.toFixed(0)} ms)`, tallies);
    const total = measured.reduce((sum, m) => sum + m.ms, 0);
    // What is listed under a document is not listed again under the sum.
    for (const kind of KINDS) Object.assign(all[kind], { misses: [], extras: [], differences: [] });
    print(`all ${measured.length} documents (${total.toFixed(0)} ms)`, all);
  }
  return enough ? 0 : 4;
}

process.exitCode = await main();
