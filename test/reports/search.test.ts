/** The search index and the neighbours of a database; what is hostile in names stays a text in them, in pages and in the workbook. */
import { runInNewContext } from 'node:vm';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { ViewContext } from '../../reports/view-context.ts';
import { publicationWorkbook } from '../../reports/workbook/publication-workbook.ts';
import { parsePublication } from '../../scoring/contract.ts';
import { HOSTILE } from '../support/export-tables.ts';
import { config, fixture, META, pagesOf, siteOf, viewOf } from './fixture-site.ts';

interface Index {
  kinds: string[];
  entries: [kind: number, name: string, href: string, more: string][];
}
/** What the script leaves in the window, as a browser would run it. */
function indexOf(site: Map<string, string>): Index {
  const window: { CSDL_SEARCH?: Index } = {};
  runInNewContext(site.get('assets/search.js') ?? '', { window });
  if (window.CSDL_SEARCH === undefined) throw new Error('no index');
  return window.CSDL_SEARCH;
}

describe('the search index', () => {
  const site = siteOf();
  const index = indexOf(site);

  test('has every database, owner and page of the menu, and leads to what is there', () => {
    const hrefs = index.entries.map(([, , href]) => href);
    expect(new Set(hrefs).size).toBe(hrefs.length);
    for (const href of hrefs) expect(site.has(href), href).toBe(true);
    for (const path of site.keys()) if (/^databases\//.test(path)) expect(hrefs).toContain(path);
    expect(index.entries.filter(([kind]) => index.kinds[kind] === 'Trang')).toHaveLength(13);
  });

  test('stays below 60 kB for the 116 databases of the programme', () => {
    const bytes = Buffer.byteLength(site.get('assets/search.js') ?? '');
    expect((bytes / index.entries.length) * (116 + 25 + 11)).toBeLessThan(60_000);
  });
});

test('neighbours: five on each side, fewer at the ends, itself once', () => {
  const view = viewOf();
  const rows = view.databases.rows.filter((row) => row.kind !== 'umbrella');
  expect(Object.keys(view.neighbours)).toEqual(rows.map((row) => row.anchor));
  for (const [at, { anchor }] of rows.entries()) {
    const near = view.neighbours[anchor]?.rows ?? [];
    expect(near).toHaveLength(Math.min(at, 5) + 1 + Math.min(rows.length - 1 - at, 5));
    expect(near.filter((row) => row.is_self).map((row) => row.name)).toEqual([rows[at]?.name]);
  }
});

describe('hostile names', () => {
  const data = fixture();
  for (const [i, row] of data.database.entries()) {
    row.name = `${HOSTILE[(i + 12) % HOSTILE.length] ?? ''}${i}`;
    row.aliases = HOSTILE.join(';');
  }
  for (const [i, row] of data.agency.entries()) row.name = HOSTILE[i % HOSTILE.length] ?? '';
  for (const [i, row] of data.task.entries()) row.title = HOSTILE[(i + 3) % HOSTILE.length] ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be gone
  const harmful = /<script>|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200f\u202a-\u202e\u2066-\u2069]/;
  const site = siteOf(viewOf(data));

  test('run nothing and turn nothing in the index, and are cut there', () => {
    const text = site.get('assets/search.js') ?? '';
    expect(text).not.toMatch(harmful);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    for (const [, name, , more] of indexOf(site).entries) {
      expect(name.length).toBeLessThanOrEqual(300);
      expect(more.length).toBeLessThanOrEqual(300);
    }
  });

  test('of ten thousand letters too, are texts of every page', () => {
    for (const [path, html] of pagesOf(site)) {
      expect(html, path).not.toMatch(harmful);
      // Nothing from outside has opened or closed an element.
      expect(html.match(/<script/g), path).toHaveLength(2);
    }
  });

  test('are texts of the workbook', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = publicationWorkbook(new ViewContext(parsePublication(data), config, META));
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    let longest = 0;
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
          if (typeof cell.value !== 'string') return;
          expect(cell.value).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
          longest = Math.max(longest, cell.value.length);
        }),
      );
    expect(longest).toBeGreaterThan(9_000);
    // What a cell of Excel holds at most.
    expect(longest).toBeLessThanOrEqual(32_767);
  });
});
