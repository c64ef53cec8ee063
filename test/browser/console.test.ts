/** The SQL console as `csdl serve` gives it, in a real browser: every example runs, nobody else is asked, the policy holds. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { asset } from '../../config/package-root.ts';
import { consoleExamples } from '../../reports/console/render-page.ts';
import { gatherTroubles } from '../support/browser-troubles.ts';
import { openBrowser, places } from '../support/site-pages.ts';

const labels = new Labels(loadConfig(undefined, {}).config.labels);
const ENDLESS = 'SELECT count(*) FROM range(1000000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range';
const { url: served } = inject('night');
const consoleUrl = `${served}sql/`;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Opens the console and waits until it is ready; gathers errors, failed and foreign requests. */
async function open(options: { width?: number; dark?: boolean; hash?: string } = {}) {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1440, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  const troubles = gatherTroubles(page, (url) => url.startsWith(served) || /^(data|blob):/.test(url));
  await page.goto(`${consoleUrl}${options.hash ?? ''}`);
  await done(page);
  return { page, troubles };
}

const done = (page: Page) => page.locator('#chay:enabled').waitFor({ timeout: 60_000 });

async function run(page: Page, sql: string): Promise<void> {
  await page.locator('#cau-lenh').fill(sql);
  await page.keyboard.press('Control+Enter');
  await done(page);
}

const cells = (page: Page) => page.locator('#bang tbody td').allInnerTexts();

