/**
 * Last step of `npm run build`: the console as it is served, in dist/reports/console/served. The page and the library become
 * one module; of DuckDB's three builds only `eh` (no threads, no cross-origin isolation) is taken, compressed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const target = join(root, 'dist', 'reports', 'console', 'served');
const library = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));
const { version } = JSON.parse(readFileSync(join(library, '..', 'package.json'), 'utf8'));

mkdirSync(target, { recursive: true });
await build({
  input: join(here, 'page', 'page.ts'),
  platform: 'browser',
  tsconfig: join(here, 'page', 'tsconfig.json'),
  output: { file: join(target, 'page.js'), format: 'esm', minify: true },
  logLevel: 'warn',
});

const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n');
writeFileSync(
  join(target, 'duckdb-browser-eh.worker.js'),
  withoutMap(readFileSync(join(library, 'duckdb-browser-eh.worker.js'), 'utf8')),
);

// What is bundled keeps its licences. The library ships no text; it is under the MIT licence as DuckDB is, whose text is here.
const arrow = dirname(createRequire(join(library, 'x.js')).resolve('apache-arrow'));
const flatbuffers = join(dirname(createRequire(join(arrow, 'x.js')).resolve('flatbuffers')), '..');
const mit = readFileSync(join(root, 'node_modules', '@duckdb', 'node-bindings', 'LICENSE'), 'utf8');
const notices = [
  `@duckdb/duckdb-wasm ${version}, Copyright 2021 DuckDB WASM Contributors; DuckDB\n\n${mit}`,
  `apache-arrow\n\n${readFileSync(join(arrow, 'NOTICE.txt'), 'utf8')}\n${readFileSync(join(arrow, 'LICENSE.txt'), 'utf8')}`,
  `flatbuffers\n\n${readFileSync(join(flatbuffers, 'LICENSE'), 'utf8')}`,
];
writeFileSync(join(target, 'THIRD-PARTY.txt'), notices.join(`\n\n${'='.repeat(80)}\n\n`));

// Compressing 34 MB takes seconds: once for each version.
const engine = join(target, 'duckdb-eh.wasm.gz');
const made = join(target, 'version.txt');
if (!existsSync(engine) || !existsSync(made) || readFileSync(made, 'utf8') !== version) {
  writeFileSync(engine, gzipSync(readFileSync(join(library, 'duckdb-eh.wasm')), { level: 9 }));
  writeFileSync(made, version);
}
