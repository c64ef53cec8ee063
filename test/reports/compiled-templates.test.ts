/** Templates built in render what the compiler would make of them: one for each, under the hash of its text. */
import { createRequire } from 'node:module';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { hashOfText } from '../../config/compiled-yaml.ts';
import { asset } from '../../config/package-root.ts';
import { COMPILE, templateTexts } from '../../reports/compiled-templates.ts';

// The sources have no such file beside them: in all other tests every template is compiled.
const built = createRequire(import.meta.url)(asset('dist', 'reports', 'compiled-templates.cjs')) as Record<
  string,
  Record<string, unknown>
>;

test.each([...templateTexts('partials'), ...templateTexts('templates')])('%s', (_, text) => {
  const source = (spec: object): string =>
    JSON.stringify(spec, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
  const compiled = Function(`return ${String(Handlebars.precompile(text, COMPILE))}`)() as object;
  expect(source(built[hashOfText(text)] ?? {})).toBe(source(compiled));
});
