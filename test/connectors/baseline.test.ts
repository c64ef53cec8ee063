import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../config/fault.ts';
import { asset } from '../../config/package-root.ts';
import type { Collected } from '../../connectors/contract.ts';
import { discoverConnectors } from '../../connectors/discover.ts';
import baseline from '../../connectors/sources/baseline.ts';
import { collectAll } from '../support/collect-context.ts';
import { temporaryFolder } from '../support/folders.ts';

async function collect(content: string | Buffer, signal = new AbortController().signal): Promise<Collected[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'facts.ndjson'), content);
  return collectFrom(folder, 'facts.ndjson', signal);
}

const collectFrom = (folder: string, path: string, signal = new AbortController().signal): Promise<Collected[]> =>
  collectAll(baseline, { path }, { folder, signal });

const codes = (pieces: readonly Collected[]): string[] =>
  pieces.map((p) => (p.kind === 'rejection' ? p.code : 'statement'));

/** What of a line of the shipped files is looked at here. */
interface Line {
  type: string;
  stated_at?: string;
  quote?: string;
  text?: string;
  statuses?: { status?: string; difficulty?: string }[];
}

describe('baseline', () => {
  test('one piece a line, in order, with its place; blank lines and CRLF count as lines', async () => {
    expect(await collect('{"a":1}\r\n\r\n{"b":"đúng, đủ"}\r\n')).toEqual([
      { kind: 'statement', statement: { a: 1 }, at: 'line 1' },
      { kind: 'statement', statement: { b: 'đúng, đủ' }, at: 'line 3' },
    ]);
  });

  test('a byte order mark at the start is not part of the first line', async () => {
    expect(await collect('\ufeff{"a":1}\n')).toEqual([{ kind: 'statement', statement: { a: 1 }, at: 'line 1' }]);
  });

  test('a whole last line needs no line feed', async () => {
    expect(codes(await collect('{"a":1}\n{"b":2}'))).toEqual(['statement', 'statement']);
  });

  test('a last line that was cut off says so', async () => {
    const [, piece] = await collect('{"a":1}\n{"b":2,"c":"the copy stopp');
    expect(piece).toEqual({
      kind: 'rejection',
      code: 'truncated_line',
      message: 'the file ends in the middle of line 2; it was cut off',
      raw: '{"b":2,"c":"the copy stopp',
      at: 'line 2',
    });
  });

  test('a broken line in the middle is refused with its place, and the rest is read', async () => {
    const pieces = await collect('{"a":1}\n{"b":2\n{"c":3}\n');
    expect(codes(pieces)).toEqual(['statement', 'broken_json', 'statement']);
    expect(pieces[1]).toMatchObject({
      at: 'line 2',
      raw: '{"b":2',
      message: expect.stringContaining('line 2 is not JSON'),
    });
  });

  test('a file without any line is a fault of the source', async () => {
    await expect(collect('')).rejects.toMatchObject({ code: 'source/empty-file' });
    await expect(collect('\n\n  \n')).rejects.toMatchObject({ code: 'source/empty-file' });
  });

  test('a file that is not there is a fault of the source, and found before the run', async () => {
    const folder = temporaryFolder();
    await expect(collectFrom(folder, 'none.ndjson')).rejects.toBeInstanceOf(Fault);
    await expect(collectFrom(folder, 'none.ndjson')).rejects.toMatchObject({ code: 'source/missing-file' });
    expect(baseline.check?.({ path: 'none.ndjson' }, folder)).toBe('there is no file none.ndjson');
    mkdirSync(join(folder, 'folder.ndjson'));
    expect(baseline.check?.({ path: 'folder.ndjson' }, folder)).toBe('there is no file folder.ndjson');
  });

  test('a line without end is refused without being kept in memory', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'long.ndjson');
    writeFileSync(path, '{"a":"');
    for (let i = 0; i < 40; i++) appendFileSync(path, 'x'.repeat(1_000_000));
    appendFileSync(path, '"}\n{"b":1}\n');
    const pieces = await collectFrom(folder, 'long.ndjson');
    expect(codes(pieces)).toEqual(['line_too_long', 'statement']);
    expect(pieces[0]?.kind === 'rejection' && pieces[0].raw.length).toBeLessThan(1000);
  });

  test('bytes that are no UTF-8 are refused as data, not as a crash', async () => {
    const pieces = await collect(
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]),
    );
    expect(codes(pieces)).toEqual(['statement']);
  });

  test('stops when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort(new DOMException('stop', 'AbortError'));
    await expect(collect('{"a":1}\n', controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('discover', () => {
  test('every file of sources/ is a connector named like its file, with a summary', async () => {
    const connectors = await discoverConnectors();
    expect([...connectors.keys()]).toContain('baseline');
    expect([...connectors.keys()]).toEqual([...connectors.keys()].sort());
    for (const [id, connector] of connectors) {
      expect(connector.id).toBe(id);
      expect(connector.summary, id).toMatch(/\w+ \w+/);
    }
  });

  const FILES = readdirSync(join(asset('config'), 'baseline')).filter((name) => name.endsWith('.ndjson'));

  test('there is a file for each shipped document', () => {
    expect(FILES.sort()).toEqual(
      ['2025-08-01', '2025-08-05', '2025-11-06', '2026-05-31', '2026-06-29'].map((day) => `${day}.ndjson`),
    );
  });

  test.each(FILES)('%s reads whole, begins with its document, and holds no sentence of it', async (file) => {
    const pieces = await collectFrom(asset('config'), `baseline/${file}`);
    expect(new Set(codes(pieces))).toEqual(new Set(['statement']));
    const statements = pieces.flatMap((p) => (p.kind === 'statement' ? [p.statement as Line] : []));
    expect(statements[0]).toMatchObject({ type: 'document' });
    expect(statements.filter((s) => s.type === 'document')).toHaveLength(1);
    expect(statements[0]?.stated_at?.slice(0, 10)).toBe(file.slice(0, 10));
    for (const { quote, text, statuses = [] } of statements) {
      expect([quote, text]).toEqual([undefined, undefined]);
      for (const { status, difficulty } of statuses)
        for (const said of [status, difficulty]) expect([undefined, 'reported', 'blank']).toContain(said);
    }
  });
});
