/**
 * The part of the settings that reading documents needs (names of databases and agencies, vocabulary), without the
 * rest: `csdl extract` answers sooner, and works beside settings that are being edited.
 */
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { readCsv } from './csv-file.ts';
import { ConfigFault, EXIT, Fault, type Problem } from './fault.ts';
import type { Config } from './load.ts';
import { asset } from './package-root.ts';
import { attributesFile } from './schema/attributes.ts';
import { agencyRow, databaseRow } from './schema/registry.ts';
import { isThere } from './system-fault.ts';
import { readYaml } from './yaml-file.ts';

/**
 * @param folder the settings folder of the user, or undefined for the shipped one
 * @throws ConfigFault with every problem of the three files, each at its place
 */
export function loadRegistry(
  folder: string | undefined,
  environment: NodeJS.ProcessEnv,
): Pick<Config, 'databases' | 'agencies' | 'attributes'> {
  const shipped = asset('config');
  const home = folder === undefined ? shipped : resolve(folder);
  if (!isThere(home)) {
    throw new Fault('usage/no-config', `there is no configuration folder ${home}`, {
      exit: EXIT.usage,
      hint: 'csdl init DIR makes one',
    });
  }
  const problems: Problem[] = [];
  const place = (file: string): string => (isThere(join(home, file)) ? join(home, file) : join(shipped, file));
  const csv = <S extends z.ZodObject>(file: string, schema: S): z.output<S>[] => {
    const read = readCsv(place(file), file, schema);
    problems.push(...read.problems);
    return read.rows.map((row) => row.value);
  };
  const databases = csv('databases.csv', databaseRow);
  const agencies = csv('agencies.csv', agencyRow);
  const attributes = readYaml(place('attributes.yaml'), 'attributes.yaml', attributesFile, environment);
  problems.push(...attributes.problems);
  if (problems.length > 0 || attributes.value === null) throw new ConfigFault(problems);
  return { databases, agencies, attributes: attributes.value };
}
