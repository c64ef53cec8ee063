/** What SECURITY.md claims of files and packages. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/package-root.ts';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

test('every test that the threat model names is there', () => {
  const named = [...read('SECURITY.md').matchAll(/`(test\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
});

test('every package is locked by its hash, and none that the program needs runs a script when it is installed', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { integrity?: string; hasInstallScript?: boolean; dev?: boolean; optional?: boolean }>;
  };
  const all = Object.entries(packages).filter(([name]) => name !== '');
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([name]) => name)).toEqual([]);
  const scripts = all.filter(([, { hasInstallScript, dev, optional }]) => hasInstallScript && !dev && !optional);
  expect(scripts.map(([name]) => name)).toEqual([]);
});
