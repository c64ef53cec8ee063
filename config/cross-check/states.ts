/** Attributes and states named by other files must exist in the vocabulary. */
import type { Config } from '../load.ts';
import { didYouMean } from '../nearest.ts';

export type YamlReport = (
  file: string,
  path: PropertyKey[],
  code: string,
  message: string,
  hint?: string | null,
) => void;

/** Scale of an attribute, null where it has none; an unknown attribute is reported and undefined. */
export function checkAttribute(
  config: Config,
  file: string,
  path: PropertyKey[],
  id: string | null | undefined,
  report: YamlReport,
): string | null | undefined {
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
    return undefined;
  }
  return definition.scale ?? null;
}

export function checkStates(
  config: Config,
  file: string,
  path: PropertyKey[],
  scale: string | null | undefined,
  states: readonly string[],
  report: YamlReport,
): void {
  if (scale === undefined) return; // the attribute itself is the problem
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
