/** The program's own files, as text, for the tests that keep the rules of the house. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../../config/package-root.ts';

export const ROOMS = ['config', 'connectors', 'scoring', 'reports', 'pipeline'] as const;

export interface SourceFile {
  /** Path from the package root, with slashes. */
  path: string;
  text: string;
}

/** Files below the given folders whose names end in one of `endings`, sorted. */
export function filesBelow(folders: readonly string[], endings: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort()
    .map((path) => ({ path: relative(packageRoot, path), text: readFileSync(path, 'utf8') }));
}

/** The TypeScript of the program, without its tests. */
export function programFiles(): SourceFile[] {
  return filesBelow(ROOMS, ['.ts']);
}

export interface Import {
  from: string;
  /** Path from the package root, or the bare name of a package. */
  to: string;
  typeOnly: boolean;
}

/** Every import and re-export of a file. */
export function importsOf(file: SourceFile): Import[] {
  const code = withoutComments(file.text);
  const found = [
    ...code.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'/gm),
    ...code.matchAll(/^import\s+()'([^']+)'/gm),
    ...code.matchAll(/\bimport\(()\s*'([^']+)'/g),
  ];
  return found.map(([, type, name = '']) => ({
    from: file.path,
    to: name.startsWith('.') ? relative('/', join('/', dirname(file.path), name)) : name,
    typeOnly: type !== undefined && type !== '',
  }));
}

/** The code with its comments blanked out (line breaks stay, so that lines can be counted). */
export function withoutComments(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text.replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (part) => (part.startsWith('/*') || part.startsWith('//') ? blank(part) : part),
  );
}

/** Lines (from 1) of `text` on which `pattern` is found, as `path:line`. */
export function places(file: SourceFile, text: string, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file.path}:${i + 1}`] : []));
}
