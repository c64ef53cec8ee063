/** Which places the night reconciles; all that is wrong with the settings is found before anything runs. */
import { resolve } from 'node:path';
import { Fault, type Problem } from '../../config/fault.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { ReconcilePlace, ReconcileSetting } from '../../config/schema/reconcile.ts';
import { hostAndPort, isDeclared } from '../../connectors/declared-hosts.ts';
import { placeInFiles, placeOnServer, type ReconcileInput, type RecordPlace } from './reconcile-places.ts';

export interface PlannedReconciliation {
  readonly setting: ReconcileSetting;
  readonly left: RecordPlace;
  readonly right: RecordPlace;
}

/** What a planned entry asks to be compared, and under which limits. */
export function reconcileInput(
  { setting, left, right }: PlannedReconciliation,
  where: Pick<ReconcileInput, 'scratch' | 'signal'>,
): ReconcileInput {
  return {
    left,
    right,
    key: setting.key,
    columns: setting.columns,
    tidy: setting.tidy,
    salt: setting.salt,
    memoryLimit: setting.memory,
    timeLimitMs: setting.budget_seconds * 1000,
    ...where,
  };
}

export function planReconciliations(loaded: LoadedConfig, problems: Problem[]): PlannedReconciliation[] {
  const ids = loaded.config.databases.filter((d) => d.row_kind === 'database').map((d) => d.database_id);
  const file = loaded.files.yaml.sources;
  return loaded.config.sources.reconcile.flatMap((setting, i) => {
    const report = (key: string, code: string, message: string, hint: string | null): null => {
      if (file !== undefined) problems.push(file.problem(['reconcile', i, key], code, message, hint));
      return null;
    };
    if (!ids.includes(setting.database))
      report(
        'database',
        'config/unknown-database',
        `"${setting.database}" is not a database of the catalogue`,
        didYouMean(setting.database, ids),
      );
    const place = (side: 'left' | 'right'): RecordPlace | null => {
      const server = setting[side].postgres;
      if (server !== undefined && !isDeclared(hostAndPort(server.host, server.port), loaded.config.sources.hosts))
        return report(
          side,
          'config/undeclared-host',
          `the host "${server.host}" is not listed under hosts in sources.yaml`,
          null,
        );
      try {
        return locatePlace(setting[side], side, loaded.folder);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return report(side, error.code, error.message, error.hint ?? null);
      }
    };
    const [left, right] = [place('left'), place('right')];
    return left === null || right === null ? [] : [{ setting, left, right }];
  });
}

/** @throws Fault `usage/…` */
function locatePlace({ data, postgres, table }: ReconcilePlace, side: 'left' | 'right', folder: string): RecordPlace {
  if (postgres === undefined) return placeInFiles(data ?? '', folder, side);
  const { ca_file: ca } = postgres;
  const server = ca === undefined ? postgres : { ...postgres, ca_file: resolve(folder, ca) };
  return placeOnServer(server, table ?? '', side);
}
