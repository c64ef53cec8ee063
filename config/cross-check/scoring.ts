/** Values, weights and gates: every state needs a value, sums must hold. */
import type { Config } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import { checkAttribute, checkStates, type YamlReport } from './states.ts';

/** Common multiple up to which pillar sums are exact (lcm of 1 … 22): no pillar may weigh more. */
export const MAX_PILLAR_WEIGHT = 22;

export function checkScoring(config: Config, report: YamlReport): void {
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
