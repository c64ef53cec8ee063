/** Gathers the problems of one contract, each at the place where it was written. */
import type { YamlSource } from '../../../config/yaml-file.ts';
import type { ContractProblem } from './contract.ts';

export type Path = readonly PropertyKey[];

export class ContractReport {
  readonly problems: ContractProblem[] = [];
  readonly #source: YamlSource;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  /** Something that would silently not be checked. */
  error(path: Path, code: string, message: string, hint: string | null = null, atKey = false): undefined {
    this.problems.push({ severity: 'error', ...this.#source.problem(path, `contract/${code}`, message, hint, atKey) });
    return undefined;
  }

  warn(path: Path, code: string, message: string, hint: string | null = null, atKey = false): undefined {
    this.problems.push({
      severity: 'warning',
      ...this.#source.problem(path, `contract/${code}`, message, hint, atKey),
    });
    return undefined;
  }
}
