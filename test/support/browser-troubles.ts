/** What goes wrong on a page: errors on the console, exceptions, requests that failed or went elsewhere. */
import type { Page } from 'playwright-core';

/** Gathers from now on; `isOwn` says which addresses a page may ask. */
export function gatherTroubles(page: Page, isOwn: (url: string) => boolean): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!isOwn(request.url())) troubles.push(`foreign: ${request.url()}`);
  });
  return troubles;
}
