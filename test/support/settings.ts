/** The shipped settings as text, to be broken on purpose, and what the program says of the broken ones. */
import { readFileSync } from 'node:fs';
import type { Problem } from '../../config/fault.ts';
import { type LoadedConfig, tryLoadConfig } from '../../config/load.ts';
import { asset } from '../../config/package-root.ts';
import { folderWith } from './folders.ts';

/** Text of a shipped settings file. */
export function shippedText(file: string): string {
  return readFileSync(asset('config', file), 'utf8');
}

/** The shipped file with one piece of text changed. @throws when the piece is not there: the test would prove nothing */
export function changed(file: string, from: string, to: string): string {
  const text = shippedText(file);
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return text.replace(from, () => to);
}

/** Line (from 1) of the first occurrence of `piece` in `text`. */
export function lineOf(text: string, piece: string): number {
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`no ${piece}`);
  return text.slice(0, at).split('\n').length;
}

export function load(
  files: Readonly<Record<string, string | Buffer>>,
  environment: Readonly<Record<string, string>> = {},
): { loaded: LoadedConfig | null; problems: Problem[] } {
  return tryLoadConfig(folderWith(files), environment);
}

/** All problems of a folder with these files (whatever is missing is the shipped one). */
export function problemsOf(
  files: Readonly<Record<string, string | Buffer>>,
  environment: Readonly<Record<string, string>> = {},
): Problem[] {
  return load(files, environment).problems;
}

/** The one problem of a folder with these files. @throws when there is none, or more than one */
export function problemOf(
  files: Readonly<Record<string, string | Buffer>>,
  environment: Readonly<Record<string, string>> = {},
): Problem {
  const problems = problemsOf(files, environment);
  const [problem] = problems;
  if (problem === undefined || problems.length > 1)
    throw new Error(`${problems.length} problems: ${JSON.stringify(problems, null, 1)}`);
  return problem;
}

/** How a settings file names an environment variable. */
export function variable(name: string): string {
  return `$\{${name}}`;
}
