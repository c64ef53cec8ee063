/** The five source documents, which are no part of the project: read when they lie beside it, else skipped. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asset } from '../../../../config/package-root.ts';
import { readLines } from '../../../../connectors/document/layouts/read-lines.ts';
import type { Document } from '../../../../connectors/document/model.ts';
import { readAgencyCounts } from '../../../../connectors/document/tables/agency-counts.ts';
import { readHead } from '../../../../connectors/document/tables/document-head.ts';
import { readListCounts } from '../../../../connectors/document/tables/list-counts.ts';
import { readTasks } from '../../../../connectors/document/tables/tasks.ts';
import { names, registry } from '../../../support/document-names.ts';

const SEEDS = join(asset('config'), '..', '..', 'shared', 'seeds');

function seed(number: string): Document {
  const file = readdirSync(SEEDS).find((name) => name.startsWith(number)) ?? '';
  const lines = readFileSync(join(SEEDS, file), 'utf8').normalize('NFC').split('\n');
  return readLines(
    lines.map((text, at) => ({ text, line: at + 1 })),
    'text',
  );
}

function tasksOf(number: string, day: string) {
  return readTasks(seed(number), names, { document: 'd', day }).tasks.map((task) => task.statement);
}

const baseline = readFileSync(join(asset('config'), 'baseline', '2026-06-29.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter((line) => line.document === 'qua-han-2026-06-29');

const present = (text: string | undefined): boolean => text !== undefined && text !== 'blank';

describe.skipIf(!existsSync(SEEDS))('the source documents', () => {
  test('002: every task as in the hand-made baseline', () => {
    const tasks = tasksOf('002', '2026-06-29');
    const kept = baseline.filter((line) => line.type === 'task');
    expect(tasks.map((task) => task.no)).toEqual(kept.map((task) => task.no));
    for (const [at, task] of tasks.entries()) {
      const wanted = kept[at];
      expect({
        no: task.no,
        deadline: task.deadline,
        deadline_raw: task.deadline_raw,
        legal_basis: task.legal_basis,
        lead: task.lead_agencies,
        lead_raw: task.lead_raw,
        overdue: [...task.overdue_agencies].sort(),
        assigned: task.assigned_agencies_n,
        databases: task.database_ids,
        evidence: task.evidence,
        said: task.statuses.map((s) => [s.agency, present(s.status), present(s.difficulty)]).sort(),
      }).toEqual({
        no: wanted.no,
        deadline: wanted.deadline,
        deadline_raw: wanted.deadline_raw,
        legal_basis: wanted.legal_basis,
        lead: wanted.lead_agencies,
        lead_raw: wanted.lead_raw,
        overdue: [...wanted.overdue_agencies].sort(),
        assigned: wanted.assigned_agencies_n,
        databases: wanted.database_ids,
        evidence: wanted.evidence,
        said: wanted.statuses
          .map((s: { agency: string; status?: string; difficulty?: string }) => [
            s.agency,
            present(s.status),
            present(s.difficulty),
          ])
          .sort(),
      });
    }
  });

  test('002: every agency count as in the baseline', () => {
    const read = readAgencyCounts(seed('002'), names, { document: 'qua-han-2026-06-29', asOf: '2026-06-29' });
    expect(read.counts.map((count) => count.statement)).toEqual(
      baseline.filter((line) => line.type === 'agency_count'),
    );
  });

  test.each([
    ['000', '2026-05-31', 73, 0],
    ['001', '2025-11-06', 74, 0],
    ['004', '2025-08-01', 66, 44],
  ] as const)('%s: tasks and counts', (number, day, tasks, counts) => {
    expect(tasksOf(number, day)).toHaveLength(tasks);
    const read = readAgencyCounts(seed(number), names, { document: 'd', asOf: day });
    expect([read.counts.length, read.rejections.length]).toEqual([counts, 0]);
  });

  test('003: every database of resolution 71/NQ-CP stands in a title, and every agency has its counts', () => {
    const named = new Set(tasksOf('003', '2025-08-05').flatMap((task) => task.database_ids));
    const listed = registry.databases.filter((database) => database.listed_in.includes('nq71'));
    expect(listed.filter((database) => !named.has(database.database_id))).toEqual([]);
    const { counts } = readAgencyCounts(seed('003'), names, { document: 'd', asOf: '2025-08-05' });
    expect(counts.map((count) => count.statement.adds_up)).toEqual(new Array(38).fill(true));
  });

  test('heads, and headings that count otherwise than their lists', () => {
    expect(['000', '001', '002', '003', '004'].map((number) => readHead(seed(number))?.stated_at)).toEqual([
      '2026-05-31T00:00:00+07:00',
      '2025-11-06T00:00:00+07:00',
      '2026-06-29T14:00:00+07:00',
      '2025-08-05T00:00:00+07:00',
      '2025-08-01T00:00:00+07:00',
    ]);
    expect(['000', '001', '002', '003', '004'].map((number) => readListCounts(seed(number), 'd').length)).toEqual([
      6, 0, 1, 0, 0,
    ]);
  });
});
