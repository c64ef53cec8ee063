/** Which contracts the night measures and where their data lie; all that is wrong with them is found before anything runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ConfigFault, EXIT, Fault, type Problem } from '../../config/fault.ts';
import { type LoadedConfig, shippedFolder } from '../../config/load.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { MeasurementSetting } from '../../config/schema/operation.ts';
import type { PostgresSetting } from '../../config/schema/postgres.ts';
import { isThere } from '../../config/system-fault.ts';
import { hostAndPort, isDeclared } from '../../connectors/declared-hosts.ts';
import type { Table } from '../../scoring/quality/check.ts';
import type { Contract, ContractProblem } from '../../scoring/quality/contract/contract.ts';
import { readContract } from '../../scoring/quality/contract/read-contract.ts';
import { discoverRules } from '../../scoring/quality/discover-rules.ts';
import type { RuleRegistry } from '../../scoring/quality/rule.ts';
import { locateByServers, locateData, locateOnServer } from './locate-data.ts';

export interface Where {
  readonly tables: readonly Table[];
  readonly postgres: PostgresSetting | undefined;
  /** The day of the data, where they are a copy. */
  readonly asOf: string | undefined;
}

export interface PlannedMeasurement extends Where {
  readonly contract: Contract;
  readonly setting: MeasurementSetting | undefined;
  readonly warnings: readonly ContractProblem[];
}

export interface MeasurePlan {
  readonly rules: RuleRegistry;
  readonly measurements: readonly PlannedMeasurement[];
}

/** The folder of contracts: the site's own, else the shipped one. */
function contractsFolder(loaded: LoadedConfig): string {
  const own = join(loaded.home, 'contracts');
  return isThere(own) ? own : join(shippedFolder, 'contracts');
}

/** A contract by path, or by its name in the folder of contracts. @throws Fault `usage/no-contract` */
export function contractPath(loaded: LoadedConfig, named: string): string {
  const folder = contractsFolder(loaded);
  const places = [resolve(named), resolve(loaded.home, named), join(folder, named), join(folder, `${named}.yaml`)];
  const found = places.find((path) => isThere(path) && /\.ya?ml$/i.test(path));
  if (found !== undefined) return found;
  const known = isThere(folder) ? readdirSync(folder).filter((file) => /\.ya?ml$/.test(file)) : [];
  throw new Fault('usage/no-contract', `there is no contract "${named}"`, {
    exit: EXIT.usage,
    hint: didYouMean(named, known) ?? undefined,
  });
}

/** @throws ConfigFault with every error of the contract */
export function openContract(
  path: string,
  rules: RuleRegistry,
): { contract: Contract; problems: readonly ContractProblem[] } {
  const { contract, problems } = readContract(path, basename(path), rules);
  if (contract === null) throw new ConfigFault(problems.filter(({ severity }) => severity === 'error'));
  return { contract, problems };
}

/** Where the operator's settings, else the contract itself, say that the data lie; null when nobody does. */
export function whereIs(loaded: LoadedConfig, contract: Contract, path: string): Where | null {
  const setting = settingOf(loaded, contract, path);
  const asOf = setting?.as_of;
  if (setting?.postgres !== undefined) {
    const { postgres } = setting;
    return {
      tables: locateOnServer(contract, postgres.host, postgres.schema),
      postgres: certified(postgres, loaded.folder),
      asOf,
    };
  }
  const tables =
    setting?.data === undefined ? locateByServers(contract, path) : locateData(contract, setting.data, loaded.folder);
  return tables === null ? null : { tables, postgres: undefined, asOf };
}

function certified(postgres: PostgresSetting, folder: string): PostgresSetting {
  return postgres.ca_file === undefined ? postgres : { ...postgres, ca_file: resolve(folder, postgres.ca_file) };
}

function settingOf(loaded: LoadedConfig, contract: Contract, path: string): MeasurementSetting | undefined {
  const names = [contract.id, basename(path), `contracts/${basename(path)}`];
  return loaded.config.sources.measure.find((setting) => names.includes(setting.contract));
}

/**
 * The contracts of the folder whose data somebody located. A night without any reads no contract at all.
 * @param all also look at contracts without data (for `csdl check`)
 */
export async function planMeasurements(
  loaded: LoadedConfig,
  problems: Problem[],
  all = false,
): Promise<MeasurePlan | null> {
  const folder = contractsFolder(loaded);
  const files = isThere(folder)
    ? readdirSync(folder)
        .filter((file) => /\.ya?ml$/i.test(file))
        .sort()
    : [];
  const settings = loaded.config.sources.measure;
  const own = folder !== join(shippedFolder, 'contracts');
  const asked = files.filter(
    (file) => settings.length > 0 || (all && own) || /^servers\s*:/m.test(readFileSync(join(folder, file), 'utf8')),
  );
  const place = loaded.files.yaml.sources;
  if (asked.length === 0 && settings.length === 0) return null;
  const rules = await discoverRules();
  const measurements: PlannedMeasurement[] = [];
  const named = new Set<MeasurementSetting>();
  for (const file of asked) {
    const path = join(folder, file);
    const read = readContract(path, `contracts/${file}`, rules);
    problems.push(...read.problems.filter(({ severity }) => severity === 'error').map(withoutSeverity));
    const setting = settings.find((s) => [file, `contracts/${file}`, read.contract?.id].includes(s.contract));
    if (setting !== undefined) named.add(setting);
    if (read.contract === null) continue;
    const planned = planOne(loaded, read.contract, path, setting, read.problems, problems);
    if (planned !== null) measurements.push(planned);
  }
  for (const [i, setting] of settings.entries())
    if (!named.has(setting) && place !== undefined)
      problems.push(
        place.problem(
          ['measure', i, 'contract'],
          'config/unknown-contract',
          `there is no contract "${setting.contract}" in contracts/`,
          didYouMean(setting.contract, files),
        ),
      );
  return { rules, measurements };
}

function planOne(
  loaded: LoadedConfig,
  contract: Contract,
  path: string,
  setting: MeasurementSetting | undefined,
  found: readonly ContractProblem[],
  problems: Problem[],
): PlannedMeasurement | null {
  const report = (code: string, message: string, hint: string | null = null): null => {
    problems.push({ file: `contracts/${basename(path)}`, line: null, column: null, key: '', code, message, hint });
    return null;
  };
  let where: Where | null;
  try {
    where = whereIs(loaded, contract, path);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return report(error.code, error.message, error.hint ?? null);
  }
  if (where === null)
    return setting === undefined
      ? null
      : report('config/no-data', 'nothing says where its data lie', 'write data or postgres in sources.yaml');
  const ids = loaded.config.databases.filter((d) => d.row_kind === 'database').map((d) => d.database_id);
  if (!ids.includes(contract.databaseId))
    return report(
      'config/unknown-database',
      `"${contract.databaseId}" is not a database of the catalogue`,
      didYouMean(contract.databaseId, ids),
    );
  const server = where.postgres;
  if (server !== undefined && !isDeclared(hostAndPort(server.host, server.port), loaded.config.sources.hosts))
    return report('config/undeclared-host', `the host "${server.host}" is not listed under hosts in sources.yaml`);
  return { ...where, contract, setting, warnings: found.filter(({ severity }) => severity === 'warning') };
}

function withoutSeverity({ severity: _severity, ...problem }: ContractProblem): Problem {
  return problem;
}
