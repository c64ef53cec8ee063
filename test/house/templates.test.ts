/** What templates may say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHART_HELPERS } from '../../reports/helpers-chart.ts';
import { LINK_HELPERS } from '../../reports/helpers-link.ts';
import { TEXT_HELPERS } from '../../reports/helpers-text.ts';

/** Handlebars takes a bare name for the helper of that name, whatever the view holds under it. */
test('no template prints a value that bears the name of a helper', () => {
  const helpers = new Set<string>([...CHART_HELPERS, ...LINK_HELPERS, ...TEXT_HELPERS]);
  const found = ['templates', 'partials'].flatMap((folder) =>
    readdirSync(join('reports', folder)).flatMap((file) =>
      [...readFileSync(join('reports', folder, file), 'utf8').matchAll(/\{\{\{?(\w+)\}\}/g)].flatMap(([, name]) =>
        name !== undefined && helpers.has(name) ? [`${folder}/${file}: {{${name}}}`] : [],
      ),
    ),
  );
  expect(found).toEqual([]);
});
