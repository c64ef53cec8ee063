/** Stage plan: loads and checks every setting, the options of every source included, before any network or disk write. */
import { ConfigFault, EXIT, Fault, type Problem } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import { readTranslation } from '../../config/label-files.ts';
import { type LoadedConfig, tryLoadConfig } from '../../config/load.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { SourceSetting } from '../../config/schema/operation.ts';
import type { LabelFile } from '../../config/translation.ts';
import { issueProblem } from '../../config/zod-problem.ts';
import type { Connector } from '../../connectors/contract.ts';
import { isDeclared } from '../../connectors/declared-hosts.ts';
import { connectorIds, discoverConnectors } from '../../connectors/discover.ts';
import { readScoringSql } from '../../scoring/read.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import type { Bundle } from '../bundle.ts';
import { notificationProblems } from '../notify/context.ts';
import { type MeasurePlan, planMeasurements } from './plan-measure.ts';
import type { PlannedReconciliation } from './plan-reconcile.ts';

export interface PlannedSource {
  setting: SourceSetting;
  connector: Connector;
  options: unknown;
}

export interface Plan {
  loaded: LoadedConfig;
  scoring: ScoringSql;
  sources: PlannedSource[];
  /** Contracts whose data somebody located; null when there is none. */
  measure: MeasurePlan | null;
  /** Records in two places that are compared. */
  reconcile: readonly PlannedReconciliation[];
  /** The words of pages and of the table `label` in other languages. */
  translations: { en: LabelFile };
}

/**
 * Every problem of the settings, and the plan when there is none.
 * @param probe also look whether each source can be used now (for `csdl check`); a run finds that out source by source,
 *   since one that is missing tonight must not stop the others
 */
export async function tryPlan(
  configFolder: string | undefined,
  environment: NodeJS.ProcessEnv,
  probe = false,
): Promise<{ plan: Plan | null; problems: Problem[] }> {
  const { loaded, problems } = tryLoadConfig(configFolder, environment);
  const connectors = await discoverConnectors(new Set(loaded.config.sources.sources.map((s) => s.connector)));
  const sources: PlannedSource[] = [];
  loaded.config.sources.sources.forEach((setting, index) => {
    const planned = planSource(setting, index, connectors, loaded, problems, probe);
    if (planned !== null) sources.push(planned);
  });
  const scoring = readScoringSql();
  problems.push(...indicatorProblems(loaded, scoring));
  const measure = await planMeasurements(loaded, problems, probe);
  const reconcile = await planReconciliations(loaded, problems);
  problems.push(...notificationProblems(loaded));
  const english = readTranslation(loaded.home, 'en', environment);
  problems.push(...english.problems);
  const translations = { en: english.words };
  const plan = { loaded, scoring, sources, measure, reconcile, translations };
  return { plan: problems.length === 0 ? plan : null, problems };
}

/** What compares records of two places, and the drivers it needs, is loaded where there is something to compare. */
async function planReconciliations(loaded: LoadedConfig, problems: Problem[]): Promise<PlannedReconciliation[]> {
  if (loaded.config.sources.reconcile.length === 0) return [];
  return (await import('./plan-reconcile.ts')).planReconciliations(loaded, problems);
}

/** @throws ConfigFault with every problem */
export async function makePlan(configFolder: string | undefined, environment: NodeJS.ProcessEnv): Promise<Plan> {
  const { plan, problems } = await tryPlan(configFolder, environment);
  if (plan === null) throw new ConfigFault(problems);
  return plan;
}

/** Settings and SQL as a run of now would keep them. @throws ConfigFault with every problem */
export async function bundleOfToday(configFolder: string | undefined, environment: NodeJS.ProcessEnv): Promise<Bundle> {
  const { loaded, scoring } = await makePlan(configFolder, environment);
  return { config: loaded.config, scoring };
}

/**
 * The sources named, in the order of the settings; all when none is named.
 * @throws Fault `usage/unknown-source` with the nearest name
 */
export function onlyAsked(sources: readonly PlannedSource[], only: readonly string[] | undefined): PlannedSource[] {
  const ids = sources.map((source) => source.setting.id);
  const unknown = only?.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new Fault('usage/unknown-source', `there is no source "${unknown}" in sources.yaml`, {
      exit: EXIT.usage,
      hint: didYouMean(unknown, ids) ?? 'csdl list sources shows them',
    });
  }
  return only === undefined ? [...sources] : sources.filter((source) => only.includes(source.setting.id));
}

function planSource(
  setting: SourceSetting,
  index: number,
  connectors: Map<string, Connector>,
  loaded: LoadedConfig,
  problems: Problem[],
  probe: boolean,
): PlannedSource | null {
  const place = loaded.files.yaml.sources;
  const at = ['sources', index];
  const report = (path: PropertyKey[], code: string, message: string, hint: string | null, atKey = false): null => {
    if (place) problems.push(place.problem(path, code, mask(message, loaded.secrets), hint, atKey));
    return null;
  };
  const connector = connectors.get(setting.connector);
  if (connector === undefined) {
    return report(
      [...at, 'connector'],
      'config/unknown-connector',
      `"${setting.connector}" is not a connector`,
      didYouMean(setting.connector, connectorIds()),
    );
  }
  const parsed = connector.options.safeParse(setting.options);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      for (const found of issueProblem(issue, connector.options, setting.options)) {
        report([...at, 'options', ...found.path], found.code, found.message, found.hint, found.atKey);
      }
    }
    return null;
  }
  for (const host of connector.hosts?.(parsed.data) ?? []) {
    if (isDeclared(host, loaded.config.sources.hosts)) continue;
    report(
      [...at, 'options'],
      'config/undeclared-host',
      `asks ${host}, which is not among the \`hosts\` of sources.yaml`,
      `add "${host.replace(/:\d+$/, '')}" to hosts, if it may be asked`,
    );
  }
  if (connector.needsTrust === true && setting.trust === undefined) {
    return report(
      [...at],
      'config/missing-trust',
      `"${setting.id}" says itself who speaks and how strongly; without \`trust\` it could confirm its own claims`,
      'add trust: {grade: E3, said_by: [owner]}',
    );
  }
  const trouble = probe ? (connector.check?.(parsed.data, loaded.folder) ?? null) : null;
  if (trouble !== null) return report([...at, 'options'], 'config/unusable-source', trouble, null);
  return { setting, connector, options: parsed.data };
}

/** Every indicator of scoring.yaml needs its SQL file; a file without a weight is an indicator that a site left out. */
function indicatorProblems(loaded: LoadedConfig, scoring: ScoringSql): Problem[] {
  const place = loaded.files.yaml.scoring;
  if (place === undefined) return [];
  const files = scoring.files.filter((file) => file.family === 'indicator').map((file) => file.id);
  const settings = Object.entries(loaded.config.scoring.pillars).flatMap(([pillar, p]) =>
    Object.keys(p.indicators).map((id) => ({ pillar, id })),
  );
  return settings
    .filter(({ id }) => !files.includes(id))
    .map(({ pillar, id }) =>
      place.problem(
        ['pillars', pillar, 'indicators', id],
        'config/unknown-indicator',
        `there is no indicator "${id}"`,
        didYouMean(id, files),
        true,
      ),
    );
}
