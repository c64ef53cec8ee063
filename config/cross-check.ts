/** What no single file can know: ids that must exist elsewhere, scales that need values, sums that must hold. */
import type { Problem } from './fault.ts';
import type { Config, ReadFiles } from './load.ts';
import { didYouMean } from './nearest.ts';
import { LISTED_IN } from './schema/registry.ts';

type Report = (
  file: string,
  line: number | null,
  key: string,
  code: string,
  message: string,
  hint?: string | null,
) => void;

/** Common multiple up to which pillar sums are exact (lcm of 1 … 22): no pillar may weigh more. */
export const MAX_PILLAR_WEIGHT = 22;

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
  checkVocabulary(config, inYaml);
  checkScoring(config, inYaml);
  checkOperation(config, inYaml);
  return problems;
}

function lineOf(files: ReadFiles, file: string, index: number): number | null {
  return files.csv[file]?.[index]?.line ?? null;
}

function checkRegistry(config: Config, files: ReadFiles, report: Report): void {
  const agencies = new Set(config.agencies.map((a) => a.agency_id));
  const databases = new Set(config.databases.map((d) => d.database_id));
  const unique = (file: string, ids: string[]): void => {
    const seen = new Map<string, number>();
    ids.forEach((id, i) => {
      const first = seen.get(id);
      if (first === undefined) seen.set(id, i);
      else
        report(
          file,
          lineOf(files, file, i),
          id,
          'config/duplicate-id',
          `"${id}" stands twice`,
          `first on line ${lineOf(files, file, first)}`,
        );
    });
  };
  unique(
    'databases',
    config.databases.map((d) => d.database_id),
  );
  unique(
    'agencies',
    config.agencies.map((a) => a.agency_id),
  );
  const needAgency = (file: string, i: number, key: string, id: string | null): void => {
    if (id !== null && !agencies.has(id)) {
      report(
        file,
        lineOf(files, file, i),
        key,
        'config/unknown-agency',
        `agency "${id}" is not in agencies.csv`,
        didYouMean(id, agencies),
      );
    }
  };
  const needDatabase = (file: string, i: number, key: string, id: string | null): void => {
    if (id !== null && !databases.has(id)) {
      report(
        file,
        lineOf(files, file, i),
        key,
        'config/unknown-database',
        `database "${id}" is not in databases.csv`,
        didYouMean(id, databases),
      );
    }
  };
  const parts = new Set(config.databases.map((d) => d.part_of));
  config.databases.forEach((row, i) => {
    needAgency('databases', i, 'agency_id', row.agency_id);
    needAgency('databases', i, 'custodian', row.custodian);
    needDatabase('databases', i, 'part_of', row.part_of);
    const line = lineOf(files, 'databases', i);
    for (const word of row.listed_in) {
      if (!(LISTED_IN as readonly string[]).includes(word)) {
        report(
          'databases',
          line,
          'listed_in',
          'config/invalid-value',
          `"${word}" is not one of the valid values`,
          didYouMean(word, LISTED_IN),
        );
      }
    }
    if (row.row_kind === 'umbrella' && !parts.has(row.database_id)) {
      report(
        'databases',
        line,
        'row_kind',
        'config/umbrella-without-parts',
        `umbrella "${row.database_id}" has no parts`,
        'name it in part_of of its parts',
      );
    }
    const records = config.attributes.unit_classes.record ?? [];
    if (row.headline_unit !== null && !records.includes(row.headline_unit)) {
      report(
        'databases',
        line,
        'headline_unit',
        'config/unknown-unit',
        `"${row.headline_unit}" is not a record unit of attributes.yaml`,
        didYouMean(row.headline_unit, records),
      );
    }
  });
  config.deadlines.forEach((row, i) => {
    needDatabase('deadlines', i, 'database_id', row.database_id);
  });
  config.agencies.forEach((row, i) => {
    needAgency('agencies', i, 'parent_id', row.parent_id);
  });
  config.successions.forEach((row, i) => {
    needAgency('agency_succession', i, 'from_id', row.from_id);
    needAgency('agency_succession', i, 'to_id', row.to_id);
  });
  checkAliases(config, files, report);
}

