/** What no single file can know: ids that must exist elsewhere, scales that need values, sums that must hold. */
import type { Problem } from '../fault.ts';
import type { Config, ReadFiles } from '../load.ts';
import { checkOperation } from './operation.ts';
import { checkRegistry, type Report } from './registry.ts';
import { checkRegistryTime } from './registry-time.ts';
import { checkScoring } from './scoring.ts';
import { checkVocabulary } from './vocabulary.ts';

/** All problems between the files; each file by itself was already checked. */
export function crossCheck(config: Config, files: ReadFiles): Problem[] {
  const problems: Problem[] = [];
  const inCsv: Report = (file, line, key, code, message, hint = null) =>
    problems.push({ file: `${file}.csv`, line, column: null, key, code, message, hint });
  const inYaml = (
    file: string,
    path: PropertyKey[],
    code: string,
    message: string,
    hint: string | null = null,
  ): void => {
    const source = files.yaml[file];
    if (source) problems.push(source.problem(path, code, message, hint));
  };
  checkRegistry(config, files, inCsv);
  checkRegistryTime(config, files, inCsv);
  checkVocabulary(config, inYaml);
  checkScoring(config, inYaml);
  checkOperation(config, inYaml);
  return problems;
}
