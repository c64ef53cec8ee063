import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { asset } from '../../config/package-root.ts';
import { takeLock } from '../../pipeline/lock.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dumpTables, Project } from '../support/project.ts';

const AT = new Date('2026-06-29T16:00:00Z');
const lockPath = (): string => join(temporaryFolder(), 'out', 'run.lock');
const holder = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const ANOTHER_BOOT = '00000000-0000-0000-0000-000000000000';

function written(content: string): string {
  const path = lockPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A process that is alive until the test is done with it. */
async function alive<T>(work: (pid: number) => T | Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    return await work(child.pid ?? 0);
  } finally {
    child.kill('SIGKILL');
    await ended(child);
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
}

describe('takeLock', () => {
  test('says who holds it, and is free again when given back', () => {
    const path = lockPath();
    const release = takeLock(path, AT);
    expect(holder(path)).toMatchObject({ pid: process.pid, host: hostname(), started_at: '2026-06-29T16:00:00.000Z' });
    expect(() => takeLock(path, AT)).toThrow(new RegExp(`another run holds .*process ${process.pid} on`));
    release();
    expect(existsSync(path)).toBe(false);
    takeLock(path, AT)();
  });

  test('another living process holds it', async () => {
    const path = lockPath();
    takeLock(path, AT)();
    await alive((pid) => {
      writeFileSync(path, JSON.stringify({ ...reference(), pid, process_start: null }));
      expect(() => takeLock(path, AT)).toThrow(new RegExp(`process ${pid}`));
    });
  });

  test('a lock of another machine is believed', () => {
    const path = written(JSON.stringify({ ...reference(), host: 'elsewhere', pid: 999_999 }));
    expect(() => takeLock(path, AT)).toThrow(/on elsewhere/);
  });

  test('a process that began at that very moment holds it, though a container shows it another id of the boot', () => {
    const path = written(JSON.stringify({ ...reference(), boot_id: ANOTHER_BOOT }));
    expect(() => takeLock(path, AT)).toThrow(/another run holds/);
  });

  test.runIf(process.getuid?.() === 0)('root does not write into the folder of another user', () => {
    const path = written('');
    chownSync(dirname(path), 65_534, 65_534);
    expect(() => takeLock(path, AT)).toThrow(expect.objectContaining({ code: 'usage/wrong-user' }));
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('a lock whose process is gone is taken over', async () => {
    const pid = await alive((living) => living);
    const path = written(JSON.stringify({ ...reference(), pid }));
    const release = takeLock(path, AT);
    expect(holder(path)).toMatchObject({ pid: process.pid });
    release();
  });

  test('a lock of an earlier boot, and one whose pid now belongs to another process, are taken over', async () => {
    for (const change of [{ process_start: null, boot_id: ANOTHER_BOOT }, { process_start: '1' }]) {
      const path = written(JSON.stringify({ ...reference(), ...change }));
      takeLock(path, AT)();
      expect(existsSync(path)).toBe(false);
    }
  });

  test.each([
    '',
    '{"pid": 12',
    'rubbish',
    'null',
    '{}',
    '[]',
    '"text"',
    '42',
    '{"pid": 0, "host": "x"}',
    '{"pid": -1, "host": "x"}',
    '{"pid": "1"}',
  ])('what is no lock (%j) is taken over', (content) => {
    const path = written(content);
    takeLock(path, AT)();
    expect(existsSync(path)).toBe(false);
  });

  test('giving back never takes away the lock of another', () => {
    const path = lockPath();
    const release = takeLock(path, AT);
    writeFileSync(path, JSON.stringify({ ...reference(), pid: 1 }));
    release();
    expect(holder(path)).toMatchObject({ pid: 1 });
  });

  test('a folder that cannot be written is a fault of its own', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => takeLock(join(file, 'run.lock'), AT)).toThrow();
  });

  test('nothing is left beside it', () => {
    const path = written('rubbish');
    takeLock(path, AT)();
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});

/** A right lock of this process. */
function reference(): Record<string, unknown> {
  const path = lockPath();
  const release = takeLock(path, AT);
  const found = holder(path);
  release();
  return found;
}

describe('real processes', () => {
  const main = asset('dist', 'pipeline', 'cli', 'main.js');
  const project = new Project();

  interface Ended {
    code: number | null;
    stdout: string;
    stderr: string;
  }
  function start(...args: string[]): { child: ChildProcess; result: Promise<Ended> } {
    const child = spawn(
      process.execPath,
      [main, 'run', '--config', project.config, '--out', project.out, '--json', ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (piece: Buffer) => {
      stdout += piece.toString();
    });
    child.stderr?.on('data', (piece: Buffer) => {
      stderr += piece.toString();
    });
    return { child, result: ended(child).then((code) => ({ code, stdout, stderr })) };
  }
  const hashes = (): string[] => {
    const folder = join(project.out, 'current');
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => createHash('sha256').update(readFileSync(path)).digest('hex'));
  };

  let firstTook = 0;
  beforeAll(async () => {
    expect(existsSync(main), 'run `npm run build` first').toBe(true);
    const started = performance.now();
    const { code, stderr } = await start().result;
    firstTook = performance.now() - started;
    expect(code, stderr).toBe(0);
  });

  test('a second run beside the first is refused with its pid, exit 1, and changes nothing', async () => {
    const one = start();
    while (!existsSync(join(project.out, 'run.lock'))) await new Promise((resolve) => setTimeout(resolve, 5));
    const two = await start().result;
    expect(two.code).toBe(1);
    expect(two.stderr).toContain(`process ${one.child.pid}`);
    expect(JSON.parse(two.stdout)).toMatchObject({ code: 'run/locked' });
    expect((await one.result).code).toBe(0);
  });

  test('killed at any moment, the last publication stands byte for byte, and the next run is as if nothing had been', async () => {
    const tables = await dumpTables(join(project.out, 'csdl.duckdb'), ['run', 'source_health']);
    let [link, before] = [readlinkSync(join(project.out, 'current')), hashes()];
    let killed = 0;
    for (let i = 0; i < 6; i++) {
      const { child, result } = start();
      // Spread over the whole run, the last ones close to its end.
      const share = 0.15 + 0.14 * i;
      await new Promise((resolve) => setTimeout(resolve, firstTook * share));
      child.kill('SIGKILL');
      const { code } = await result;
      const now = readlinkSync(join(project.out, 'current'));
      if (code === 0 || now !== link) [link, before] = [now, hashes()];
      else killed += 1;
      expect(hashes()).toEqual(before);
      expect(await project.query('SELECT count(*) AS n FROM readiness')).toEqual([{ n: '5' }]);
    }
    // On a machine that was busy before and is free now, late kills may come after the end.
    expect(killed).toBeGreaterThanOrEqual(1);
    const { code, stdout, stderr } = await start().result;
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ published: true, observations: 10 });
    expect(await dumpTables(join(project.out, 'csdl.duckdb'), ['run', 'source_health'])).toEqual(tables);
    expect(await project.store('SELECT count(*) AS n, count(DISTINCT id) AS d FROM observation')).toEqual([
      { n: '10', d: '10' },
    ]);
    expect(await project.store("SELECT count(*) AS n FROM run WHERE state = 'running'")).toEqual([{ n: '0' }]);
    for (const name of readdirSync(join(project.out, 'publications')))
      expect(existsSync(join(project.out, 'publications', name, 'manifest.json')), name).toBe(true);
  });

  test('SIGTERM ends it with exit 1 and a sentence; the lock is given back', async () => {
    const { child, result } = start();
    while (!existsSync(join(project.out, 'run.lock'))) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGTERM');
    const { code, stderr } = await result;
    expect(code).toBe(1);
    expect(stderr).toContain('cancelled; the last publication stands');
    expect(existsSync(join(project.out, 'run.lock'))).toBe(false);
  });
});
