/** The facts shipped with the program, through the connector and the Normaliser: the figures that the issues name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AS_OF, type Night, shipped } from '../support/night.ts';
import { shippedNight } from '../support/shipped-facts.ts';

let night: Night;
let findings: Record<string, unknown>[];

beforeAll(async () => {
  night = await shippedNight(AS_OF);
  findings = await night.findings();
}, 60_000);
afterAll(() => night.close());

const readiness = (id: string) => night.row('publication.readiness', id);
const found = (kind: string, id?: string) =>
  findings.filter((f) => f.kind === kind && (id === undefined || f.database_id === id));

describe('readiness on 29/6/2026', () => {
  test('bảo hiểm thất nghiệp: 13/19, about 4,8 million, connected one way, level 3 as reported', async () => {
    expect(await readiness('bao-hiem-that-nghiep')).toMatchObject({
      criteria_met: 13,
      criteria_applicable: 19,
      criteria_total: 19,
      records_low: 4_750_000,
      records_high: 4_850_000,
      records_total: 4_800_000,
      records_unit: 'dữ liệu hồ sơ',
      records_stage: 'thu_thap',
      c12_state: 'one_way',
      c12_sync_state: 'requested',
      level_reported: 3,
      level_confirmed: null,
      confirmed: 0,
    });
  });

  test('levels as reported: 7, 5 and 10 databases on levels 1 to 3, of 84 nothing is known', async () => {
    expect(
      await night.query(
        'SELECT level_reported, count(*)::INTEGER AS n FROM publication.readiness GROUP BY 1 ORDER BY 1 NULLS FIRST',
      ),
    ).toEqual([
      { level_reported: null, n: 84 },
      { level_reported: 1, n: 7 },
      { level_reported: 2, n: 5 },
      { level_reported: 3, n: 10 },
    ]);
  });

  test('người lao động: 6/19, about 42 million, level 2', async () => {
    expect(await readiness('nguoi-lao-dong')).toMatchObject({
      criteria_met: 6,
      criteria_total: 19,
      records_low: 41_500_000,
      records_high: 42_500_000,
      level_reported: 2,
      level_confirmed: null,
    });
  });

  test('ADN liệt sĩ, thân nhân: 8/19, level 1', async () => {
    expect(await readiness('adn-liet-si-than-nhan')).toMatchObject({
      criteria_met: 8,
      criteria_total: 19,
      level_reported: 1,
      records_total: null,
    });
  });

  test('tai nạn lao động: 5/19 with four criteria asked to be not applicable or deferred', async () => {
    expect(await readiness('tai-nan-lao-dong')).toMatchObject({
      criteria_met: 5,
      criteria_applicable: 19,
      criteria_total: 19,
    });
    const asked = await night.rows(
      'publication.criterion_status',
      "database_id = 'tai-nan-lao-dong' AND state IN ('na_requested', 'deferred')",
    );
    expect(asked.map((r) => `${r.criterion} ${r.state}`)).toEqual([
      'tc04 na_requested',
      'tc06 na_requested',
      'tc07 na_requested',
      'tc10 deferred',
    ]);
  });

  test('người có công: "hơn 1.041.000" is an interval, digitised and not yet loaded', async () => {
    expect(await readiness('nguoi-co-cong')).toMatchObject({
      criteria_met: 13,
      records_low: 1_041_000,
      records_high: 1_042_000,
      records_stage: 'so_hoa',
      security_state: 'awaiting_result',
      level_reported: 2,
    });
  });

  test('nine databases of Bộ Y tế share one statement and have equal rows', async () => {
    const rows = await night.rows('publication.readiness', 'shared_n = 9');
    expect(rows).toHaveLength(9);
    expect(new Set(rows.map((r) => r.agency_id))).toEqual(new Set(['bo-y-te']));
    const alike = rows.map(({ database_id: _, deadline: __, overdue_days: ___, ...row }) => JSON.stringify(row));
    expect(new Set(alike).size).toBe(1);
    expect(found('shared_statement')).toHaveLength(1);
  });

  test('nothing is confirmed anywhere, and no composite reaches the least coverage', async () => {
    expect(await night.rows('publication.readiness', 'confirmed <> 0 OR level_confirmed IS NOT NULL')).toEqual([]);
    expect(await night.rows('publication.dimension_score', 'confirmed <> 0')).toEqual([]);
    expect(await night.rows('publication.readiness', 'coverage >= 60')).toEqual([]);
  });

  test('of a database nobody spoke of nothing is known: no level, no place, floor 0, ceiling 100', async () => {
    const silent = await night.query(
      'SELECT r.* FROM publication.readiness r WHERE r.database_id NOT IN (SELECT subject_id FROM fact.known)',
    );
    expect(silent.length).toBeGreaterThan(50);
    for (const row of silent)
      expect(row).toMatchObject({
        level_reported: null,
        level_confirmed: null,
        confirmed: 0,
        floor: 0,
        ceiling: 100,
        coverage: 0,
        criteria_met: null,
        records_total: null,
      });
    const ids = new Set(silent.map((r) => r.database_id));
    expect((await night.rows('publication.database_place')).filter((p) => ids.has(p.database_id))).toEqual([]);
  });

  test('an umbrella row is not scored', async () => {
    const umbrellas = shipped.databases.filter((d) => d.row_kind === 'umbrella').map((d) => d.database_id);
    expect(umbrellas.length).toBeGreaterThan(0);
    const scored = (await night.rows('publication.readiness')).map((r) => String(r.database_id));
    expect(scored.filter((id) => umbrellas.includes(id))).toEqual([]);
    expect(scored).toHaveLength(shipped.databases.length - umbrellas.length);
  });

  test('accounts given out and users of the data raise no "đủ"', async () => {
    // người có công: 34 localities use the data; hội, quỹ: roles access_granted and deployed beside 128/618 that entered data.
    expect(
      await night.rows(
        'publication.indicator_result',
        "indicator = 'units_reporting' AND database_id = 'nguoi-co-cong'",
      ),
    ).toMatchObject([{ state: 'unknown', floor: 0 }]);
    expect(
      await night.rows(
        'publication.indicator_result',
        "indicator = 'units_reporting' AND database_id = 'hoi-quy-to-chuc-phi-chinh-phu'",
      ),
    ).toMatchObject([{ numerator: '128', denominator: '618', floor: 20.7, ceiling: 20.7 }]);
  });

  test('a total of criteria without a breakdown fills the checklist pillar and no dimension', async () => {
    expect(
      await night.rows(
        'publication.dimension_score',
        "database_id = 'bao-hiem-that-nghiep' AND pillar IN ('checklist', 'dung', 'sach')",
      ),
    ).toMatchObject([
      { pillar: 'checklist', confirmed: 0, floor: 68.4, ceiling: 68.4, coverage: 100 },
      { pillar: 'dung', floor: 0, ceiling: 100, coverage: 0 },
      { pillar: 'sach', floor: 0, ceiling: 100, coverage: 0 },
    ]);
    expect(found('no_breakdown', 'bao-hiem-that-nghiep')).toHaveLength(1);
  });
});

describe('what is possible within a reported total', () => {
  test.each([
    ['nguoi-co-cong', 'phap_ly', 4, 5, 5],
    ['nguoi-co-cong', 'ket_noi', 1, 2, 5],
    ['nguoi-co-cong', 'an_ninh', 0, 1, 2],
    ['nguoi-co-cong', 'song', 1, 2, 2],
    ['tai-nan-lao-dong', 'phap_ly', 1, 3, 5],
    ['tai-nan-lao-dong', 'dung', 0, 0, 1],
    ['hoi-quy-to-chuc-phi-chinh-phu', 'du', 0, 0, 2],
    ['bao-hiem-that-nghiep', 'ket_noi', 1, 4, 5],
  ])('%s, %s: %i–%i of %i', async (database, block, low, high, size) => {
    const [row] = await night.rows('publication.criterion_range', `database_id = '${database}' AND block = '${block}'`);
    expect(row).toMatchObject({ at_least: low, at_most: high, size, is_impossible: false });
  });
});

describe('what stands still', () => {
  test('người có công has waited 147 days for A05', async () => {
    expect(await night.rows('publication.waiting', "database_id = 'nguoi-co-cong'")).toMatchObject([
      { holder: 'a05', since: '2026-02-02', days: 147 },
    ]);
  });

  test('bảo hiểm thất nghiệp asked C12 234 days ago, and missed what was promised for 29/12/2025 by 182 days', async () => {
    expect(
      await night.rows('publication.waiting', "database_id = 'bao-hiem-that-nghiep' AND holder = 'c12'"),
    ).toMatchObject([{ days: 234 }]);
    expect(await night.rows('publication.commitment', "due = DATE '2025-12-29'")).toMatchObject([
      { database_id: 'bao-hiem-that-nghiep', said_on: '2025-12-24', state: 'missed', days_past: 182 },
    ]);
    expect(found('commitment_missed').filter((f) => String(f.text).includes('29/12/2025'))).toHaveLength(1);
  });

  test('người lao động nước ngoài has waited 112 days for C12', async () => {
    expect(
      await night.rows('publication.waiting', "database_id = 'nguoi-lao-dong-nuoc-ngoai-tai-viet-nam'"),
    ).toMatchObject([{ holder: 'c12', since: '2026-03-09', days: 112 }]);
  });

  test('23 databases of 5 agencies are overdue', async () => {
    const [row] = await night.query(
      'SELECT count(DISTINCT database_id)::INTEGER AS databases, count(DISTINCT agency_id)::INTEGER AS agencies FROM publication.overdue',
    );
    expect(row).toEqual({ databases: 23, agencies: 5 });
  });

  test('no finding stands twice', () => {
    const ids = findings.map((f) => f.finding_id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});
