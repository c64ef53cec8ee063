/** The page for checking, from disk in a browser: it opens silently, is walked by keys, and writes the lines. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { renderReview } from '../../reports/review.ts';
import type { ReviewFact } from '../../reports/review-input.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'csdl-review-'));
const path = join(folder, 'review.html');
let browser: Browser;

const fact = (n: number, isLow: boolean): ReviewFact => ({
  id: `${n}`.padStart(32, 'f'),
  refusal: null,
  subject: `Cơ sở dữ liệu số ${n}`,
  attribute: 'c12.connection',
  scale: 'connection',
  value_text: 'one_way',
  modality: 'done',
  extent: 'whole',
  shared_n: 1,
  flags: {},
  grade: 'E2',
  confidence: isLow ? 0.6 : 0.95,
  is_low: isLow,
  place: { line: n, quote: `Đã kết nối lần ${n}` },
});

beforeAll(async () => {
  const blocks = [1, 2, 3].map((line) => ({
    kind: 'paragraph' as const,
    text: { text: `Hệ thống. Đã kết nối lần ${line}.`, marks: [{ offset: 0, line }] },
  }));
  const document = {
    title: 'Báo cáo thử',
    file: 'a.txt',
    number: null,
    day: '2026-06-15',
    day_known: true,
    blocks,
    facts: [fact(1, false), fact(2, true), fact(3, true)],
    rejections: [],
    tasks: [],
    counts: [],
    checks: [],
  };
  const labels = new Labels(loadConfig(undefined, {}).config.labels);
  writeFileSync(path, renderReview({ documents: [document], today: '2026-06-30', least_confidence: 0.8 }, labels));
  browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(width = 1440): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const troubles: string[] = [];
  page.on('console', (message) => void troubles.push(message.text()));
  page.on('pageerror', (error) => void troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) troubles.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, troubles };
}

describe('the page for checking', () => {
  test.each([1440, 390])('at %i px: no message, no request, nothing wider than the screen', async (width) => {
    const { page, troubles } = await open(width);
    expect(troubles).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.close();
  });

  test('n and p walk from fact to fact and mark its words; l leaves the unsure ones', async () => {
    const { page } = await open();
    const here = () => page.locator('mark.here').allInnerTexts();
    await page.keyboard.press('n');
    expect(await here()).toEqual(['Đã kết nối lần 1']);
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    expect(await here()).toEqual(['Đã kết nối lần 3']);
    await page.keyboard.press('p');
    expect(await here()).toEqual(['Đã kết nối lần 2']);
    await page.keyboard.press('l');
    expect(await page.locator('.note:visible').count()).toBe(2);
    await page.close();
  });

  test('c and r write the lines for decisions.yaml, with who and why; again takes them back', async () => {
    const { page } = await open();
    const lines = () => page.locator('[data-lines]').inputValue();
    await page.locator('.decisions summary').click();
    await page.locator('[data-who]').fill('Nguyễn "A"');
    await page.locator('.side a').first().click();
    await page.keyboard.press('c');
    expect(await lines()).toMatch(
      /^ {2}- \{id: confirm-f{8}, kind: confirm, observation: "f{31}2", who: "Nguyễn \\"A\\"", when: 2026-06-30, ground: ".+"\}$/,
    );
    await page.keyboard.press('n');
    await page.keyboard.press('r');
    expect((await lines()).split('\n')).toHaveLength(2);
    await page.keyboard.press('r');
    expect((await lines()).split('\n')).toHaveLength(1);
    await page.close();
  });

  test('a fact that is believed anyway needs no line to be confirmed, but one to be rejected', async () => {
    const { page } = await open();
    await page.keyboard.press('n');
    await page.keyboard.press('c');
    expect(await page.locator('[data-lines]').inputValue()).toBe('');
    expect(await page.locator('[data-done]').innerText()).toBe('1');
    await page.keyboard.press('r');
    expect(await page.locator('[data-lines]').inputValue()).toContain('kind: reject');
    await page.close();
  });
});
