/** Templates built in render what the compiler would make of them: one for each, under the hash of its text. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { asset } from '../../config/package-root.ts';
import { COMPILE, hashOfTemplate } from '../../reports/compiled-templates.ts';

// The sources have no such file beside them: in all other tests every template is compiled.
const built = createRequire(import.meta.url)(asset('dist', 'reports', 'compiled-templates.cjs')) as Record<
  string,
  Record<string, unknown>
>;
const texts = ['partials', 'templates'].flatMap((folder) =>
  readdirSync(asset('reports', folder)).map((file) => [`${folder}/${file}`, folder, file] as const),
);

test.each(texts)('%s', (_, folder, file) => {
  const text = readFileSync(asset('reports', folder, file), 'utf8');
  const source = (spec: object): string =>
    JSON.stringify(spec, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
  const compiled = Function(`return ${String(Handlebars.precompile(text, COMPILE))}`)() as object;
  expect(source(built[hashOfTemplate(text)] ?? {})).toBe(source(compiled));
});
