/** Pages for everybody: WCAG 2.2 A and AA by axe on every kind of page, focus in sight, motion and colours as people set them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asset } from '../../config/package-root.ts';
import { KINDS_OF_PAGES, openBrowser, openPage, places } from '../support/site-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const RUN = `axe.run({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
}).then((found) => found.violations.map((one) => [one.impact, one.id, one.nodes.length, one.nodes[0].html.slice(0, 120)].join(' ')))`;

// Colours differ between light and dark, the layout between wide and narrow: two of the four show both.
it.each([
  ['light', 1440],
  ['dark', 390],
] as const)('%s at %i px: axe finds nothing on any kind of page', async (colorScheme, width) => {
  // The pages' own policy forbids foreign scripts; the checker is put in from outside it.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  const found: string[] = [];
  for (const path of KINDS_OF_PAGES) {
    await page.goto(places(path).disk);
    await page.addScriptTag({ path: asset('node_modules', 'axe-core', 'axe.min.js') });
    for (const one of (await page.evaluate(RUN)) as string[]) found.push(`${path}: ${one}`);
  }
  expect(found).toEqual([]);
  await context.close();
});

it('what has the focus is outlined and in sight, from the first key on', async () => {
  const { page } = await openPage(browser, places('databases/index.html').disk);
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(`(() => {
      const it = document.activeElement;
      const box = it.getBoundingClientRect();
      const look = getComputedStyle(it);
      return {
        name: it.outerHTML.slice(0, 80),
        isOutlined: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1,
        isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left > -1,
      };
    })()`)) as { name: string; isOutlined: boolean; isSeen: boolean };
    expect(at, at.name).toMatchObject({ isOutlined: true, isSeen: true });
  }
  await page.close();
});

it('nothing moves for who wants no motion; with forced colours the numbers of levels keep their ground', async () => {
  const { page } = await openPage(browser, places('databases/bao-hiem-that-nghiep.html').disk, {
    reducedMotion: 'reduce',
    forcedColors: 'active',
  });
  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  const groundOf = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
  expect(await groundOf('.summary .badge-no')).not.toBe(await groundOf('body'));
  await page.close();
});

it('light or dark by hand holds on every page, and paper stays white', async () => {
  const { page, troubles } = await openPage(browser, places('index.html').served, { colorScheme: 'light' });
  const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const choose = (words: string) => page.getByLabel('Nền trang').selectOption({ label: words });
  const white = 'rgb(255, 255, 255)';
  expect(await paper()).toBe(white);
  await choose('Tối');
  expect(await paper()).toBe('rgb(20, 24, 28)');
  await page.goto(places('tasks.html').served);
  expect(await paper()).toBe('rgb(20, 24, 28)');
  await page.emulateMedia({ media: 'print' });
  expect(await paper()).toBe(white);
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await choose('Sáng');
  expect(await paper()).toBe(white);
  await choose('Theo máy');
  expect(await paper()).toBe('rgb(20, 24, 28)');
  expect(troubles).toEqual([]);
  await page.close();
});

it('without script every list is whole', async () => {
  const { page } = await openPage(browser, places('databases/index.html#qua-han').disk, { javaScriptEnabled: false });
  expect(await page.locator('#danh-sach tbody tr:visible').count()).toBe(107);
  expect(await page.locator('.filters:visible, .seek:visible').count()).toBe(0);
  await page.close();
});
