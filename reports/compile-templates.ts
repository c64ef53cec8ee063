/** Step of `npm run build`: the templates of the pages, as JavaScript beside the compiled program. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { asset } from '../config/package-root.ts';
import { COMPILE, compiledPath, hashOfTemplate } from './compiled-templates.ts';

const texts = ['partials', 'templates'].flatMap((folder) =>
  readdirSync(asset('reports', folder))
    .filter((file) => file.endsWith('.hbs'))
    .sort()
    .map((file) => readFileSync(asset('reports', folder, file), 'utf8')),
);
const entries = texts.map((text) => `'${hashOfTemplate(text)}': ${Handlebars.precompile(text, COMPILE)}`);
writeFileSync(compiledPath, `module.exports = {\n${entries.join(',\n')}\n};\n`);
