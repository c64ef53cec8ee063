// Nights on a machine that fails: full disks, folders that cannot be written, clocks that jump, damaged stores. Of each: the
// last publication stands, the error names a remedy, and the next night on a sound machine is as its undisturbed twin.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { night, SECOND_NIGHT } from './fixture.mjs';
import { afterKill, afterNight } from './standing.mjs';

const NOBODY = 65_534;

/** Runs every case over a copy of `kind.before`; gives how many did not hold. */
export async function conditions({ kind, root, say }) {
  const held = [];
  const check = async (name, using, work) => {
    const out = join(root, `condition-${held.length}`);
    cpSync(kind.before, out, { recursive: true, verbatimSymlinks: true });
    let troubles;
    try {
      troubles = await work(out);
    } catch (error) {
      troubles = [error.message];
    }
    held.push(troubles === null || troubles.length === 0);
    say(`${troubles === null ? 'skipped' : held.at(-1) ? 'held   ' : 'BROKEN '}  ${name} (${using})`);
    for (const trouble of troubles ?? []) say(`           ${trouble}`);
    rmSync(out, { recursive: true, force: true });
  };

  /** A night that must end with `exit` and say `words`, then one on a sound machine. `repair` runs between them. */
  const broken = async (out, { exit, words, repair, ...how }) => {
    const done = await night({ settings: kind.settings, out, clock: { from: '2026-07-01T13:00:00Z' }, ...how }).ended;
    const troubles = [];
    if (done.code !== exit) troubles.push(`ended with ${done.code ?? done.signal} instead of ${exit}: ${done.stderr.slice(-500)}`);
    for (const word of words ?? []) if (!done.stderr.includes(word)) troubles.push(`does not say "${word}": ${done.stderr.slice(-500)}`);
    repair?.();
    troubles.push(...(await afterKill(out, { wasPublished: true })));
    const after = await night({ settings: kind.settings, out, clock: { from: SECOND_NIGHT } }).ended;
    if (after.code !== 0) return [...troubles, `the night after ended with ${after.code}: ${after.stderr.slice(-500)}`];
    return [...troubles, ...(await afterNight(out, kind.twin))];
  };

  for (const kib of [8, 200, 1500])
    await check(`no file may grow past ${kib} KiB`, 'RLIMIT_FSIZE', (out) =>
      broken(out, { exit: 1, wrap: ['bash', '-c', `ulimit -f ${kib}; exec "$@"`, 'bash'] }),
    );

  for (const free of [64, 600, 3000])
    await check(`a disk with ${free} KiB left`, 'tmpfs', async (out) => {
      const disk = join(root, 'disk');
      mkdirSync(disk, { recursive: true });
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]).status !== 0) return null;
      try {
        cpSync(out, join(disk, 'out'), { recursive: true, verbatimSymlinks: true });
        fill(disk, free);
        return await broken(join(disk, 'out'), { exit: 1, repair: () => rmSync(join(disk, 'filler')) });
      } finally {
        execFileSync('umount', ['-l', disk]);
      }
    });

  await check('results into a full device', '/dev/full', async (out) => {
    const stdout = openSync('/dev/full', 'w');
    const done = await night({ settings: kind.settings, out, stdout }).ended;
    return [...(done.code === 1 ? [] : [`ended with ${done.code}: ${done.stderr.slice(-300)}`]), ...(await afterNight(out, kind.twin))];
  });

  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const mayTry = process.getuid?.() === 0 && spawnSync(asNobody[0], [...asNobody.slice(1), 'true']).status === 0;
  for (const [name, path] of [['out', '.'], ['the store', 'store'], ['publications', 'publications']])
    await check(`${name} cannot be written`, 'another user', async (out) => {
      if (!mayTry) return null;
      chmodSync(root, 0o755);
      give(out, NOBODY);
      give(join(out, path), 0);
      return broken(out, { exit: 1, words: ['permission denied'], wrap: asNobody, repair: () => give(out, 0) });
    });

  await check('the clock a day before the last publication', 'a clock of its own', (out) =>
    broken(out, { exit: 2, words: ['usage/earlier-than-published'], clock: { from: '2026-06-27T16:00:00Z' } }),
  );
  for (const [name, by] of [['back a day', -86_400_000], ['back a year', -365 * 86_400_000], ['forth an hour', 3_600_000]])
    await check(`the clock jumps ${name} in the middle of a night`, 'a clock of its own', (out) =>
      broken(out, { exit: 0, clock: { from: '2026-07-01T13:00:00Z', after: '12', by: String(by) } }),
    );

  const store = (out) => join(out, 'store', 'store.duckdb');
  const damages = [
    ['cut off', (path) => truncateSync(path, 30_000)],
    ['empty', (path) => truncateSync(path, 0)],
    ['with every 4096th byte another', (path) => flip(path, 4096)],
    ['with every 100 000th byte another', (path) => flip(path, 100_000)],
  ];
  for (const [name, damage] of damages)
    await check(`a store ${name}`, 'the file itself', (out) => {
      const sound = readFileSync(store(out));
      damage(store(out));
      return broken(out, { exit: 1, words: ['csdl restore'], repair: () => putBack(out, store(out), sound) });
    });
  return held.filter((one) => !one).length;
}

/** Fills the disk until about `free` KiB are left. */
function fill(disk, free) {
  const [, line] = execFileSync('df', ['--output=avail', '-k', disk], { encoding: 'utf8' }).split('\n');
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, Number(line) - free) * 1024));
}

function give(folder, user) {
  chownSync(folder, user, user);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), user, user);
}

function flip(path, every) {
  const bytes = readFileSync(path);
  for (let at = every - 1; at < bytes.length; at += every) bytes[at] ^= 0xff;
  writeFileSync(path, bytes);
}

/** The store from its backup; a log of changes of the damaged one is no part of it. */
function putBack(out, path, sound) {
  rmSync(`${path}.wal`, { force: true });
  writeFileSync(path, sound);
}
