/** Finds the publication a command reads; says what to do when there is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import { outPaths } from '../paths.ts';

/** Path of the published database of `--out`. */
export function publishedDatabase(out: string): string {
  const path = join(outPaths(out).current, 'csdl.duckdb');
  if (!existsSync(path)) {
    throw new Fault('usage/no-publication', `there is no publication in ${out}`, {
      exit: EXIT.usage,
      hint: 'csdl run makes one; --out names its folder',
    });
  }
  return path;
}
