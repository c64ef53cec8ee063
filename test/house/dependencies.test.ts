/** What the program is made of besides itself: licences that may be passed on, and a lock file that fixes every byte. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/package-root.ts';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Locked>;
};
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const shipped = locked.filter(([, entry]) => entry.dev !== true && entry.devOptional !== true);

/** Licences under which a package may be passed on inside a release of an Apache-2.0 program. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'MIT-0']);

test('every package of a release has a licence of the list', () => {
  expect(shipped.length).toBeGreaterThan(30);
  const refused = shipped.filter(([, { license }]) => license === undefined || !ALLOWED.has(license));
  expect(refused.map(([path, { license }]) => `${path}: ${license ?? 'none'}`)).toEqual([]);
});

test('no package of a release wants to run a script when it is installed', () => {
  expect(shipped.filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path)).toEqual([]);
});

test('the lock file fixes every package by its hash', () => {
  expect(lock.lockfileVersion).toBe(3);
  const loose = locked.filter(([, { integrity, link }]) => link === true || !/^sha512-/.test(integrity ?? ''));
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('packages come from one place, over https', () => {
  const origins = locked.flatMap(([, { resolved }]) => (resolved === undefined ? [] : [new URL(resolved).origin]));
  expect(new Set(origins).size).toBeLessThanOrEqual(1);
  expect(origins.filter((origin) => !origin.startsWith('https://'))).toEqual([]);
});

test('what is used at run time is declared, each as a range of a release', () => {
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const [name, range] of Object.entries(dependencies)) expect(range, name).toMatch(/^[~^]?\d+\.\d+\.\d+/);
});
