/** What is promised of the reading of documents: precision 0.98 and recall 0.95 of every measured kind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { packageRoot } from '../../config/package-root.ts';
import { documentReader, extractBytes } from '../../connectors/document/extract.ts';
import { readKey } from './key.ts';
import { REQUIRED } from './kinds.ts';
import { measure } from './measure.ts';
import { precision, recall, sumTallies, type Tallies } from './tally.ts';

/** Documents that are kept for an examination and not measured here: names without ending. */
const UNSEEN: readonly string[] = [];

const HELD_OUT = join(packageRoot, 'test', 'eval', 'held-out');
const SEEDS = join(packageRoot, '..', 'shared', 'seeds');
const SEED_KEYS = join(packageRoot, 'test', 'eval', 'keys');
const [LEAST_PRECISION, LEAST_RECALL] = [0.98, 0.95];

const { config } = loadConfig(undefined, {});
const reader = documentReader(config);

/** Documents of a folder that have a key: [name, document, key]. */
function pairs(folder: string, keys: string, idOf: (file: string) => string): [string, string, string][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file): [string, string, string] => [idOf(file), join(folder, file), join(keys, `${idOf(file)}.key.ndjson`)])
    .filter(([id, , key]) => existsSync(key) && !UNSEEN.includes(id))
    .sort(([a], [b]) => a.localeCompare(b));
}

async function measured(path: string, keyPath: string): Promise<Tallies> {
  const read = await extractBytes(readFileSync(path), basename(path), config, { received: '2030-01-01' }, reader);
  return measure(readKey(keyPath), {
    observations: read.flatMap((e) => e.observations.map((f) => f.statement)),
    tasks: read.flatMap((e) => e.tasks.map((f) => f.statement)),
    counts: read.flatMap((e) => e.agencyCounts.map((f) => f.statement)),
    checks: read.flatMap((e) => e.checks.map((f) => f.statement)),
  });
}

/** What is missing (-) and wrong (+) of a kind, one line each, with the document. */
function faults(documents: readonly (readonly [string, Tallies])[], kind: keyof Tallies): string[] {
  return documents.flatMap(([id, tallies]) => [
    ...tallies[kind].misses.map((miss) => `- ${id}: ${miss}`),
    ...tallies[kind].extras.map((extra) => `+ ${id}: ${extra}`),
  ]);
}

function measures(all: readonly [string, string, string][]): void {
  test('there is something to measure', () => {
    expect(all.length).toBeGreaterThan(0);
  });

  test('each kind that the issue names is read well enough, over all documents together', async () => {
    const documents: [string, Tallies][] = [];
    for (const [id, path, key] of all) documents.push([id, await measured(path, key)]);
    const sum = sumTallies(documents.map(([, tallies]) => tallies));
    for (const kind of REQUIRED) {
      const found = [precision(sum[kind]) ?? 1, recall(sum[kind]) ?? 1] as const;
      const message = `${kind}: precision ${found[0].toFixed(3)}, recall ${found[1].toFixed(3)}\n${faults(documents, kind).join('\n')}`;
      expect.soft(found[0], message).toBeGreaterThanOrEqual(LEAST_PRECISION);
      expect.soft(found[1], message).toBeGreaterThanOrEqual(LEAST_RECALL);
    }
  });
}

describe('documents held out (test/eval/held-out)', () => {
  measures(pairs(HELD_OUT, HELD_OUT, (file) => basename(file, '.txt')));
});

describe.skipIf(!existsSync(SEEDS))('the source documents (../shared/seeds)', () => {
  measures(existsSync(SEEDS) ? pairs(SEEDS, SEED_KEYS, (file) => file.split('_')[0] ?? file) : []);
});
