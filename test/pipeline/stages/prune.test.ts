/** Which publications are past keeping, and that a linked one never is. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../config/log.ts';
import { outPaths } from '../../../pipeline/paths.ts';
import { pastKeeping, prune } from '../../../pipeline/stages/prune.ts';
import { temporaryFolder } from '../../support/folders.ts';

const nameOf = (day: string, rest = ''): string => `${day}_${day.replaceAll('-', '')}T160000000Z-7${rest}`;

describe('publications past keeping', () => {
  test('the newest stay, and the last of each month; editions are counted apart; what is not ours is left', () => {
    const days = ['2026-04-29', '2026-04-30', '2026-05-30', '2026-05-31', '2026-06-01', '2026-06-02', '2026-06-03'];
    const names = ['notes', ...days.map((day) => nameOf(day)), nameOf('2026-04-01', '-chia_se')];
    const past = (newest: number, monthEnds: number): string[] =>
      pastKeeping(names, { newest, month_ends: monthEnds }).map((name) => name.slice(0, 10));
    expect(past(2, 24)).toEqual(['2026-04-29', '2026-05-30', '2026-06-01']);
    expect(past(2, 2)).toEqual(['2026-04-29', '2026-04-30', '2026-05-30', '2026-06-01']);
    expect(past(1, 0)).toEqual(days.slice(0, -1));
    expect(past(14, 0)).toEqual([]);
  });

  test('the newest of each edition always stays, and the order of the names never matters', () => {
    const names = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 700 }), fc.constantFrom('', '-chia_se')).map(([n, edition]) => {
        const day = new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
        return nameOf(day, edition);
      }),
    );
    const keep = fc.record({ newest: fc.integer({ min: 1, max: 20 }), month_ends: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(names, keep, (all, rule) => {
        const past = new Set(pastKeeping(all, rule));
        for (const edition of [true, false]) {
          const own = all.filter((name) => name.endsWith('-chia_se') === edition).sort();
          for (const name of own.slice(-rule.newest)) expect(past.has(name)).toBe(false);
        }
        expect(new Set(pastKeeping([...all].reverse(), rule))).toEqual(past);
      }),
    );
  });

  test('what a link leads to stays, though it is the oldest', () => {
    const paths = outPaths(join(temporaryFolder(), 'out'));
    const days = ['2026-06-01', '2026-06-02', '2026-06-03'].map((day) => nameOf(day));
    for (const name of days) {
      mkdirSync(join(paths.publications, name, 'site'), { recursive: true });
      writeFileSync(join(paths.publications, name, 'manifest.json'), '{}');
    }
    symlinkSync(join('publications', days[0] ?? ''), paths.current);
    prune(paths, { newest: 1, month_ends: 0 }, silentLog);
    expect(readdirSync(paths.publications)).toEqual([days[0], days[2]]);
    expect(existsSync(join(paths.current, 'manifest.json'))).toBe(true);
  });
});
