/**
 * Which label files there are, and the words of another language than Vietnamese. Rule: found by name beside each other, so
 * that a page with words of its own brings `vi-NAME.yaml` and `en-NAME.yaml` and nothing has to list them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from './fault.ts';
import { labelsFile } from './labels.ts';
import { asset } from './package-root.ts';
import { isThere } from './system-fault.ts';
import type { LabelFile, Language } from './translation.ts';
import { readYaml } from './yaml-file.ts';

/** Label files of a language without their ending (`labels/vi`, `labels/vi-report`): what is shipped, and what a site adds. */
export function labelFiles(home: string, language: Language): string[] {
  const names = [asset('config', 'labels'), join(home, 'labels')].flatMap((folder) =>
    isThere(folder) ? readdirSync(folder) : [],
  );
  const isOfLanguage = new RegExp(`^${language}(-[a-z0-9-]+)?\\.yaml$`);
  return [...new Set(names.filter((name) => isOfLanguage.test(name)))]
    .sort()
    .map((name) => `labels/${name.slice(0, -'.yaml'.length)}`);
}

/**
 * The words of another language as its files have them; not part of what a run keeps, since no figure rests on them.
 * @param home the settings folder of the user; a file that it lacks comes from the shipped one
 */
export function readTranslation(
  home: string,
  language: Language,
  environment: NodeJS.ProcessEnv,
): { words: LabelFile; problems: Problem[] } {
  const words = {};
  const problems: Problem[] = [];
  for (const file of labelFiles(home, language)) {
    const own = join(home, `${file}.yaml`);
    const path = isThere(own) ? own : asset('config', `${file}.yaml`);
    const read = readYaml(path, `${file}.yaml`, labelsFile, environment);
    problems.push(...read.problems);
    Object.assign(words, read.value ?? {});
  }
  return { words, problems };
}
