/** Step of `npm run build`: the templates of the pages, as JavaScript beside the compiled program. */
import { writeFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { hashOfText } from '../config/compiled-yaml.ts';
import { COMPILE, compiledPath, templateTexts } from './compiled-templates.ts';

const entries = [...templateTexts('partials'), ...templateTexts('templates')].map(
  ([, text]) => `'${hashOfText(text)}': ${Handlebars.precompile(text, COMPILE)}`,
);
writeFileSync(compiledPath, `module.exports = {\n${entries.join(',\n')}\n};\n`);
