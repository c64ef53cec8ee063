/** A browser on the night of the browser tests: pages from disk and served, and what went wrong on them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { gatherTroubles } from './browser-troubles.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** The folder of the site on disk, and its address. */
export const siteFolder = (): string => join(inject('night').out, 'site');
export const places = (path: string): { disk: string; served: string } => {
  const [file = '', hash] = path.split('#');
  return {
    disk: `${pathToFileURL(join(siteFolder(), file)).href}${hash === undefined ? '' : `#${hash}`}`,
    served: `${inject('night').url}site/${path}`,
  };
};

/** One of every kind of page, with the shortest and the longest of its kind. */
export const KINDS_OF_PAGES = [
  'index.html',
  'agencies/index.html',
  'agencies/bo-y-te.html',
  'agencies/chua-xac-dinh.html',
  'phieu/bo-noi-vu.html',
  'databases/index.html',
  'databases/bao-hiem-that-nghiep.html',
  'databases/dat-dai.html',
  'tasks.html',
  'waiting.html',
  'conflicts.html',
  'actions.html',
  'criteria.html',
  'method.html',
  'sources.html',
  'phu-luc/index.html',
  'phu-luc/bo-nganh-dia-phuong.html',
  'phu-luc/cham-muon.html',
  'phu-luc/nhiem-vu-qua-han.html',
  'phu-luc/theo-nguon-giao.html',
] as const;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });

/** A page of its own window, and its errors, failed and foreign requests so far. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  const troubles = gatherTroubles(page, (asked) =>
    ['file:', inject('night').url, 'data:'].some((own) => asked.startsWith(own)),
  );
  await page.goto(url, { waitUntil: 'load' });
  return { page, troubles };
}
