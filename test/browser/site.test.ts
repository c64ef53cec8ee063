/** The published site in a real browser, from file:// and served: nothing fails, nothing is asked of anybody else. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asset } from '../../config/package-root.ts';
import { gatherTroubles } from '../support/browser-troubles.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const out = mkdtempSync(join(tmpdir(), 'csdl-browser-'));
let browser: Browser;
let server: Server;
let origin = '';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

beforeAll(async () => {
  execFileSync(process.execPath, [asset('dist', 'pipeline', 'cli', 'main.js'), 'run', '--out', out, '--quiet']);
  browser = await chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
  server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    const file = join(out, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      .end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(out, { recursive: true, force: true });
});

/** Opens a page and gathers what went wrong on it: console errors, exceptions, failed or foreign requests. */
async function open(url: string, width = 1440): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const troubles = gatherTroubles(page, (url) => ['file:', origin, 'data:'].some((own) => url.startsWith(own)));
  await page.goto(url, { waitUntil: 'load' });
  return { page, troubles };
}

const PAGES = [
  'index.html',
  'databases/index.html',
  'databases/bao-hiem-that-nghiep.html',
  'tasks.html',
  'method.html',
  'sources.html',
  'phu-luc/index.html',
  'phu-luc/bo-nganh-dia-phuong.html',
  'phu-luc/cham-muon.html',
  'phu-luc/nhiem-vu-qua-han.html',
  'phu-luc/theo-nguon-giao.html',
];

describe('the site in a browser', () => {
  it.each(PAGES)('%s opens from file:// and served, without an error or a request to anybody else', async (path) => {
    for (const url of [pathToFileURL(join(out, 'site', path)).href, `${origin}/site/${path}`]) {
      const { page, troubles } = await open(url);
      expect(troubles).toEqual([]);
      expect(await page.title()).not.toBe('');
      await page.close();
    }
  });

  it('begins with what is overdue, and the number leads to its rows', async () => {
    const { page } = await open(`${origin}/site/index.html`);
    const main = page.locator('main');
    expect(await main.innerText()).toMatch(/23 CSDL của 05 cơ quan đang quá hạn/);
    await main.getByRole('link', { name: /^23/ }).first().click();
    expect(page.url()).toMatch(/databases|tasks/);
    await page.close();
  });

  it('no internal link is dead', async () => {
    const pages = readdirSync(join(out, 'site'), { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.html'),
    );
    const dead: string[] = [];
    for (const path of pages) {
      const base = pathToFileURL(join(out, 'site', path));
      const html = readFileSync(join(out, 'site', path), 'utf8');
      for (const [, href = ''] of html.matchAll(/\bhref="([^"]+)"/g)) {
        const target = new URL(href.replace(/&amp;/g, '&'), base);
        if (target.protocol === 'data:') continue;
        const file = decodeURIComponent(target.pathname);
        if (!existsSync(file)) dead.push(`${path} → ${href}`);
        else if (
          target.hash !== '' &&
          file.endsWith('.html') &&
          !readFileSync(file, 'utf8').includes(`id="${decodeURIComponent(target.hash.slice(1))}"`)
        )
          dead.push(`${path} → ${href} (no such place)`);
      }
    }
    expect(dead).toEqual([]);
  });

  it.each([1440, 390])('fits a screen of %i px without sideways scrolling of the page', async (width) => {
    for (const path of PAGES) {
      const { page } = await open(`${origin}/site/${path}`, width);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, path).toBeLessThanOrEqual(1);
      await page.close();
    }
  });

  it.each(PAGES)('%s: axe finds nothing serious', async (path) => {
    const { page } = await open(`${origin}/site/${path}`);
    // The page's own policy forbids foreign scripts; the checker is put in from outside it.
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await page.reload();
    await page.addScriptTag({ path: asset('node_modules', 'axe-core', 'axe.min.js') });
    const found = (await page.evaluate(
      'axe.run().then((r) => r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 120)].join(" ")))',
    )) as string[];
    expect(found).toEqual([]);
    await page.close();
  });

  it('prints the first page on A4', async () => {
    const { page } = await open(`${origin}/site/index.html`);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });
});
