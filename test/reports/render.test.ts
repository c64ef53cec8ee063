/** The site: golden pages, and what no page may hold. */
import { expect, test } from 'vitest';
import { config, fixture, pagesOf, siteOf, viewOf, visibleText } from './fixture-site.ts';

const site = siteOf();
const pages = pagesOf(site);

test.each([
  ['index.html', 'index.html'],
  ['databases/tai-nan-lao-dong.html', 'tai-nan-lao-dong.html'],
  ['databases/dat-dai.html', 'dat-dai.html'],
])('%s, as agreed', async (path, golden) => {
  await expect(site.get(path)).toMatchFileSnapshot(`../golden/reports/${golden}`);
});

test('the first sentence after the head is the result', () => {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(site.get('index.html') ?? '')?.[1] ?? '';
  expect(visibleText(main).trim()).toMatch(/^0?\d+ CSDL của \d+ cơ quan đang quá hạn/);
});

test('every number on the first page is inside a link', () => {
  const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(site.get('index.html') ?? '')?.[1] ?? '';
  const outside = visibleText(body.replace(/<a\b[^>]*>[\s\S]*?<\/a>/g, ' '));
  expect(outside.match(/\S*\d\S*/g)).toBeNull();
});

test('links lead to pages and places that exist', () => {
  const ids = new Map(
    pages.map(([path, html]) => [path, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((hit) => hit[1]))]),
  );
  const missing: string[] = [];
  for (const [path, html] of pages) {
    for (const [, href] of html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)) {
      const target = new URL(href ?? '', `file:///${path}`);
      const file = target.pathname.slice(1);
      const place = decodeURIComponent(target.hash.slice(1));
      if (!site.has(file) || (place !== '' && !ids.get(file)?.has(place))) missing.push(`${path} → ${href}`);
    }
  }
  expect(missing).toEqual([]);
});

test('no drawing is given a number that is none', () => {
  for (const [path, html] of pages) expect(html, path).not.toMatch(/NaN|undefined|\[object/);
});

test('an id stands once in a page', () => {
  for (const [path, html] of pages) {
    const all = [...html.matchAll(/\sid="([^"]+)"/g)].map((hit) => hit[1]);
    expect(
      all.filter((id, index) => all.indexOf(id) !== index),
      path,
    ).toEqual([]);
  }
});

test('no page asks anything of another host, and no style or script stands inside a page', () => {
  for (const [path, content] of site) {
    if (!/\.(html|css|js)$/.test(path)) continue;
    expect(content, path).not.toMatch(/(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/i);
    expect(content, path).not.toMatch(/@import|\bfetch\(|XMLHttpRequest/);
  }
  for (const [path, html] of pages) {
    expect(html, path).toContain("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:");
    expect(html, path).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?! src="[^"]+" defer><\/script>)/);
  }
});

test('each page loads the state of publishing from beside the site', () => {
  expect(site.get('index.html')).toContain('<script src="../status.js" defer>');
  expect(site.get('databases/dat-dai.html')).toContain('<script src="../../status.js" defer>');
});

test('words that must not be printed stand on no page', () => {
  const words = Object.keys(config.labels.never_print as Record<string, string>);
  expect(words.length).toBeGreaterThan(5);
  for (const [path, html] of pages) {
    const text = visibleText(html);
    // "Đang làm sạch" is a state, not the spoken "đang làm".
    for (const word of words)
      expect(text.replaceAll('đang làm sạch', '').includes(word), `${path}: ${word}`).toBe(false);
  }
});

test('no slug, grade or English state is read on a page', () => {
  const slugs = fixture()
    .database.map((row) => row.database_id)
    .concat(['bao-hiem-xa-hoi', 'dan-cu', 'khong_gan_tthc']);
  for (const [path, html] of pages) {
    const text = visibleText(html);
    for (const slug of slugs.filter((one) => one.includes('-') || one.includes('_')))
      expect(text.includes(slug), `${path}: ${slug}`).toBe(false);
    expect(text, path).not.toMatch(/\b(E[0-4]|unknown|floor|ceiling|undefined|null|NaN|na_requested|in_progress)\b/);
  }
});

test('no placeholder of a label is left open', () => {
  for (const [path, html] of pages) expect(visibleText(html), path).not.toMatch(/\{[a-z0-9_]+\}/i);
});

test('"chưa có thông tin" is never red and never 0', () => {
  const html = site.get('databases/dat-dai.html') ?? '';
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  expect(main).not.toContain('overdue');
  expect(visibleText(main)).not.toMatch(/(^|\s)0(\s|%|$)/);
});

test('hostile text is inert wherever it comes from', () => {
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202Egnp.\u0007{{name}}`;
  const data = fixture();
  for (const row of data.database) row.name = `${evil}${row.name}`;
  for (const row of data.agency) row.name = `${evil}${row.name}`;
  for (const row of data.finding) Object.assign(row, { text: evil, name: evil });
  for (const row of data.action) Object.assign(row, { text: evil, result: evil, lead: evil });
  for (const row of data.task)
    Object.assign(row, {
      title: evil,
      legal_basis: evil,
      lead_raw: evil,
      deadline_raw: evil,
      overdue_raw: evil,
      source_program: evil,
      group_no: evil,
      document_title: evil,
    });
  for (const row of data.task_agency) Object.assign(row, { status_text: evil, difficulty_text: evil });
  for (const row of data.list_edition) row.title = evil;
  for (const row of data.observation) Object.assign(row, { evidence_title: evil, unit: evil, evidence_row: evil });
  for (const row of data.observation_current) Object.assign(row, { unit: evil });
  for (const row of data.commitment) row.what = evil;
  for (const row of data.source_health) Object.assign(row, { state: 'failed', error_message: evil });
  data.rejection.push({ source_id: evil, place: evil, code: evil, message: evil, raw: evil });
  for (const [path, html] of siteOf(
    viewOf(data, {
      run_id: evil,
      as_of: '2026-06-29',
      cut_off: '2026-06-29T07:00:00Z',
      published_at: '2026-06-29T15:00:00Z',
      edition: 'noi_bo',
      program_version: evil,
    }),
  )) {
    if (path.endsWith('.js')) continue;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be gone
    expect(html, path).not.toMatch(/<script>|<img|\u202E|\u0007/);
    if (path.endsWith('.css')) expect(/@bottom-left[\s\S]*/.exec(html)?.[0]).not.toMatch(/[<>]/);
    expect(html, path).not.toMatch(/<[^>]*\sonerror=/);
  }
});

test('a publication without any row still makes every page', () => {
  const empty = Object.fromEntries(Object.keys(fixture()).map((table) => [table, []])) as unknown as ReturnType<
    typeof fixture
  >;
  const files = siteOf(viewOf(empty));
  for (const [path, html] of pagesOf(files)) expect(html, path).not.toMatch(/NaN|undefined/);
  expect(files.get('index.html')).toContain('Không có CSDL quá hạn theo các văn bản đã nạp.');
});

test('rendering twice gives the same bytes', () => {
  expect([...siteOf()]).toEqual([...site]);
});
