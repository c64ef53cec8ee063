/** Paper: the official report printed by a real browser, its pages counted anew in each annex, and every sheet on one page. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printPdf } from '../../pipeline/browser/print-pdf.ts';
import { writeFiles } from '../../pipeline/stages/publish.ts';
import { nationalDocument } from '../../reports/official/official.ts';
import { printHtml } from '../../reports/word/print-html.ts';
import { siteOf, viewOf } from '../reports/fixture-site.ts';
import { officialInput } from '../reports/official/official-parts.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'csdl-paper-'));
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Of every page: its number in the top margin ('' on a first page), whether it lies across, and its first words. */
async function pagesOf(bytes: Uint8Array): Promise<{ number: string; isWide: boolean; text: string }[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const [, , width = 0, height = 0] = page.view;
    const { items } = await page.getTextContent();
    const placed = items.flatMap((one) => ('str' in one && one.str.trim() !== '' ? [one] : []));
    pages.push({
      // 20 mm are 57 points.
      number: placed.find((one) => Number(one.transform[5]) > height - 57)?.str.trim() ?? '',
      isWide: width > height,
      text: placed.map((one) => one.str).join(' '),
    });
  }
  return pages;
}

test('the report: upright, then annexes across, each from page 1 whose number is not shown; twice the same bytes', async () => {
  const document = nationalDocument(officialInput());
  const options = {
    browser: executablePath,
    environment: { PATH: process.env.PATH, HOME: folder },
    signal: new AbortController().signal,
    madeAt: document.madeAt,
  };
  const bytes = await printPdf(printHtml(document), options);
  const pages = await pagesOf(bytes);
  const starts = pages.flatMap((page, index) => (page.number === '' ? [index] : []));
  expect(starts).toHaveLength(document.sections.length);
  let count = 0;
  for (const page of pages) {
    count = page.number === '' ? 1 : count + 1;
    expect(page.number).toBe(count === 1 ? '' : String(count));
  }
  expect(pages.map((page) => page.isWide)).toEqual(pages.map((_, index) => index >= (starts[1] ?? 0)));
  expect(pages[0]?.text).not.toContain('CỘNG HÒA');
  expect(Buffer.from(await printPdf(printHtml(document), options)).equals(bytes)).toBe(true);
});

test('every sheet of an agency is one page across', async () => {
  const view = viewOf();
  await writeFiles(folder, siteOf(view));
  const page = await browser.newPage();
  for (const { id } of view.brief) {
    await page.goto(pathToFileURL(join(folder, 'phieu', `${id}.html`)).href);
    const printed = await pagesOf(await page.pdf({ preferCSSPageSize: true }));
    expect(
      printed.map((one) => one.isWide),
      id,
    ).toEqual([true]);
  }
  await page.close();
});
