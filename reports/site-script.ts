/** The script of the site: one file from small modules, so that a page opened from a folder can load it. Rule: a module's names are unique. */
import { readFileSync } from 'node:fs';
import { asset } from '../config/package-root.ts';

/** In the order in which they build on each other. */
const MODULES = ['words', 'address', 'banner', 'sort', 'filter', 'search', 'theme', 'start'];

/** Browsers load no module from `file://`: the modules become one function, in which an import is a name that is there. */
export function siteScript(): string {
  const bodies = MODULES.map((name) =>
    readFileSync(asset('reports', 'assets', 'script', `${name}.js`), 'utf8')
      .replaceAll(/^import [^;]*;\n/gm, '')
      .replaceAll(/^export /gm, ''),
  );
  return `(() => {\n'use strict';\n${bodies.join('\n')}})();\n`;
}
