/** Step of `npm run build`: the YAML files that are shipped with the settings, as JSON beside the compiled program. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type CompiledYaml, compiledPath, hashOfText } from './compiled-yaml.ts';
import { asset } from './package-root.ts';
import { readYaml, textOfFile } from './yaml-file.ts';

/** @throws Error for a shipped file that is broken, or that JSON cannot say */
function compile(path: string): [hash: string, json: string] {
  const { value, problems } = readYaml(path, path, z.unknown(), null);
  if (problems[0] !== undefined) throw new Error(`${path}: ${problems[0].message}`);
  const json = JSON.stringify(value);
  if (!isDeepStrictEqual(JSON.parse(json), value)) throw new Error(`${path}: JSON cannot say what it says`);
  return [hashOfText(textOfFile(path)), json];
}

// What an earlier build wrote would answer in place of the parser.
rmSync(compiledPath, { force: true });
const paths = ['', 'labels', 'contracts'].flatMap((folder) =>
  readdirSync(asset('config', folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(asset('config', folder), name)),
);
const table: CompiledYaml = Object.fromEntries(paths.map(compile));
writeFileSync(compiledPath, JSON.stringify(table));
