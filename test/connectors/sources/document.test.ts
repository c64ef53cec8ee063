import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { loadConfig } from '../../../config/load.ts';
import { type Collected, statement } from '../../../connectors/contract.ts';
import document from '../../../connectors/sources/document.ts';
import { collectAll } from '../../support/collect-context.ts';
import { taskList } from '../../support/documents.ts';
import { folderWith } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const { config: registry } = loadConfig(new Project().config, {});

async function collect(files: Record<string, string | Buffer>, options: object): Promise<Collected[]> {
  const folder = folderWith(files);
  for (const name of Object.keys(files)) utimesSync(join(folder, name), 1_781_000_000, 1_781_000_000);
  return collectAll(document, { path: Object.keys(files)[0], ...options }, { folder, registry });
}

const statements = (pieces: readonly Collected[]) =>
  pieces.flatMap((piece) => (piece.kind === 'statement' ? [statement.parse(piece.statement)] : []));

describe('document', () => {
  test('the document first, then its tasks and facts in the order of its lines, each of the form of the contract', async () => {
    const read = statements(await collect({ 'a.txt': taskList({ number: '12/BC-BNV' }) }, {}));
    expect(read[0]).toMatchObject({
      type: 'document',
      number: '12/BC-BNV',
      stated_at: expect.stringMatching(/^2026-06-15/),
      file: 'a.txt',
      size: Buffer.byteLength(taskList({ number: '12/BC-BNV' })),
      received_at: new Date(1_781_000_000_000).toISOString(),
      series: 'bc-bnv: danh muc nhiem vu qua han',
    });
    expect(read.slice(1).every((s) => 'document' in s && s.document === (read[0] as { id: string }).id)).toBe(true);
    const lines = read.flatMap((s) => ('evidence' in s ? [s.evidence.line ?? 0] : []));
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(read.filter((s) => s.type === 'task')).toMatchObject([
      { no: 1, database_ids: ['ho-so-mot'], deadline: '2026-03-31', overdue_agencies: ['bo-noi-vu'] },
      { no: 2, database_ids: ['ho-so-ba'], statuses: [{ agency: 'bo-y-te', status: 'Chưa kết nối với C12.' }] },
    ]);
    const facts = read.filter((s) => s.type === 'observation');
    expect(facts).toContainEqual(
      expect.objectContaining({ subject_id: 'ho-so-mot', attribute: 'c12.connection', value_text: 'one_way' }),
    );
    for (const fact of facts) expect(fact.confidence).toBeGreaterThan(0);
  });

  test('facts less sure than min_confidence are claims (E1); the others keep the grade of the document', async () => {
    const grades = async (least: number) =>
      statements(await collect({ 'a.txt': taskList() }, { min_confidence: least })).flatMap((s) =>
        s.type === 'observation' ? [[s.confidence ?? 0, s.grade] as const] : [],
      );
    expect((await grades(0)).every(([, grade]) => grade === undefined)).toBe(true);
    const some = await grades(0.95);
    expect(some.length).toBeGreaterThan(2);
    for (const [confidence, grade] of some) expect(grade).toBe(confidence < 0.95 ? 'E1' : undefined);
  });

  test('a document without a day was stated when it was received: as set, else when the file was written', async () => {
    const text = taskList().replace(/^\(Số liệu.*$/m, '');
    const day = async (options: object) => statements(await collect({ 'a.txt': text }, options))[0];
    expect(await day({})).toMatchObject({ stated_at: expect.stringMatching(/^2026-06-09/) });
    expect(await day({ received: '2026-06-20' })).toMatchObject({
      stated_at: expect.stringMatching(/^2026-06-20/),
      received_at: '2026-06-20',
    });
  });

  test.each([
    ['that is not there', 'b.txt', 'source/missing-file'],
    ['without a byte', 'empty.txt', 'document/empty'],
  ])('a file %s: the source failed, with what to do', async (_what, path, code) => {
    const error = await collect({ 'a.txt': taskList(), 'empty.txt': '' }, { path }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/\w+/) });
  });
});
