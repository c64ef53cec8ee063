/** A night over the shipped settings: what the first page says on the day of the newest document, and on earlier days. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { silentLog } from '../../config/log.ts';
import type { RunReport } from '../../pipeline/contract.ts';
import { Database } from '../../pipeline/database/database.ts';
import { runNight } from '../../pipeline/run.ts';
import { readRenderTables, reportContext } from '../../pipeline/stages/render.ts';
import { viewOf } from '../../reports/view.ts';
import { checkedView, visibleText } from '../reports/fixture-site.ts';
import { temporaryFolder } from '../support/folders.ts';
import { clockFrom } from '../support/project.ts';

interface Shipped {
  report: RunReport;
  /** Words of the first page. */
  page: string;
}

async function night(asOf?: string): Promise<Shipped> {
  const out = join(temporaryFolder(), 'out');
  const { report } = await runNight({
    configFolder: undefined,
    out,
    asOf,
    environment: {},
    log: silentLog,
    now: clockFrom('2026-07-02T01:00:00Z'),
    signal: new AbortController().signal,
  });
  await checkPages(out, report);
  const page = visibleText(readFileSync(join(out, 'site', 'index.html'), 'utf8')).replace(/ ([,;.:)])/g, '$1');
  return { report, page };
}

/** What the pages of a whole publication are made of is what their schemas agree on: a night itself does not look. */
async function checkPages(out: string, { run_id: runId, as_of: asOf }: RunReport): Promise<void> {
  const { config } = loadConfig(undefined, {});
  const input = { config, runId, asOf, publishedAt: new Date(0), edition: 'noi_bo', schema: 'main' } as const;
  const database = await Database.open({ path: join(out, 'csdl.duckdb'), readOnly: true });
  try {
    const view = checkedView(viewOf(reportContext(await readRenderTables(database, input), input)));
    expect(view.database.length).toBeGreaterThan(100);
  } finally {
    database.close();
  }
}

describe('the first page', () => {
  test('29/6/2026: what is late, the period of May, and the four names that left the list', async () => {
    const { report, page } = await night();
    expect(report).toMatchObject({ as_of: '2026-06-29', published: true, rejections: 0 });
    expect(report.levels).toEqual({ none: 84, '1': 7, '2': 5, '3': 10, '4': 0, '5': 0 });
    expect(page).toContain(
      '23 CSDL của 05 cơ quan đang quá hạn (kỳ tháng 5/2026: 27 CSDL của 06 cơ quan; giảm 04: ' +
        'CSDL quốc gia về cán bộ, công chức, viên chức; CSDL di sản văn hóa phi vật thể; ' +
        'CSDL đăng ký quyền tác giả, quyền liên quan; CSDL hiện vật)',
    );
    expect(page).toContain('chưa phải là căn cứ đã hoàn thành');
    expect(page).toContain('Đã được xác nhận: chưa có CSDL nào.');
    expect(page).toContain('Chưa có thông tin: 84 CSDL.');
    for (const days of ['147', '234', '112']) expect(page).toMatch(new RegExp(`\\b${days} ngày`));
  });

  test('--as-of 2026-05-31: 27 databases of 6 agencies, and no word of June', async () => {
    const { report, page } = await night('2026-05-31');
    expect(report.levels).toEqual({ none: 106, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 });
    expect(page).toContain('27 CSDL của 06 cơ quan đang quá hạn');
    expect(page).toContain('Cả 27 CSDL cùng quá hạn 151 ngày');
    expect(page).not.toMatch(/13\/19|23 CSDL của|29\/6\/2026|147 ngày/);
    expect(page).toMatch(/Số liệu kỳ này lấy từ [^.]{10}/);
  });

  test('--as-of 2025-08-05: the documents of August 2025 alone', async () => {
    const { report, page } = await night('2025-08-05');
    expect(report.levels).toEqual({ none: 106, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 });
    expect(page).toContain('22 CSDL của 09 cơ quan đang quá hạn (chưa có số liệu kỳ trước để so sánh)');
    expect(page).not.toMatch(/kỳ tháng 5\/2026|27 CSDL của|13\/19|Nghị quyết số 11\/NQ-CP ngày/);
  });
});
