/**
 * Fetches the report: page after page, and its parts in bulk. A page that is wrong in itself, or that is not of the same
 * report as the first, fails the whole source: half a report would look like silence about the rest.
 */
import { join } from 'node:path';
import { Fault } from '../../../config/fault.ts';
import { urlOf } from '../../../config/url-of.ts';
import type { HttpAnswer, HttpClient } from '../../ports.ts';
import { ARROW_STREAM, type BulkPart, MOST_BULK_PARTS, MOST_PAGES, type Page, page as pageSchema } from './contract.ts';
import { reasons } from './facts.ts';

export interface FetchedPart {
  file: string;
  sha256: string;
  rows: number | undefined;
}

export interface Report {
  id: string;
  title: string;
  stated_at: string;
  /** The facts of each page, as sent. */
  pages: readonly unknown[][];
  parts: readonly FetchedPart[];
  /** Stands for all pages and parts; undefined where the source gives none that does. */
  etag: string | undefined;
}

const MOST_FACTS = 200_000;
const MOST_ETAG = 200;
const OWNER = 'the owner has to correct what is sent; see the contract csdl-status/1';

/** @returns null where nothing has changed since the answer with this ETag */
export async function fetchReport(
  client: HttpClient,
  url: string,
  given: { etag: string | undefined; scratch: () => string },
): Promise<Report | null> {
  const first = await fetchPage(client, new URL(url), 1, given.etag);
  if (first === null) return null;
  const pages = [first];
  const seen = new Set([new URL(url).href]);
  let facts = first.page.facts.length;
  for (let next = first.next; next !== null; next = pages.at(-1)?.next ?? null) {
    const number = pages.length + 1;
    if (seen.has(next.href)) throw wrong('source/next-loop', `page ${number - 1} leads back to a page before it`);
    if (number > MOST_PAGES) throw wrong('source/too-many-pages', `has more than ${MOST_PAGES} pages`);
    seen.add(next.href);
    const fetched = await fetchPage(client, next, number, undefined);
    if (fetched === null) throw new Error('304 to a request that allowed none');
    mustBeSameReport(first.page, fetched.page, number);
    facts += fetched.page.facts.length;
    if (facts > MOST_FACTS) {
      throw wrong(
        'source/too-many-facts',
        `has more than ${MOST_FACTS} facts on its pages; so many belong into \`bulk\``,
      );
    }
    pages.push(fetched);
  }
  const { parts, etags } = await fetchParts(client, pages, given.scratch);
  const all = [...pages.map((one) => one.etag), ...etags];
  const { id, title, stated_at } = first.page;
  return {
    id,
    title,
    stated_at,
    pages: pages.map((one) => one.page.facts),
    parts,
    // Frameworks give each body an ETag of its own: only one that all of them share can stand for all.
    etag: all.every((etag) => etag === first.etag) ? first.etag : undefined,
  };
}

interface FetchedPage {
  page: Page;
  url: URL;
  next: URL | null;
  etag: string | undefined;
}

/** @returns null for 304 */
export async function fetchPage(
  client: HttpClient,
  url: URL,
  number: number,
  etag: string | undefined,
): Promise<FetchedPage | null> {
  const answer = await client.get(url.href, {
    accept: 'application/json',
    ...(etag === undefined ? {} : { if_none_match: etag }),
  });
  if (answer.status === 304) return null;
  const parsed = pageSchema.safeParse(jsonOf(answer, number));
  if (!parsed.success) {
    const message = `page ${number} is not as agreed: ${reasons(parsed.error.issues, Object.keys(pageSchema.shape))}`;
    throw wrong('source/wrong-shape', message);
  }
  const page = parsed.data;
  const next =
    page.next === undefined || page.next === null ? null : sameOrigin(page.next, url, `\`next\` of page ${number}`);
  return { page, url, next, etag: usableEtag(answer.headers.etag) };
}

function mustBeSameReport(first: Page, other: Page, number: number): void {
  for (const key of ['id', 'stated_at'] as const) {
    if (first[key] === other[key]) continue;
    throw wrong('source/changed-between-pages', `\`${key}\` of page ${number} differs from that of page 1`);
  }
}

async function fetchParts(
  client: HttpClient,
  pages: readonly FetchedPage[],
  scratch: () => string,
): Promise<{ parts: FetchedPart[]; etags: (string | undefined)[] }> {
  const named = pages.flatMap(({ page, url }) => (page.bulk ?? []).map((part) => ({ part, url })));
  if (named.length > MOST_BULK_PARTS)
    throw wrong('source/too-many-parts', `has more than ${MOST_BULK_PARTS} parts in bulk`);
  const parts: FetchedPart[] = [];
  const etags: (string | undefined)[] = [];
  for (const [i, { part, url }] of named.entries()) {
    const fetched = await fetchPart(client, part, url, i + 1, scratch);
    parts.push(fetched.part);
    etags.push(fetched.etag);
  }
  return { parts, etags };
}

async function fetchPart(client: HttpClient, part: BulkPart, from: URL, number: number, scratch: () => string) {
  const href = sameOrigin(part.href, from, `\`href\` of part ${number} in bulk`);
  const file = join(scratch(), `part-${number}.arrows`);
  const answer = await client.get(href.href, { accept: ARROW_STREAM, to_file: file });
  const type = mediaType(answer);
  if (type !== ARROW_STREAM && type !== 'application/octet-stream') {
    throw wrong('source/wrong-content-type', `part ${number} in bulk is ${describedType(type)}, not an Arrow stream`);
  }
  return { part: { file, sha256: answer.sha256, rows: part.rows }, etag: usableEtag(answer.headers.etag) };
}

/** Other hosts are never asked on behalf of what a source sent, declared or not. */
function sameOrigin(href: string, from: URL, what: string): URL {
  const to = urlOf(href, from);
  if (to === null) throw wrong('source/next-elsewhere', `${what} is no address`);
  if (to.origin !== from.origin || to.username !== '' || to.password !== '') {
    throw wrong('source/next-elsewhere', `${what} leads to another host, port or scheme`);
  }
  to.hash = '';
  return to;
}

function jsonOf(answer: HttpAnswer, number: number): unknown {
  const type = mediaType(answer);
  if (type !== 'application/json' && !/^application\/[a-z0-9.-]+\+json$/.test(type)) {
    const login = type === 'text/html' ? ', perhaps to log in' : '';
    throw wrong('source/wrong-content-type', `page ${number} is ${describedType(type)}${login}, not JSON`);
  }
  if (answer.status === 204 || answer.size === 0) throw wrong('source/not-json', `page ${number} is empty`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(answer.bytes);
  } catch (cause) {
    throw wrong('source/not-json', `page ${number} is not UTF-8`, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // What JSON.parse says repeats a piece of what was sent; it is kept as the cause alone.
    throw wrong('source/not-json', `page ${number} is not JSON`, cause);
  }
}

function mediaType(answer: HttpAnswer): string {
  return (answer.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

const TYPES: Record<string, string> = {
  '': 'of no stated type',
  'text/html': 'a web page',
  'text/plain': 'plain text',
};
function describedType(type: string): string {
  return TYPES[type] ?? 'of another type';
}

function usableEtag(etag: string | undefined): string | undefined {
  return etag !== undefined && etag.length <= MOST_ETAG && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : undefined;
}

function wrong(code: string, message: string, cause?: unknown): Fault {
  return new Fault(code, message, { hint: OWNER, cause });
}
