/**
 * Turns the package in the working directory into one that carries what it needs for one processor. Rule: what is named is
 * there, so that npm has nothing to look for; the engine's binding says so of the other platforms, too.
 * Usage: node bundle.mjs x64|arm64
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [cpu] = process.argv.slice(2);
const edit = (path, change) => {
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
};

edit('package.json', (manifest) => {
  for (const key of ['overrides', 'scripts']) delete manifest[key];
  manifest.os = ['linux'];
  manifest.cpu = [cpu];
  // The C library the engine was built for.
  manifest.libc = ['glibc'];
  manifest.bundleDependencies = Object.keys(manifest.dependencies);
});

edit('node_modules/@duckdb/node-bindings/package.json', (manifest) => {
  const there = Object.entries(manifest.optionalDependencies).filter(([name]) => existsSync(`node_modules/${name}`));
  if (there.length !== 1) throw new Error(`expected one binding of the engine for ${cpu}, found ${there.length}`);
  manifest.optionalDependencies = Object.fromEntries(there);
});
