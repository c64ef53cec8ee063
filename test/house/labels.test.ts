/** The label files: what is in one language is in the others, and pages print by the language they are in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Labels } from '../../config/labels.ts';
import { packageRoot } from '../../config/package-root.ts';
import { type LabelFile, translationProblems, VIETNAMESE_ONLY } from '../../config/translation.ts';
import { programFiles } from '../support/sources.ts';

const folder = join(packageRoot, 'config/labels');
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const files = (language: string): LabelFile[] =>
  names
    .filter((name) => name === `${language}.yaml` || name.startsWith(`${language}-`))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as LabelFile);
const english: LabelFile = Object.assign({}, ...files('en'));

test('English has the keys and places of the Vietnamese, but for the groups that are named', () => {
  const vietnamese: LabelFile = Object.assign({}, ...files('vi'));
  expect(translationProblems(vietnamese, english).map((one) => `${one.key} ${one.message}`)).toEqual([]);
});

test.each(['vi', 'en'])('a group stands in one file of %s', (language) => {
  const groups = files(language).flatMap((file) => Object.keys(file));
  expect(groups.filter((group, index) => groups.indexOf(group) !== index)).toEqual([]);
});

test('the head of the English file says which groups are Vietnamese alone', () => {
  const [head = ''] = readFileSync(join(folder, 'en.yaml'), 'utf8').split('\nversion:');
  expect(VIETNAMESE_ONLY.filter((group) => !head.includes(group))).toEqual([]);
});

test('English words have no Vietnamese letters but in brackets and in numbers of documents', () => {
  const found = new Labels(english)
    .flat()
    .filter(({ text }) =>
      /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]/.test(
        text.replace(/\([^()]*\)/g, '').replace(/\S*\d\S*\/\S*/g, ''),
      ),
    );
  expect(found).toEqual([]);
});

/** Vietnamese whatever the language of the pages. */
const ALWAYS_VIETNAMESE = /^reports\/(form|official|console|workbook|word|word-check|exports|xlsx)\/|^reports\/review/;

test('pages print numbers and days by the language of their labels', () => {
  const found = programFiles()
    .filter(({ path }) => path.startsWith('reports/') && !ALWAYS_VIETNAMESE.test(path))
    .filter(({ text }) => /import \{[^}]*\bvi[A-Z][^}]*\} from '[./]*config\/format\.ts'/.test(text))
    .map(({ path }) => `${path}: ask ctx.written`);
  expect(found).toEqual([]);
});
