/** Scales, ages and criteria against the vocabulary. */
import type { Config } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import { checkAttribute, checkStates, type YamlReport } from './states.ts';

export function checkVocabulary(config: Config, report: YamlReport): void {
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
  const ids = config.criteria.criteria.map((criterion) => criterion.id);
  config.criteria.criteria.forEach((criterion, i) => {
    const at = ['criteria', i];
    if (ids.indexOf(criterion.id) !== i)
      report('criteria', [...at, 'id'], 'config/duplicate-id', `"${criterion.id}" stands twice`);
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
