/** Lists in a real browser: filtered, put in order, shared by their address, walked by keys; and the search of the site. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, places } from '../support/site-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const found = (page: Page) => page.locator('.found').innerText();
const names = (page: Page) => page.locator('#danh-sach tbody tr:visible th').allInnerTexts();
const firstLines = async (page: Page) => (await names(page)).map((text) => text.split('\n')[0] ?? '');

describe('the list of databases', () => {
  it.each(['disk', 'served'] as const)(
    '%s: words without marks, a choice, an order; the link restores all three',
    async (where) => {
      const { page, troubles } = await openPage(browser, places('databases/index.html')[where]);
      expect(await found(page)).toBe('106 mục');
      await page.getByLabel('Tìm theo từ').pressSequentially('NGUOI');
      const byWords = await names(page);
      expect(byWords.length).toBeGreaterThan(3);
      // A database is also found by its other names.
      const searched = page.locator('#danh-sach tbody tr:visible');
      for (let n = 0; n < byWords.length; n++)
        expect((await searched.nth(n).getAttribute('data-search'))?.toLowerCase()).toContain('người');
      await page.locator('[name="co-quan"]').selectOption('bo-y-te');
      await page.getByRole('button', { name: 'Tên CSDL' }).click();
      const chosen = await firstLines(page);
      expect(await found(page)).toBe(`${chosen.length}/106 mục phù hợp: “NGUOI”; Bộ Y tế`);
      expect(page.url()).toMatch(/#ten=NGUOI&co-quan=bo-y-te&sap-xep=danh-sach\.ten-csdl\.tang$/);

      const other = await openPage(browser, page.url());
      expect(await firstLines(other.page)).toEqual(chosen);
      expect(await other.page.getByLabel('Tìm theo từ').inputValue()).toBe('NGUOI');
      expect(await other.page.locator('th[aria-sort="ascending"]').innerText()).toContain('Tên CSDL');
      await other.page.close();

      // Back takes one step at a time: the order, the agency, the word (however many keys it took). The page follows a moment later.
      await page.goBack();
      await expect.poll(() => page.locator('th[aria-sort]').count()).toBe(0);
      await page.goBack();
      await expect.poll(() => names(page)).toEqual(byWords);
      await page.goBack();
      await expect.poll(() => found(page)).toBe('106 mục');
      await page.goForward();
      await expect.poll(() => names(page)).toEqual(byWords);
      await page.getByRole('button', { name: 'Bỏ lọc' }).click();
      await expect.poll(() => found(page)).toBe('106 mục');
      expect(page.url()).not.toContain('#');
      expect(troubles).toEqual([]);
      await page.close();
    },
  );

  it('is in Vietnamese order both ways; what has no value stays at the end', async () => {
    const { page } = await openPage(browser, places('databases/index.html#sap-xep=danh-sach.ten-csdl.tang').disk);
    const rows = page.locator('#danh-sach tbody tr:not(.row-umbrella) th a');
    const up = await rows.allInnerTexts();
    const order = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });
    expect(up).toEqual([...up].sort(order.compare));
    // Đ is a letter of its own behind D, and a mark does not send a word to the end.
    expect(up.findIndex((name) => name.startsWith('CSDL đ'))).toBeGreaterThan(
      up.findLastIndex((name) => name.startsWith('CSDL d')),
    );
    const head = page.getByRole('button', { name: 'Tên CSDL' });
    await head.focus();
    await page.keyboard.press('Enter');
    expect((await rows.allInnerTexts())[0]).toBe(up.at(-1));
    for (const way of ['tang', 'giam']) {
      await page.goto(places(`databases/index.html#sap-xep=danh-sach.so-tieu-chi.${way}`).served);
      const last = page.locator('#danh-sach tbody tr:not(.row-umbrella) td:nth-child(6)').last();
      expect(await last.innerText(), way).toBe('–');
    }
    await page.close();
  });

  it('short links choose, unknown ones choose nothing, and broken ones do no harm', async () => {
    const { page, troubles } = await openPage(browser, places('databases/index.html#qua-han').disk);
    expect(await found(page)).toMatch(/^23\/106 .*Đang quá hạn$/);
    expect(await page.locator('.presets [aria-current]').innerText()).toContain('Đang quá hạn');
    await page.getByRole('button', { name: 'Tên CSDL' }).click();
    expect(page.url()).toMatch(/#loc=qua-han&sap-xep=danh-sach\.ten-csdl\.tang$/);
    for (const hash of ['#co-quan=khong-co', '#%E0%A4%A', '#ten=%', '#sap-xep=x.y.z~~.', '#constructor=1']) {
      await page.goto(places(`databases/index.html${hash}`).disk);
      expect(await page.locator('#danh-sach tbody tr').count(), hash).toBe(107);
    }
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('a database page shows five before and five after, and leads to its row', async () => {
    const { page } = await openPage(browser, places('databases/dat-dai.html').served);
    const near = page.locator('.near');
    expect(await near.locator('tbody tr').count()).toBe(11);
    expect(await near.locator('[aria-current="true"] th').innerText()).toBe('CSDL quốc gia về đất đai');
    await near.getByRole('link', { name: 'Xem trong danh sách' }).click();
    const row = page.locator('#db-dat-dai');
    await row.waitFor();
    const { top, color, plain } = (await page.evaluate(`(() => {
      const row = document.getElementById('db-dat-dai');
      const ground = (one) => getComputedStyle(one.cells[1]).backgroundColor;
      return { top: row.getBoundingClientRect().top, color: ground(row), plain: ground(row.previousElementSibling) };
    })()`)) as { top: number; color: string; plain: string };
    expect(top).toBeGreaterThan(60);
    expect(top).toBeLessThan(900);
    expect(color).not.toBe(plain);
    await page.close();
  });
});

it.each([
  ['tasks.html', 'Bộ Y tế', 4],
  ['conflicts.html', 'Bộ Nội vụ', 17],
  ['actions.html', 'Bộ Y tế', 13],
  ['waiting.html', 'Bộ Nội vụ', 3],
])('%s: by agency and by kind, groups without rows are gone, the count is said', async (path, agency, kinds) => {
  const { page, troubles } = await openPage(browser, places(path).disk);
  const all = Number.parseInt(await found(page), 10);
  const [, byAgency, byKind] = await page.locator('.filters label').all();
  const of = byAgency?.locator('select');
  await of?.selectOption({ label: agency });
  const some = Number.parseInt(await found(page), 10);
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  const kind = byKind?.locator('select');
  expect(await kind?.locator('option').count()).toBe(kinds + 1);
  await of?.selectOption('');
  await kind?.selectOption({ index: 1 });
  expect(await page.locator('[data-group]:visible').count()).toBe(1);
  await page.getByLabel('Tìm theo từ').fill('zzz khong co');
  expect(await found(page)).toMatch(/^Không có mục phù hợp: “zzz khong co”; /);
  expect(await page.locator('.found').getAttribute('aria-live')).toBe('polite');
  await page.reload();
  expect(await found(page)).toMatch(/^Không có mục phù hợp/);
  expect(troubles).toEqual([]);
  await page.close();
});

it('on a telephone the order is chosen from a list, and no unseen heading takes the focus', async () => {
  const { page } = await openPage(browser, places('tasks.html').disk, { viewport: { width: 390, height: 844 } });
  await page.locator('[data-orders]').selectOption({ label: 'Đơn vị, giảm dần' });
  expect(page.url()).toMatch(/#sap-xep=co-quan\.don-vi\.giam$/);
  expect(await page.locator('#co-quan + .table-wrap tbody th').first().innerText()).toContain('Văn phòng');
  expect(await page.locator('button.sort:visible').count()).toBe(0);
  await page.close();
});

describe('the search of the site', () => {
  it.each(['disk', 'served'] as const)(
    '%s: loads its index at the first use, finds without marks, is walked by keys',
    async (where) => {
      const { page, troubles } = await openPage(browser, places('databases/dat-dai.html')[where]);
      const loaded = () => page.locator('script[src$="search.js"]').count();
      expect(await loaded()).toBe(0);
      const box = page.getByLabel('Tìm cơ sở dữ liệu, cơ quan, trang');
      await box.focus();
      await box.pressSequentially('bo noi');
      const results = page.locator('.seek li a');
      await results.first().waitFor();
      expect(await loaded()).toBe(1);
      expect(await results.first().innerText()).toMatch(/^Bộ Nội vụ\s+Cơ quan$/);
      expect(await page.locator('.seek output').innerText()).toMatch(/kết quả/);
      await page.keyboard.press('Escape');
      expect(await results.count()).toBe(0);
      await box.fill('co so du lieu dat dai');
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate('document.activeElement.textContent')).toContain('đất đai');
      await page.keyboard.press('ArrowUp');
      await box.fill('theo tieu chi');
      await Promise.all([page.waitForURL(/criteria\.html$/), page.keyboard.press('Enter')]);
      expect(troubles).toEqual([]);
      await page.close();
    },
  );
});
