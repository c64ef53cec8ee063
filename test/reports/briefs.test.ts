/** One sheet per agency, and a badge per database: taken from the pages, calm where nothing is known. */
import { describe, expect, test } from 'vitest';
import { bareText } from '../../reports/rich-text.ts';
import { fixture, META, siteOf, viewOf, visibleText } from './fixture-site.ts';

const view = viewOf();
const site = siteOf(view);

describe('sheets', () => {
  test('every agency has one, linked from its page', () => {
    for (const page of view.agency) {
      expect(site.get(`phieu/${page.id}.html`)).toContain('class="on-paper brief"');
      expect(site.get(`agencies/${page.id}.html`)).toContain(`href="../phieu/${page.id}.html"`);
    }
  });

  test('told and silent databases together are all of its databases', () => {
    for (const [index, brief] of view.brief.entries()) {
      const all = (view.agency[index]?.databases ?? [])
        .filter((row) => row.kind === 'database')
        .map((row) => row.anchor);
      const named = [...brief.rows.map((row) => row.name.text), ...(brief.silent?.names ?? []).map((one) => one.text)];
      expect(named, brief.id).toHaveLength(all.length);
      expect(new Set(named).size, brief.id).toBe(all.length);
    }
  });

  test('the five steps that gain most, in the order of the page, with the six columns', () => {
    for (const [index, brief] of view.brief.entries()) {
      const all = view.agency[index]?.actions ?? [];
      expect(brief.actions, brief.id).toEqual(all.slice(0, 5));
      expect(brief.actions_more === null, brief.id).toBe(all.length <= 5);
      const text = visibleText(site.get(`phieu/${brief.id}.html`) ?? '');
      for (const one of brief.actions) expect(text).toContain(bareText(one.text).replace(/\s+/g, ' '));
    }
  });

  test('overdue tasks are counted as on the page of the agency', () => {
    for (const [index, brief] of view.brief.entries()) {
      const late = (view.agency[index]?.tasks ?? []).filter((task) => task.days !== '').length;
      const counted = brief.overdue.reduce((sum, line) => sum + Number(/\((\d+) /.exec(line.when)?.[1] ?? 0), 0);
      expect(counted, brief.id).toBe(late);
    }
  });
});

describe('badges', () => {
  const badges = [...site].filter(([path]) => path.startsWith('badges/'));

  test('every scored database has one, and its page leads there', () => {
    expect(badges.map(([path]) => path.slice(7, -4)).sort()).toEqual(
      fixture()
        .database.filter((row) => row.row_kind !== 'umbrella')
        .map((row) => row.database_id)
        .sort(),
    );
    for (const [path] of badges) expect(site.get(`databases/${path.slice(7, -4)}.html`)).toContain(`href="../${path}"`);
  });

  test('says in words what it shows, read out as well', () => {
    const svg = site.get('badges/dat-dai.svg') ?? '';
    expect(svg).toContain('role="img" aria-labelledby="title"');
    expect(/<title id="title">([^<]+)</.exec(svg)?.[1]).toMatch(/^Cơ sở dữ liệu.*: Chưa có thông tin; Số liệu đến/);
    expect(svg).toContain('>Chưa có thông tin</text>');
  });

  test('nothing known is grey; no badge is red or green, and none shows 0', () => {
    for (const [path, svg] of badges) {
      const isKnown = /[1-5]\/5/.test(svg);
      expect(svg.includes('#e6e9ec'), path).toBe(!isKnown);
      expect(svg, path).not.toMatch(/>0\/5|NaN|undefined/);
      for (const [, r, g, b] of svg.matchAll(/fill="#(..)(..)(..)"/g)) {
        const [red, green, blue] = [r, g, b].map((two) => Number.parseInt(two ?? '0', 16));
        expect(Math.max(red ?? 0, green ?? 0) <= (blue ?? 0), `${path} ${r}${g}${b}`).toBe(true);
      }
    }
  });

  test('the name of a database stays text in it', () => {
    const data = fixture();
    for (const row of data.database) row.name = `</title><script>x</script>\u202E${'W'.repeat(10_000)}`;
    for (const [path, svg] of siteOf(viewOf(data, META))) {
      if (!path.endsWith('.svg')) continue;
      expect(svg, path).toContain('&lt;/title&gt;&lt;script&gt;');
      expect(svg, path).not.toMatch(/<script|\u202E/);
      expect(Number(/width="(\d+)"/.exec(svg)?.[1]), path).toBeLessThan(500);
    }
  });
});
