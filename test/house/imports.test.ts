import { expect, test } from 'vitest';
import { type Import, importsOf, programFiles, ROOMS } from '../support/sources.ts';

const files = programFiles();
const imports = files.flatMap(importsOf);
const inside = imports.filter((i) => ROOMS.some((room) => i.to.startsWith(`${room}/`)));
const room = (path: string): string => path.split('/')[0] ?? '';
const shown = (list: readonly Import[]): string[] => list.map((i) => `${i.from} → ${i.to}`);

/** What a room may import besides itself and packages. */
const MAY: Record<string, (to: string) => boolean> = {
  config: () => false,
  connectors: (to) => room(to) === 'config',
  scoring: (to) => room(to) === 'config',
  reports: (to) => room(to) === 'config' || to === 'scoring/contract.ts',
  pipeline: () => true,
};

test('imports are found at all', () => {
  expect(inside.length).toBeGreaterThan(100);
  expect(shown(inside)).toContain('pipeline/run.ts → pipeline/lock.ts');
});

test('every import of ours names a file that is there, with its ending', () => {
  const known = new Set(files.map((f) => f.path));
  const relative = imports.filter((i) => /^(\.\.|[a-z-]+\/)/.test(i.to) && ROOMS.some((r) => i.to.startsWith(`${r}/`)));
  expect(shown(relative.filter((i) => !known.has(i.to)))).toEqual([]);
});

test('rooms import in one direction: config ← connectors, scoring, reports ← pipeline', () => {
  const wrong = inside.filter((i) => room(i.from) !== room(i.to) && !MAY[room(i.from)]?.(i.to));
  expect(shown(wrong)).toEqual([]);
});

test('nobody imports pipeline, tests or the build', () => {
  expect(shown(imports.filter((i) => room(i.to) === 'pipeline' && room(i.from) !== 'pipeline'))).toEqual([]);
  expect(shown(imports.filter((i) => /^(test|dist|out)\//.test(i.to)))).toEqual([]);
});

test('members of a family never import its registry', () => {
  const registries: Record<string, RegExp> = {
    'connectors/sources/': /connectors\/discover\.ts$/,
    'scoring/quality/rules/': /scoring\/quality\/discover-rules\.ts$/,
    'pipeline/cli/commands/': /pipeline\/cli\/(program|main)\.ts$/,
  };
  const wrong = Object.entries(registries).flatMap(([folder, registry]) =>
    inside.filter((i) => i.from.startsWith(folder) && registry.test(i.to)),
  );
  expect(shown(wrong)).toEqual([]);
  const contract = inside.filter((i) => i.from === 'connectors/contract.ts' && i.to.startsWith('connectors/'));
  expect(shown(contract)).toEqual(['connectors/contract.ts → connectors/ports.ts']);
});

test('connectors know nothing of each other', () => {
  const member = (path: string): string | undefined => /^connectors\/sources\/([^/.]+)/.exec(path)?.[1];
  const wrong = inside.filter((i) => {
    const [from, to] = [member(i.from), member(i.to)];
    return from !== undefined && to !== undefined && from !== to;
  });
  expect(shown(wrong)).toEqual([]);
});

test('only pipeline/database talks to DuckDB; in a browser, the engine of the console', () => {
  const wrong = imports.filter(
    (i) =>
      i.to.startsWith('@duckdb/') &&
      !i.from.startsWith('pipeline/database/') &&
      !(i.from === 'reports/console/page/engine.ts' && i.to === '@duckdb/duckdb-wasm'),
  );
  expect(shown(wrong)).toEqual([]);
});

test('no loop of imports (types alone do not count)', () => {
  const needs = new Map(files.map((f) => [f.path, [] as string[]]));
  for (const i of inside) if (!i.typeOnly) needs.get(i.from)?.push(i.to);
  const loops: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      loops.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const next of needs.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const file of files) visit(file.path, []);
  expect(loops).toEqual([]);
});

test('type imports are marked as such, so that a loop of types stays one', () => {
  const text = files.flatMap((f) =>
    [...f.text.matchAll(/^import \{([^}]*)\} from '\.[^']*'/gm)].flatMap(([line, names = '']) =>
      names
        .split(',')
        .map((n) => n.trim())
        .filter((n) => n !== '')
        .every((n) => n.startsWith('type '))
        ? [`${f.path}: ${line}`]
        : [],
    ),
  );
  expect(text).toEqual([]);
});
