/** The published site in a real browser, from file:// and served: nothing fails, nothing is asked of anybody else. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KINDS_OF_PAGES, openBrowser, openPage, places, siteFolder } from '../support/site-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it.each(['disk', 'served'] as const)(
  '%s: every entry of the menu leads to its page, without an error',
  async (where) => {
    const { page, troubles } = await openPage(browser, places('index.html')[where]);
    const entries = page.locator('.menu a, .utility a[href$="html"]');
    const count = await entries.count();
    expect(count).toBeGreaterThanOrEqual(11);
    const titles = new Set<string>();
    for (let n = 0; n < count; n++) {
      const text = await entries.nth(n).innerText();
      await entries.nth(n).click();
      await page.waitForLoadState('load');
      expect(await page.locator('[aria-current="page"]').first().innerText(), text).toBe(text);
      expect(await page.locator('h1').count(), text).toBe(1);
      titles.add(await page.title());
    }
    expect(titles.size).toBe(count);
    expect(troubles).toEqual([]);
    await page.close();
  },
);

it.each([
  ['disk', 1440],
  ['served', 390],
] as const)('%s: each kind of page opens without an error, and fits a screen of %i px', async (where, width) => {
  const { page, troubles } = await openPage(browser, 'about:blank', { viewport: { width, height: 900 } });
  for (const path of KINDS_OF_PAGES) {
    await page.goto(places(path)[where], { waitUntil: 'load' });
    const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(tooWide), path).toBeLessThanOrEqual(1);
  }
  expect(troubles).toEqual([]);
  await page.close();
});

it('begins with what is overdue, and the number leads to its rows', async () => {
  const { page } = await openPage(browser, places('index.html').served);
  const main = page.locator('main');
  expect(await main.innerText()).toMatch(/23 CSDL của 05 cơ quan đang quá hạn/);
  await main.getByRole('link', { name: /^23/ }).first().click();
  expect(page.url()).toMatch(/databases|tasks/);
  await page.close();
});

it('no internal link is dead', () => {
  const pages = readdirSync(siteFolder(), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  const texts = new Map<string, string>();
  const read = (file: string): string => {
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    return text;
  };
  const dead: string[] = [];
  for (const path of pages) {
    const base = pathToFileURL(join(siteFolder(), path));
    for (const [, href = ''] of read(join(siteFolder(), path)).matchAll(/\bhref="([^"]+)"/g)) {
      const target = new URL(href.replace(/&amp;/g, '&'), base);
      if (target.protocol === 'data:') continue;
      const file = decodeURIComponent(target.pathname);
      const place = decodeURIComponent(target.hash.slice(1));
      if (!existsSync(file)) dead.push(`${path} → ${href}`);
      else if (place !== '' && file.endsWith('.html') && !read(file).includes(`id="${place}"`))
        dead.push(`${path} → ${href} (no such place)`);
    }
  }
  expect(dead).toEqual([]);
});
