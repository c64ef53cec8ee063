/** Backup and restore: what comes back is what went in, and a night and a replay go on from it; damage is told, nothing overwritten. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileSha256 } from '../../pipeline/durable-file.ts';
import { takeLock } from '../../pipeline/lock.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { csdl, jsonOf } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { clockFrom, dumpTables, FACTS, ndjson, Project, sourceFiles } from '../support/project.ts';

const project = new Project(sourceFiles([{ id: 'nguon-mot', content: ndjson(FACTS.slice(0, 6)) }], null));
const saved = join(temporaryFolder(), 'backups', 'monday');

beforeAll(async () => {
  await project.run({ asOf: '2026-05-31', now: clockFrom('2026-05-31T16:00:00Z') });
  project.write(sourceFiles([{ id: 'nguon-mot', content: ndjson(FACTS, { id: 'van-ban-hai' }) }], null));
  await project.run({ asOf: '2026-06-29' });
  const said = await csdl(['backup', '--out', project.out, '--to', saved, '--json']);
  expect(said.exit, said.stderr).toBe(0);
  expect(jsonOf(said)).toMatchObject({ to: saved, published: { chia_se: null } });
}, 240_000);

/** Every file below a folder and its hash, links left out. */
function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), fileSha256(path)]),
  );
}

const newOut = (): string => join(temporaryFolder(), 'out');
const restore = (from: string, out: string, ...flags: string[]) =>
  csdl(['restore', from, '--out', out, '--json', ...flags]);

function damaged(change: (folder: string) => void): string {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(saved, copy, { recursive: true });
  change(copy);
  return copy;
}

describe('backup and restore', () => {
  test('gives back store, closed months, bundles and the publication, byte by byte, and its links', async () => {
    const out = newOut();
    const said = await restore(saved, out);
    expect(said.exit, said.stderr).toBe(0);
    const [before, after] = [outPaths(project.out), outPaths(out)];
    expect(readdirSync(after.archive)).toEqual(['2026-05.parquet']);
    expect(hashes(join(out, 'store'))).toEqual(hashes(join(project.out, 'store')));
    expect(hashes(join(out, 'current'))).toEqual(hashes(join(project.out, 'current')));
    expect(readdirSync(after.publications)).toEqual(readdirSync(before.publications).slice(-1));
    expect(JSON.parse(readFileSync(after.statusJson, 'utf8'))).toMatchObject({ published: true, as_of: '2026-06-29' });
    expect(readdirSync(out).sort()).toEqual(readdirSync(project.out).sort());
  });

  test('a replay and the next night over the restored store say the same, byte by byte', async () => {
    const out = newOut();
    await restore(saved, out);
    for (const knownAt of ['2026-05-31', '2026-06-29']) {
      const replay = (folder: string) => csdl(['score', '--out', folder, '--known-at', knownAt, '--json']);
      const [one, other] = [await replay(project.out), await replay(out)];
      expect(one.stdout).toMatch(/ho-so-mot/);
      expect(other.stdout).toBe(one.stdout);
    }
    const original = newOut();
    cpSync(project.out, original, { recursive: true, verbatimSymlinks: true });
    for (const folder of [original, out])
      await project.run({ out: folder, asOf: '2026-07-01', now: clockFrom('2026-07-01T16:00:00Z') });
    const tables = (folder: string) => dumpTables(join(folder, 'csdl.duckdb'), ['source_health']);
    expect(await tables(out)).toEqual(await tables(original));
  }, 240_000);

  test('a folder that is not empty is refused; --replace moves aside what is there, the lock excepted', async () => {
    const out = newOut();
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const refused = await restore(saved, out);
    expect([refused.exit, jsonOf(refused)]).toMatchObject([2, { code: 'usage/not-empty' }]);
    expect(readdirSync(out)).toEqual(['mine.txt']);
    const done = jsonOf(await restore(saved, out, '--replace')) as { aside: string };
    expect(readFileSync(join(done.aside, 'mine.txt'), 'utf8')).toBe('mine');
    expect(existsSync(join(out, 'current', 'manifest.json'))).toBe(true);
    expect((await csdl(['backup', '--out', out, '--to', saved])).exit).toBe(2);
  });

  test('while a run holds the lock, neither goes on', async () => {
    const release = takeLock(outPaths(project.out).lock, new Date('2026-06-29T16:00:00Z'));
    try {
      const asked = await csdl(['backup', '--out', project.out, '--to', newOut(), '--json']);
      expect([asked.exit, jsonOf(asked)]).toMatchObject([1, { code: 'run/locked' }]);
      expect(jsonOf(await restore(saved, project.out, '--replace'))).toMatchObject({ code: 'run/locked' });
    } finally {
      release();
    }
  });

  test.each([
    ['a file is missing', (folder: string) => rmSync(join(folder, 'store', 'store.duckdb'))],
    ['one byte is another', (folder: string) => flip(join(folder, 'store', 'observation', '2026-05.parquet'))],
    ['its list is cut off', (folder: string) => writeFileSync(join(folder, 'backup.json'), '{"format": 1')],
    [
      'its list leads out of it',
      (folder: string) => replaceInList(folder, 'store/store.duckdb', 'store/../../../evil'),
    ],
    ['its list is absolute', (folder: string) => replaceInList(folder, 'store/store.duckdb', '/evil')],
  ])('damage is told before anything is touched: %s', async (_what, change) => {
    const out = newOut();
    const said = await restore(damaged(change), out);
    expect([said.exit, jsonOf(said)]).toMatchObject([1, { code: 'backup/damaged' }]);
    expect(existsSync(out)).toBe(false);
  });

  test('a closed month that is not the one written is not taken into a backup', async () => {
    const out = newOut();
    await restore(saved, out);
    flip(join(out, 'store', 'observation', '2026-05.parquet'));
    const to = newOut();
    const said = await csdl(['backup', '--out', out, '--to', to, '--json']);
    expect([said.exit, jsonOf(said)]).toMatchObject([1, { code: 'backup/changed' }]);
    expect(existsSync(to)).toBe(false);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}

function replaceInList(folder: string, from: string, to: string): void {
  const list = join(folder, 'backup.json');
  writeFileSync(list, readFileSync(list, 'utf8').replace(JSON.stringify(from), JSON.stringify(to)));
}
