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
import { type KeyCount, readKey } from '../../../eval/key.ts';
import { names, registry } from '../../../support/document-names.ts';

/** The figures of one agency, read or in the key; the printed rate is not among the key's measured fields. */
type Figures = Pick<KeyCount, 'agency' | 'assigned' | 'done' | 'in_progress' | 'overdue' | 'adds_up'>;

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
  const document = seed(number);
  const { counts } = readAgencyCounts(document, names, { document: 'd', asOf: day });
  const counted = counts.map((count) => count.statement);
  return readTasks(document, names, { document: 'd', day }, counted).tasks.map((task) => task.statement);
}

/** What a person read in 002; agencies and databases of the tasks are measured against it by test/eval. */
const key = readKey(asset('test', 'eval', 'keys', '002.key.ndjson'));

describe.skipIf(!existsSync(SEEDS))('the source documents', () => {
  test('002: every task of the key, with its deadline, its basis and its row', () => {
    const tasks = tasksOf('002', '2026-06-29');
    expect(
      tasks.map((task) => [task.no, task.deadline, task.deadline_raw, task.legal_basis, task.evidence.row]),
    ).toEqual(
      key.tasks.map((task) => [task.no, task.deadline, task.deadline_raw, task.legal_basis, task.evidence.row]),
    );
  });

  test('002: every agency count of the key', () => {
    const figures = ({ agency, assigned, done, in_progress, overdue, adds_up }: Figures): unknown[] => [
      agency,
      assigned,
      done,
      in_progress,
      overdue,

      adds_up,
    ];
    const read = readAgencyCounts(seed('002'), names, { document: 'd', asOf: '2026-06-29' });
    expect(read.counts.map((count) => figures(count.statement))).toEqual(key.counts.map(figures));
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
