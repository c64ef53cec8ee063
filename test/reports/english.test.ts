/** The site in English: golden pages, no Vietnamese word that is not data, and what is Vietnamese marked as such. */
import { describe, expect, test } from 'vitest';
import { isVietnameseOnly } from '../../config/translation.ts';
import { valuesIn } from '../../reports/retold.ts';
import { markVietnamese } from '../../reports/vietnamese-parts.ts';
import { config, englishSite, fixture, labels, pagesOf, siteOf, visibleText } from './fixture-site.ts';

const site = englishSite();
const pages = pagesOf(site);
const forms = /^phu-luc\/(?!index)/;
/** Visible text without the marks of language, which cut it. */
const bare = (html: string): string => visibleText(html.replace(/<span lang="vi">([^<]*)<\/span>/g, '$1'));

test.each([
  ['index.html', 'index.en.html'],
  ['databases/tai-nan-lao-dong.html', 'tai-nan-lao-dong.en.html'],
])('%s, as agreed', async (path, golden) => {
  await expect(site.get(path)).toMatchFileSnapshot(`../golden/reports/${golden}`);
});

test('the same files as in Vietnamese, each in English', () => {
  expect([...site.keys()]).toEqual([...siteOf().keys()]);
  for (const [path, html] of pages) expect(html, path).toContain('<html lang="en">');
});

test('no word of the Vietnamese label file is printed', () => {
  const words = new Set(
    labels
      .flat()
      .filter(({ key, text }) => !isVietnameseOnly(key) && !key.startsWith('abbreviations.') && /[à-ỹ]/i.test(text))
      .map(({ text }) => text),
  );
  // What the catalogue, the criteria and the units name in the same words.
  const named = config.criteria.criteria.flatMap((one) => [one.title, one.short]);
  for (const data of ['Đề án 06', 'Nghị quyết số 71/NQ-CP', 'Bộ Công an', 'địa phương', ...named]) words.delete(data);
  const found = pages
    .filter(([path]) => !forms.test(path))
    .flatMap(([path, html]) =>
      html
        .split(/<[^>]*>/)
        .filter((text) => words.has(text.trim()))
        .map((text) => `${path}: ${text}`),
    );
  expect(found).toEqual([]);
});

test('numbers and days are English, and no place of a label is left open', () => {
  for (const [path, html] of pages.filter(([path]) => !forms.test(path))) {
    const text = visibleText(html.replace(/<(\w+)[^>]* lang="vi"[^>]*>[^<]*<\/\1>/g, ' '));
    const strange = /\{[a-z0-9_]+|\d\.\d{3}\b|\d,\d%|\b\d{1,2}\/\d{1,2}\/\d{4}\b|\b0\d (?:databases|agencies)/;
    expect(strange.exec(text)?.[0], path).toBeUndefined();
  }
  expect(visibleText(site.get('databases/bao-hiem-that-nghiep.html') ?? '')).toContain('4,750,000–4,850,000');
  expect(site.get('index.html')).toContain('31 December 2025');
});

test('one thing is said in the singular', () => {
  for (const [path, html] of pages)
    expect(
      /(?<![\d,.] ?)\b1 (databases|agencies|days|criteria|tasks|sources|groups)\b/.exec(visibleText(html))?.[0],
      path,
    ).toBeUndefined();
});

test('the forms of the annexes stay Vietnamese to the letter', () => {
  const main = (html = ''): string => bare(/<article[\s\S]*<\/article>/.exec(html)?.[0] ?? '');
  for (const [path, html] of siteOf()) if (forms.test(path)) expect(main(site.get(path)), path).toBe(main(html));
});

test('sentences of the program are told in English, with the day and the number; a quote stays', () => {
  const text = bare(site.get('databases/tai-nan-lao-dong.html') ?? '');
  expect(text).toContain('states “bảo đảm tiến độ” while 180 days overdue.');
  expect(text).toContain('From Being built to Data created');
});

test('a sentence that its label did not make stays as it was written, and hostile text stays text', () => {
  const data = fixture();
  const evil = '<script>alert(1)</script>: quá hạn {db} ngày';
  for (const row of data.finding) row.text = evil;
  for (const row of data.action) Object.assign(row, { text: evil, result: evil });
  const changed = englishSite(data);
  for (const [path, html] of pagesOf(changed)) expect(html, path).not.toContain('<script>');
  expect(changed.get('databases/tai-nan-lao-dong.html')).toContain(
    '&lt;script&gt;alert(1)&lt;/script&gt;: quá hạn {db} ngày',
  );
});

describe('what stood in the places of a label', () => {
  test.each([
    ['A: quá hạn 180 ngày.', '{db}: quá hạn {n} ngày.', { db: 'A', n: '180' }],
    ['A: B: quá hạn 1 ngày.', '{db}: quá hạn {n} ngày.', { db: 'A: B', n: '1' }],
    ['A: quá hạn 1.', '{db}: quá hạn {n} ngày.', null],
    ['Từ x lên y', 'Từ {from} lên {to}', { from: 'x', to: 'y' }],
    ['a, a', '{x}, {x}', { x: 'a' }],
    ['a, b', '{x}, {x}', null],
    ['Báo cáo', 'Báo cáo', {}],
    ['Báo cáo.', 'Báo cáo', null],
    ['', '{x}', { x: '' }],
    ['ab', '{x}{y}', null],
  ])('%s by %s', (text, label, values) => expect(valuesIn(text, label)).toEqual(values));
});

describe('what is Vietnamese is marked', () => {
  test.each([
    ['<td>Bộ Y tế</td>', '<td lang="vi">Bộ Y tế</td>'],
    ['<td lang="vi">Bộ Y tế</td>', '<td lang="vi">Bộ Y tế</td>'],
    ['<td>Report</td>', '<td>Report</td>'],
    ['<p>Decree No. 278/2025/NĐ-CP</p>', '<p>Decree No. 278/2025/NĐ-CP</p>'],
    ['<p>Task of Bộ Y tế<b>1</b></p>', '<p>Task of <span lang="vi">Bộ Y tế</span><b>1</b></p>'],
    ['<p>CSDL tai nạn lao động: 3 days</p>', '<p><span lang="vi">CSDL tai nạn lao động:</span> 3 days</p>'],
    ['<a href="x">Bộ Y tế</a>, row 4', '<a href="x" lang="vi">Bộ Y tế</a>, row 4'],
    ['<b>4</b> Bộ Y tế', '<b>4</b> <span lang="vi">Bộ Y tế</span>'],
    ['<option value="x">Plan of Bộ Y tế</option>', '<option value="x">Plan of Bộ Y tế</option>'],
    ['<option>Bộ Y tế</option>', '<option lang="vi">Bộ Y tế</option>'],
    ['<title>Bộ Y tế – Database readiness</title>', '<title>Bộ Y tế – Database readiness</title>'],
    [
      '<p>of Nghị quyết ngày 14/01/2026, row 3</p>',
      '<p>of <span lang="vi">Nghị quyết ngày 14/01/2026,</span> row 3</p>',
    ],
  ])('%s', (html, marked) => expect(markVietnamese(html)).toBe(marked));
});
