/** The site on A4: heads repeated, pages numbered, the running foot, a filtered list that says so, no address printed. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, places } from '../support/site-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const tight = (text: string): string => text.replace(/\s+/g, '').normalize('NFC');

/** Of every printed page: its words, and whether it lies across. */
async function printed(path: string): Promise<{ text: string; isWide: boolean }[]> {
  const { page, troubles } = await openPage(browser, places(path).disk);
  const bytes = await page.pdf({ preferCSSPageSize: true });
  expect(troubles).toEqual([]);
  await page.close();
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const sheet = await pdf.getPage(n);
    const [, , width = 0, height = 0] = sheet.view;
    const { items } = await sheet.getTextContent();
    // Letters of another font come in pieces of their own: words are compared without the spaces between them.
    const text = tight(items.flatMap((one) => ('str' in one ? [one.str] : [])).join(''));
    pages.push({ text, isWide: width > height });
    expect([Math.round(Math.min(width, height)), Math.round(Math.max(width, height))]).toEqual([595, 842]);
  }
  return pages;
}

it('a long list: heads on every page, n/total and the running foot, nothing of the screen', async () => {
  const pages = await printed('databases/index.html');
  expect(pages.length).toBeGreaterThan(3);
  for (const [index, { text, isWide }] of pages.entries()) {
    expect(isWide).toBe(true);
    expect(text).toContain(`${index + 1}/${pages.length}`);
    expect(text).toContain(tight('Phương pháp tính phiên bản'));
    if (index < pages.length - 1) expect(text).toContain(tight('Cơ quan chủ quản'));
    expect(text).not.toMatch(/https?:|file:|\.html|↕|TìmCSDL|Bỏlọc|Xemtrongdanhsách/);
  }
  const whole = pages.map((one) => one.text).join('');
  expect(whole.match(/CSDLquốcgiavềđấtđai/g)).toHaveLength(1);
});

it('a filtered list says what was chosen, and prints only that', async () => {
  const [page, ...more] = await printed('databases/index.html#co-quan=bo-y-te&ten=nguoi');
  expect(more).toEqual([]);
  expect(page?.text).toContain(tight('2/106 mục phù hợp: “nguoi”; Bộ Y tế'));
  expect(page?.text).not.toContain('đấtđai');
});

it('the first page is one sheet and the table by ministry; a database page lies across', async () => {
  const first = await printed('index.html');
  expect(first).toHaveLength(2);
  expect(first[0]?.isWide).toBe(false);
  const database = await printed('databases/bao-hiem-that-nghiep.html');
  expect(database.every((one) => one.isWide)).toBe(true);
  // What is folded away on the screen is on paper.
  expect(database.map((one) => one.text).join('')).toContain(tight('Đã có dữ liệu nhập vào CSDL'));
});