/** An alias that two living agencies share could give one ministry the other's facts. */
function checkAliases(config: Config, files: ReadFiles, report: Report): void {
  const owner = new Map<string, { id: string; from: string; to: string }>();
  config.agencies.forEach((row, i) => {
    const span = { id: row.agency_id, from: row.valid_from ?? '0000-01-01', to: row.valid_to ?? '9999-12-31' };
    for (const alias of new Set([row.name, ...row.aliases].map((a) => a.toLowerCase()))) {
      const other = owner.get(alias);
      if (other !== undefined && other.id !== row.agency_id && other.from <= span.to && span.from <= other.to) {
        report(
          'agencies',
          lineOf(files, 'agencies', i),
          'aliases',
          'config/ambiguous-alias',
          `"${alias}" is also a name of "${other.id}"`,
        );
      } else {
        owner.set(alias, span);
      }
    }
  });
}

type YamlReport = (file: string, path: PropertyKey[], code: string, message: string, hint?: string | null) => void;

function checkVocabulary(config: Config, report: YamlReport): void {
  const { attributes, scales } = config.attributes;
  for (const [id, definition] of Object.entries(attributes)) {
    const at = ['attributes', id];
    if (definition.type === 'state' && (definition.scale === undefined || !(definition.scale in scales))) {
      report(
        'attributes',
        [...at, 'scale'],
        'config/unknown-scale',
        `scale "${definition.scale ?? ''}" is not defined`,
        didYouMean(definition.scale ?? '', Object.keys(scales)),
      );
    }
    if (!(definition.age in config.scoring.ages)) {
      report(
        'attributes',
        [...at, 'age'],
        'config/unknown-age',
        `age "${definition.age}" is not in scoring.yaml`,
        didYouMean(definition.age, Object.keys(config.scoring.ages)),
      );
    }
  }
  config.criteria.criteria.forEach((criterion, i) => {
    const at = ['criteria', i];
    if (!(`criterion.${criterion.id}` in attributes)) {
      report(
        'criteria',
        [...at, 'id'],
        'config/unknown-attribute',
        `attribute criterion.${criterion.id} is not in attributes.yaml`,
      );
    }
    const scale = checkAttribute(config, 'criteria', [...at, 'attribute'], criterion.attribute, report);
    for (const key of ['met_states', 'unmet_states'] as const)
      checkStates(config, 'criteria', [...at, key], scale, criterion[key], report);
  });
  if (config.criteria.criteria.length !== config.criteria.total) {
    report(
      'criteria',
      ['total'],
      'config/wrong-total',
      `total is ${config.criteria.total}, but ${config.criteria.criteria.length} criteria are listed`,
    );
  }
}

/** Scale of an attribute if it exists and has one; reports an unknown attribute. */
function checkAttribute(
  config: Config,
  file: string,
  path: PropertyKey[],
  id: string | null | undefined,
  report: YamlReport,
): string | null {
  if (id === null || id === undefined) return null;
  const definition = config.attributes.attributes[id];
  if (definition === undefined) {
    report(
      file,
      path,
      'config/unknown-attribute',
      `attribute "${id}" is not in attributes.yaml`,
      didYouMean(id, Object.keys(config.attributes.attributes)),
    );
    return null;
  }
  return definition.scale ?? null;
}

function checkStates(
  config: Config,
  file: string,
  path: PropertyKey[],
  scale: string | null,
  states: readonly string[],
  report: YamlReport,
): void {
  const valid = scale === null ? [] : (config.attributes.scales[scale] ?? []);
  states.forEach((state, i) => {
    if (!valid.includes(state))
      report(
        file,
        [...path, i],
        'config/unknown-state',
        `"${state}" is not a state of ${scale ?? 'the attribute'}`,
        didYouMean(state, valid),
      );
  });
}

