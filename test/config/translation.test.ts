/** Another language beside the Vietnamese: what may be left out, what is refused, where files are found. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labelFiles, readTranslation } from '../../config/label-files.ts';
import { wordsIn } from '../../config/translation.ts';
import { temporaryFolder } from '../support/folders.ts';

const vietnamese = {
  pages: { title: 'Tổng quan', n: '{n} CSDL', list: ['a', 'b'] },
  form: { title: 'Biểu' },
  report: { to: 'Kính gửi', brief: { title: 'Phiếu' } },
};
const english = { pages: { title: 'Overview', n: '{n} {n?database|databases}', list: ['a', 'b'] } };
const brief = { report: { brief: { title: 'Sheet' } } };

test('a group that is Vietnamese alone keeps its words; the parts of it that are translated do not', () => {
  expect(wordsIn('en', vietnamese, { en: { ...english, ...brief } })).toEqual({
    ...english,
    form: { title: 'Biểu' },
    report: { to: 'Kính gửi', brief: { title: 'Sheet' } },
  });
  expect(wordsIn('vi', vietnamese, { en: {} })).toBe(vietnamese);
});

test.each([
  [
    'a key without a word',
    { pages: { ...english.pages, title: undefined } },
    'pages.title: has no word in this language',
  ],
  ['an item too few', { pages: { ...english.pages, list: ['a'] } }, 'pages.list.1: has no word in this language'],
  ['another place', { pages: { ...english.pages, n: '{m} databases' } }, 'pages.n: has the places {m}, not {n}'],
  ['a place too few', { pages: { ...english.pages, n: 'some' } }, 'pages.n: has the places none, not {n}'],
  ['a key of its own', { pages: { ...english.pages, more: 'x' } }, 'pages.more: is no key of the Vietnamese file'],
])('%s is refused by name', (_what, file, message) => {
  const words = JSON.parse(JSON.stringify({ ...file, ...brief }));
  expect(() => wordsIn('en', vietnamese, { en: words })).toThrow(message);
});

test('files are found by name, shipped ones and those of a site; a broken one is a problem', () => {
  const home = temporaryFolder();
  mkdirSync(join(home, 'labels'));
  for (const name of ['en-own.yaml', 'vi-own.yaml', 'english.yaml', 'en-own.txt'])
    writeFileSync(join(home, 'labels', name), 'own: {a: b}\n');
  expect(labelFiles(home, 'en')).toEqual(expect.arrayContaining(['labels/en', 'labels/en-own', 'labels/en-report']));
  expect(labelFiles(home, 'en')).not.toContain('labels/english');
  expect(labelFiles(home, 'vi')).toContain('labels/vi-own');
  expect(readTranslation(home, 'en', {}).words).toMatchObject({ own: { a: 'b' }, locale: 'en-GB' });
  writeFileSync(join(home, 'labels/en-own.yaml'), 'own: {a: b}\nown: {}\n');
  expect(readTranslation(home, 'en', {}).problems.map((one) => one.file)).toEqual(['labels/en-own.yaml']);
});
