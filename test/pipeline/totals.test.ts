/** One night told in six forms: every total is the same in all of them, and what ministries have adds up to it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExportedNight } from '../support/exported-night.ts';
import {
  csvTotals,
  excelTotals,
  jsonTotals,
  Site,
  type Told,
  type Totals,
  wordTotals,
} from '../support/told-totals.ts';

const night = new ExportedNight();
const site = new Site(night.out);
let counted: Totals;
/** Agency → its columns, counted from rows of databases and not from a table of sums. */
let byAgency: Told['byAgency'];

beforeAll(async () => {
  await night.run();
  const [row] = await night.query(`SELECT
    (SELECT count(*) FROM readiness)::INTEGER AS databases,
    (SELECT count(DISTINCT database_id) FROM overdue)::INTEGER AS overdue,
    (SELECT count(DISTINCT d.agency_id) FROM overdue JOIN "database" AS d USING (database_id))::INTEGER AS overdue_agencies,
    (SELECT count(*) FROM task)::INTEGER AS tasks,
    (SELECT count(criteria_met) FROM readiness)::INTEGER AS criteria,
    (SELECT count(*) FROM level_gate WHERE gate = 'c12_connected' AND passed)::INTEGER AS connected,
    (SELECT count(*) FROM level_gate WHERE gate = 'c12_connected' AND confirmed)::INTEGER AS confirmed,
    (SELECT count(DISTINCT database_id) FROM waiting)::INTEGER AS waiting,
    (SELECT count(*) FROM finding WHERE state <> 'resolved')::INTEGER AS findings,
    (SELECT count(*) FROM finding WHERE state <> 'resolved' AND is_contradiction)::INTEGER AS contradictions,
    (SELECT count(*) FROM readiness WHERE level_reported IS NULL)::INTEGER AS silent,
    ${[1, 2, 3, 4, 5].map((n) => `(SELECT count(*) FROM readiness WHERE level_reported = ${n})::INTEGER AS level_${n}`).join(', ')}`);
  const { tasks, contradictions } = row as Totals;
  counted = {
    ...(row as Totals),
    tasks_in_title: Number(tasks),
    tasks_in_annex: Number(tasks),
    contradictions_in_title: Number(contradictions),
  };
  const rows = await night.query(`SELECT coalesce(a.name, '') AS name, count(*)::INTEGER AS n,
      count(*) FILTER (r.database_id IN (SELECT database_id FROM overdue))::INTEGER AS late, count(r.criteria_met)::INTEGER AS met,
      count(*) FILTER (g.passed)::INTEGER AS passed, count(*) FILTER (g.confirmed)::INTEGER AS confirmed,
      count(*) FILTER (r.level_reported IS NULL)::INTEGER AS silent
    FROM readiness AS r LEFT JOIN agency AS a USING (agency_id)
      LEFT JOIN level_gate AS g ON g.database_id = r.database_id AND g.gate = 'c12_connected'
    GROUP BY a.name`);
  byAgency = Object.fromEntries(
    rows.map((one) => [
      String(one.name),
      [one.n, one.late, one.met, one.passed, one.confirmed, one.silent].map(Number),
    ]),
  );
}, 120_000);
afterAll(() => night.close());

/** Forms that tell totals and the columns of ministries. */
const FORMS: Record<string, () => Told | Promise<Told>> = {
  'the first page': () => site.overview(),
  Word: () => wordTotals(night.out),
  Excel: () => excelTotals(night.out),
  JSON: () => jsonTotals(night.out),
  CSV: () => csvTotals(night.out),
};

describe.each(Object.entries(FORMS))('%s', (_, read) => {
  test('tells the totals that SQL counts', async () => {
    const { totals } = await read();
    expect(Object.keys(totals).length).toBeGreaterThan(6);
    expect(totals).toEqual(Object.fromEntries(Object.keys(totals).map((name) => [name, counted[name]])));
  });

  test('gives each ministry what SQL counts, and their sums are the totals', async () => {
    const told = await read();
    // Databases without an owner stand under a name of their own.
    const named = Object.entries(told.byAgency).map(([name, counts]) => [name in byAgency ? name : '', counts]);
    expect(Object.fromEntries(named)).toEqual(byAgency);
    const { databases, overdue, criteria, connected, confirmed, silent } = counted;
    expect(told.sums).toEqual([databases, overdue, criteria, connected, confirmed, silent]);
    expect(told.sums.map((_, i) => Object.values(told.byAgency).reduce((sum, row) => sum + (row[i] ?? 0), 0))).toEqual(
      told.sums,
    );
  });
});

describe('pages that list', () => {
  const expectTold = (totals: Totals): void =>
    expect(totals).toEqual(Object.fromEntries(Object.keys(totals).map((name) => [name, counted[name]])));

  test('the rows of databases, and the counts beside the selections', () => {
    expectTold(site.list());
    expectTold(site.presets());
  });

  test('the rows of tasks and conflicts, and the counts in their titles', () => {
    expectTold(site.others());
  });

  test('the rows of each ministry on its own page', async () => {
    const pages = await night.query('SELECT agency_id, name FROM agency_summary LEFT JOIN agency USING (agency_id)');
    expect(pages.length).toBeGreaterThan(10);
    for (const { agency_id, name } of pages) {
      const { databases, overdue, criteria, connected, confirmed, silent } = site.list(
        `agencies/${agency_id ?? 'chua-xac-dinh'}.html`,
      );
      expect([databases, overdue, criteria, connected, confirmed, silent], String(name)).toEqual(
        byAgency[String(name ?? '')],
      );
    }
  });
});
