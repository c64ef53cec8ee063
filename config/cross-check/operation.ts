/** Waivers, sources, decisions, contradictions and heads of reports against the other files. */
import type { Config } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import { checkAttribute, checkStates, type YamlReport } from './states.ts';

export function checkOperation(config: Config, report: YamlReport): void {
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
  const agencies = new Set(config.agencies.map((a) => a.agency_id));
  for (const id of Object.keys(config.report.agencies))
    if (!agencies.has(id))
      report(
        'report',
        ['agencies', id],
        'config/unknown-agency',
        `agency "${id}" is not in agencies.csv`,
        didYouMean(id, agencies),
      );
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
