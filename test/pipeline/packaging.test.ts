/** What npm packs is all the program needs: unpacked elsewhere, it runs from any working directory. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot, packageVersion } from '../../config/package-root.ts';
import { temporaryFolder } from '../support/folders.ts';

const home = temporaryFolder();
const elsewhere = join(temporaryFolder(), 'thư mục khác');
const program = join(home, 'package');
let packed: string[] = [];

function csdl(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const bin = (JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { bin: { csdl: string } }).bin.csdl;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(program, bin), ...args], {
    cwd: elsewhere,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  // The build was made before the tests; scripts (prepack) would make it again.
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
    cwd: packageRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pack] = JSON.parse(said) as { filename: string; files: { path: string }[] }[];
  packed = (pack?.files ?? []).map((f) => f.path);
  execFileSync('tar', ['-xzf', join(home, pack?.filename ?? ''), '-C', home]);
  symlinkSync(join(packageRoot, 'node_modules'), join(program, 'node_modules'));
  mkdirSync(elsewhere);
});

describe('the package', () => {
  test('holds the build and every asset, and no test, source or output', () => {
    for (const path of [
      'dist/pipeline/cli/main.js',
      'config/databases.csv',
      'config/labels/vi.yaml',
      'config/baseline/README.md',
      'config/contracts/nguoi-lao-dong.yaml',
      'scoring/macros.sql',
      'pipeline/database/migrations/0001_store.sql',
      'pipeline/database/samples/nguoi_lao_dong.sql',
      'reports/console/tables.sql',
      'dist/reports/console/served/page.js',
      'dist/reports/console/served/duckdb-browser-eh.worker.js',
      'dist/reports/console/served/duckdb-eh.wasm.gz',
      'dist/reports/console/served/THIRD-PARTY.txt',
      'LICENSE',
      'README.md',
    ])
      expect(packed).toContain(path);
    for (const file of readdirSync(join(packageRoot, 'config', 'baseline')))
      expect(packed).toContain(`config/baseline/${file}`);
    expect(packed.filter((path) => /^(test|out|\.ci|node_modules)\/|(?<!\.d)\.ts$|\.test\.|\.env/.test(path))).toEqual(
      [],
    );
    for (const folder of ['templates', 'partials', 'assets']) {
      const source = join(packageRoot, 'reports', folder);
      const files = existsSync(source)
        ? readdirSync(source, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
        : [];
      for (const file of files)
        expect(packed).toContain(join(file.parentPath, file.name).slice(packageRoot.length + 1));
    }
  });

  test('says its version and its help', () => {
    expect(csdl('--version')).toMatchObject({ code: 0, stdout: `${packageVersion}\n` });
    expect(csdl('--help').stdout).toContain('Usage: csdl');
  });

  test('runs a night from another working directory and publishes below it', () => {
    const { code, stdout, stderr } = csdl('run', '--json', '--quiet');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ published: true, databases: 107, rejections: 0 });
    expect(JSON.parse(stdout).sources).toHaveLength(5);
    for (const path of ['csdl.duckdb', 'site/index.html', 'exports', 'status.json', 'current/manifest.json'])
      expect(existsSync(join(elsewhere, 'out', path)), path).toBe(true);
    const answer = csdl('sql', 'SELECT count(*)::INTEGER AS n FROM database', '--json');
    expect(JSON.parse(answer.stdout)).toEqual([{ n: 107 }]);
    expect(existsSync(join(program, 'out'))).toBe(false);
  });

  test('init makes a folder that checks out', () => {
    expect(csdl('init', 'settings').code).toBe(0);
    expect(csdl('check', '--config', 'settings')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a reader that closes the pipe early is no error', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${join(program, 'dist/pipeline/cli/main.js')}" list agencies | head -1; exit 0`],
      {
        cwd: elsewhere,
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});