function checkScoring(config: Config, report: YamlReport): void {
  const { scoring } = config;
  const { scales } = config.attributes;
  for (const [scale, states] of Object.entries(scales)) {
    const values = scoring.scales[scale];
    for (const state of states) {
      if (values?.[state] === undefined)
        report('scoring', ['scales', scale], 'config/missing', `state "${state}" of scale "${scale}" has no value`);
    }
  }
  for (const [scale, values] of Object.entries(scoring.scales)) {
    if (!(scale in scales))
      report(
        'scoring',
        ['scales', scale],
        'config/unknown-scale',
        `scale "${scale}" is not in attributes.yaml`,
        didYouMean(scale, Object.keys(scales)),
      );
    else checkStates(config, 'scoring', ['scales', scale], scale, Object.keys(values), report);
  }
  for (const key of ['ratio_states', 'ageless_states'] as const) {
    for (const [scale, states] of Object.entries(scoring[key]))
      checkStates(config, 'scoring', [key, scale], scale, states, report);
  }
  for (const [pillar, setting] of Object.entries(scoring.pillars)) {
    const sum = Object.values(setting.indicators).reduce((total, indicator) => total + indicator.weight, 0);
    if (sum > MAX_PILLAR_WEIGHT)
      report(
        'scoring',
        ['pillars', pillar],
        'config/too-heavy',
        `weights add up to ${sum}; at most ${MAX_PILLAR_WEIGHT} keep the sums exact`,
      );
  }
  const total = Object.values(scoring.pillars).reduce((sum, pillar) => sum + pillar.weight, 0);
  if (total !== 100) report('scoring', ['pillars'], 'config/wrong-total', `pillar weights add up to ${total}, not 100`);
  if (!('checklist' in scoring.pillars))
    report('scoring', ['pillars'], 'config/missing', 'pillar "checklist" is missing');
  scoring.dimensions.forEach((dimension, i) => {
    if (!(dimension in scoring.pillars))
      report(
        'scoring',
        ['dimensions', i],
        'config/unknown-pillar',
        `"${dimension}" is not a pillar`,
        didYouMean(dimension, Object.keys(scoring.pillars)),
      );
  });
  for (const [level, gates] of Object.entries(scoring.levels)) {
    for (const [gate, conditions] of Object.entries(gates)) {
      conditions.forEach((condition, i) => {
        const at = ['levels', level, gate, i];
        const scale = checkAttribute(config, 'scoring', [...at, 'attribute'], condition.attribute, report);
        checkStates(config, 'scoring', [...at, 'states'], scale, condition.states ?? [], report);
      });
    }
  }
}

function checkOperation(config: Config, report: YamlReport): void {
  const databases = new Set(config.databases.map((d) => d.database_id));
  const criteria = config.criteria.criteria.map((c) => c.id);
  const indicators = Object.values(config.scoring.pillars).flatMap((p) => Object.keys(p.indicators));
  config.waivers.forEach((waiver, i) => {
    const at = ['waivers', i];
    if (!databases.has(waiver.database))
      report(
        'waivers',
        [...at, 'database'],
        'config/unknown-database',
        `database "${waiver.database}" is not in databases.csv`,
        didYouMean(waiver.database, databases),
      );
    if (waiver.criterion !== undefined && !criteria.includes(waiver.criterion))
      report(
        'waivers',
        [...at, 'criterion'],
        'config/unknown-criterion',
        `"${waiver.criterion}" is not a criterion`,
        didYouMean(waiver.criterion, criteria),
      );
    if (waiver.indicator !== undefined && !indicators.includes(waiver.indicator))
      report(
        'waivers',
        [...at, 'indicator'],
        'config/unknown-indicator',
        `"${waiver.indicator}" is not an indicator`,
        didYouMean(waiver.indicator, indicators),
      );
  });
  const unique = (file: string, list: string, ids: string[]): void => {
    ids.forEach((id, i) => {
      if (ids.indexOf(id) !== i) report(file, [list, i, 'id'], 'config/duplicate-id', `"${id}" stands twice`);
    });
  };
  unique(
    'sources',
    'sources',
    config.sources.sources.map((s) => s.id),
  );
  unique(
    'decisions',
    'decisions',
    config.decisions.map((d) => d.id),
  );
  unique(
    'contradictions',
    'contradictions',
    config.contradictions.map((c) => c.id),
  );
  const gates = Object.values(config.scoring.levels).flatMap((level) => Object.keys(level));
  config.contradictions.forEach((pair, i) => {
    const at = ['contradictions', i];
    for (const side of ['a', 'b'] as const) {
      const scale = checkAttribute(config, 'contradictions', [...at, side, 'attribute'], pair[side].attribute, report);
      checkStates(config, 'contradictions', [...at, side, 'states'], scale, pair[side].states ?? [], report);
    }
    if (pair.gate !== undefined && !gates.includes(pair.gate))
      report(
        'contradictions',
        [...at, 'gate'],
        'config/unknown-gate',
        `"${pair.gate}" is not a gate`,
        didYouMean(pair.gate, gates),
      );
  });
}