describe('the console', () => {
  it('runs every example, with rows wherever the night has some, and asks nobody else', async () => {
    const { page, troubles } = await open();
    for (const example of consoleExamples(labels)) {
      await page.locator(`[data-example="${example.id}"]`).click();
      await done(page);
      expect(await page.locator('#loi').isVisible(), example.id).toBe(false);
      const rows = await page.locator('#bang tbody tr').count();
      // There is no night before the first.
      expect(rows > 0, example.id).toBe(example.id !== 'changed');
    }
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('gives the same as csdl sql, whatever the type', async () => {
    const { page } = await open();
    const sql = `SELECT 1 AS a, 2.5::DOUBLE AS b, true AS c, DATE '2026-01-05' AS d, TIMESTAMP '2026-01-05 17:05:00' AS e,
      NULL AS f, 'Ữ<b>' AS g, 4800000::BIGINT AS h, sum(1) AS i, 12.30::DECIMAL(6,2) AS j, [1, 2] AS k`;
    await run(page, sql);
    expect(await cells(page)).toEqual([
      '1',
      '2,5',
      'có',
      '5/1/2026',
      '17:05 5/1/2026',
      '–',
      'Ữ<b>',
      '4.800.000',
      '1',
      '12,3',
      '[1,2]',
    ]);
    await page.close();
  });

  it('shows large results by pages, and says when it did not take all', async () => {
    const { page } = await open();
    await run(page, 'FROM range(250)');
    expect(await page.locator('#bang tbody tr').count()).toBe(100);
    await page.locator('#trang-sau').click();
    await page.locator('#trang-sau').click();
    expect(await page.locator('#bang tbody tr').count()).toBe(50);
    expect(await page.locator('#trang-sau').isDisabled()).toBe(true);
    await run(page, 'FROM range(1000000)');
    expect(await page.locator('#tinh-trang').innerText()).toContain('100.000');
    await page.close();
  });

  it('stops a query that never ends, and goes on', async () => {
    const { page } = await open();
    await page.locator('#cau-lenh').fill(ENDLESS);
    await page.keyboard.press('Control+Enter');
    await page.locator('#dung:enabled').click();
    await done(page);
    expect(await page.locator('#tinh-trang').innerText()).toBe(labels.text('pages', 'console', 'states', 'stopping'));
    await run(page, 'SELECT 7 AS a');
    expect(await cells(page)).toEqual(['7']);
    await page.close();
  });

  it.each([
    ['SELEC 1', 'parser'],
    ['FROM nothing', 'catalog'],
    ['SELECT nothing FROM agency', 'binder'],
    ["SELECT 'x'::INTEGER", 'conversion'],
    ["SELECT json('[1]')", 'extension'],
    ['DROP TABLE agency', 'refused'],
    ["FROM 'https://example.com/x.csv'", 'refused'],
    ['SET enable_external_access = true', 'refused'],
    ["COPY agency TO 'x.csv'", 'refused'],
  ])('%s: said in plain words (%s), and nobody is asked', async (sql, kind) => {
    const { page, troubles } = await open();
    await run(page, sql);
    expect(await page.locator('#loi p').innerText()).toBe(labels.text('pages', 'console', 'errors', kind));
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('lists tables and columns with their sentences; a name goes into the query, a table is looked at', async () => {
    const { page } = await open();
    await page.locator('#tim-bang').fill('san sang readiness');
    await page.locator('#tim-bang').fill('level_confirmed');
    const entry = page.locator('#cac-bang details:visible', { hasText: 'readiness' }).last();
    await entry.locator('summary').click();
    await page.locator('#cau-lenh').fill('SELECT ');
    await entry.getByRole('button', { name: 'level_confirmed', exact: true }).click();
    expect(await page.locator('#cau-lenh').inputValue()).toBe('SELECT level_confirmed');
    await entry.locator('.look').click();
    await done(page);
    expect(await page.locator('#bang tbody tr').count()).toBe(100);
    await page.close();
  });

  it('saves a CSV without formulas when it is for Excel, and as it is when it is not', async () => {
    const { page } = await open();
    await run(page, `SELECT '=1+1' AS a, -5 AS b, DATE '2026-01-05' AS c, 'a "b"' AS d, NULL AS e`);
    const save = async (): Promise<string> => {
      const waiting = page.waitForEvent('download');
      await page.locator('#tai-csv').click();
      return readFileSync(await (await waiting).path(), 'utf8');
    };
    expect(await save()).toBe(`\ufeffa,b,c,d,e\r\n'=1+1,-5,2026-01-05,"a ""b""",\r\n`);
    await page.locator('#cho-excel').uncheck();
    expect(await save()).toBe(`a,b,c,d,e\r\n=1+1,-5,2026-01-05,"a ""b""",\r\n`);
    await page.close();
  });

  it('draws a result as bars, days as a line, with words for both', async () => {
    const { page, troubles } = await open();
    await run(page, "SELECT * FROM (VALUES ('một', 3), ('hai', -1)) AS t(ten, so)");
    await page.locator('#bieu-do summary').click();
    expect(await page.locator('.bars th').allInnerTexts()).toEqual(['một', 'hai']);
    await run(page, "SELECT DATE '2026-01-01' + i::INTEGER AS ngay, i * i AS so FROM range(9) AS t(i)");
    expect(await page.locator('svg.steps').getAttribute('aria-label')).toContain(
      'so theo ngay: 1/1/2026 0 – 9/1/2026 64',
    );
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('takes a query from a link without running it', async () => {
    const { page } = await open({ hash: `#sql=${encodeURIComponent('FROM agency')}` });
    expect(await page.locator('#cau-lenh').inputValue()).toBe('FROM agency');
    expect(await page.locator('#bang table').count()).toBe(0);
    await page.close();
  });

  it.each([
    [1440, false],
    [390, true],
    [390, false],
    [1440, true],
  ])('at %i px, dark %s: fits, and axe finds nothing serious', async (width, dark) => {
    const { page } = await open({ width, dark });
    await page.locator('[data-example="overdue"]').click();
    await done(page);
    await page.locator('#bieu-do summary').click();
    await page.locator('#cac-bang summary').first().click();
    expect(await page.locator('html').evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(1);
    const session = await page.context().newCDPSession(page);
    const { result } = await session.send('Runtime.evaluate', {
      expression: `${readFileSync(asset('node_modules', 'axe-core', 'axe.min.js'), 'utf8')};axe.run().then((r) => JSON.stringify(r.violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120))))`,
      awaitPromise: true,
    });
    expect(result.value).toBe('[]');
    await page.close();
  });
});

it('the site served leads to the console; opened as a file it does not', async () => {
  const name = labels.text('pages', 'console', 'nav');
  const page = await browser.newPage();
  await page.goto(`${served}site/databases/index.html`);
  await page.locator('.utility').getByRole('link', { name }).click();
  expect(page.url()).toBe(consoleUrl);
  await page.goto(places('index.html').disk);
  expect(await page.getByRole('link', { name }).count()).toBe(0);
  await page.close();
});
