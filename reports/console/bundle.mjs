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
  input: join(here, 'page', 'console.ts'),
  platform: 'browser',
  tsconfig: join(here, 'page', 'tsconfig.json'),
  output: { file: join(target, 'console.js'), format: 'esm', minify: true },
  logLevel: 'warn',
});

const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n');
writeFileSync(
  join(target, 'duckdb-browser-eh.worker.js'),
  withoutMap(readFileSync(join(library, 'duckdb-browser-eh.worker.js'), 'utf8')),
);

// Compressing 34 MB takes seconds: once for each version.
const engine = join(target, 'duckdb-eh.wasm.gz');
const made = join(target, 'version.txt');
if (!existsSync(engine) || !existsSync(made) || readFileSync(made, 'utf8') !== version) {
  writeFileSync(engine, gzipSync(readFileSync(join(library, 'duckdb-eh.wasm')), { level: 9 }));
  writeFileSync(made, version);
}
