/**
 * The YAML files that come with the program, read when it is built: half a second of every start otherwise. A file is found by
 * the hash of its text, so that one somebody has changed, and every file of a clone that was not built, is parsed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Written by `compile-yaml.ts` beside the compiled program; there is none beside the sources. */
export const compiledPath = fileURLToPath(new URL('compiled-yaml.json', import.meta.url));

/** JSON of each file by the hash of its text. */
export type CompiledYaml = Readonly<Record<string, string>>;

let table: CompiledYaml | undefined;

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the text says, before variables are expanded; undefined where it was not there when the program was built. */
export function compiledYaml(text: string): { plain: unknown } | undefined {
  table ??= existsSync(compiledPath) ? (JSON.parse(readFileSync(compiledPath, 'utf8')) as CompiledYaml) : {};
  const json = table[hashOfText(text)];
  // Parsed anew each time: no reader sees what another one did to it.
  return json === undefined ? undefined : { plain: JSON.parse(json) };
}
