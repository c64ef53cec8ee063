import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../config/package-root.ts';
import { filesBelow, places, programFiles, ROOMS, withoutComments } from '../support/sources.ts';

const program = programFiles();
const everything = [...program, ...filesBelow(['test'], ['.ts'])];

/** Longer than 300 lines, each with its reason. */
const LONG: Record<string, string> = {
  'scoring/contract.ts': 'one list of every published column; cutting it would only hide half of the list',
  'test/support/night.ts': 'the words in which every test of scoring speaks; one vocabulary in one place',
};

/** Not listed in the map of DESIGN section 4: what else may stand at the top. */
const TOP = new Set([
  '.ci',
  '.git',
  '.gitignore',
  '.npmrc',
  '.editorconfig',
  '.gitattributes',
  '.nvmrc',
  '.github',
  '.changes',
  'CHANGELOG.md',
  'Containerfile',
  'CONTRIBUTING.md',
  'LICENSE',
  'NOTICE',
  'README.md',
  'README.vi.md',
  'SECURITY.md',
  'biome.json',
  'dist',
  'node_modules',
  'out',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vitest.browser.config.ts',
  'vitest.config.ts',
  'vitest.postgres.config.ts',
  'test',
  ...ROOMS,
]);

describe('files', () => {
  test('the top level is the one of the design', () => {
    expect(readdirSync(packageRoot).filter((name) => !TOP.has(name))).toEqual([]);
  });

  test('are at most 300 lines, unless listed with a reason', () => {
    const long = everything.filter((f) => f.text.trimEnd().split('\n').length > 300).map((f) => f.path);
    expect(long.filter((path) => !(path in LONG))).toEqual([]);
  });

  test('no exemption outlives its reason', () => {
    for (const path of Object.keys(LONG)) {
      const lines = existsSync(join(packageRoot, path))
        ? readFileSync(join(packageRoot, path), 'utf8').trimEnd().split('\n').length
        : 0;
      expect(lines, `${path} is short again: take it off the list`).toBeGreaterThan(300);
    }
  });

  test('are kebab-case and named for what they hold', () => {
    const drawer = /^(utils?|common|misc|lib|manager|shared|index)(\.|$)/;
    const strange = everything.filter(({ path }) =>
      path
        .split('/')
        .some(
          (part) =>
            drawer.test(part) ||
            (part.endsWith('.ts') && !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|config))*\.ts$/.test(part)),
        ),
    );
    expect(strange.map((f) => f.path)).toEqual([]);
    const helpers = everything.filter((f) => f.path.split('/').some((part) => /^helpers?(\.|$)/.test(part)));
    // Handlebars' own word for its functions.
    expect(helpers.map((f) => f.path).filter((path) => !path.startsWith('reports/'))).toEqual([]);
  });

  test('no file only passes on what others export', () => {
    const barrels = program.filter((f) => {
      const lines = withoutComments(f.text)
        .split('\n')
        .filter((line) => line.trim() !== '');
      return lines.length > 0 && lines.every((line) => /^export (\*|type \{|\{).*from '/.test(line));
    });
    expect(barrels.map((f) => f.path)).toEqual([]);
  });

  test('each begins with a comment that says what it holds', () => {
    const silent = program.filter((f) => !/^(#![^\n]*\n)?\/\*\*/.test(f.text));
    expect(silent.map((f) => f.path)).toEqual([]);
  });

  test('no assets, templates or settings hide outside the folders that are packed', () => {
    const packed = (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { files: string[] }).files;
    for (const folder of ['reports/templates', 'reports/partials', 'reports/assets', 'pipeline/database/migrations'])
      expect(packed).toContain(folder);
    const strange = filesBelow(['reports'], ['.hbs', '.css', '.svg', '.js', '.woff2']).filter(
      (f) => !/^reports\/(templates|partials|assets)\//.test(f.path),
    );
    expect(strange.map((f) => f.path)).toEqual([]);
  });
});

describe('effects', () => {
  test('console is not used', () => {
    expect(everything.flatMap((f) => places(f, withoutComments(f.text), /\bconsole\s*\./))).toEqual([]);
  });

  test('only cli/main.ts ends or touches the process', () => {
    const found = program.flatMap((f) =>
      places(f, withoutComments(f.text), /\bprocess\.(exit|exitCode|stdout|stderr|argv|once|on)\b/),
    );
    expect(found.filter((place) => !place.startsWith('pipeline/cli/main.ts:'))).toEqual([]);
  });

  test('the environment is an argument, never read in passing', () => {
    const found = program.flatMap((f) => places(f, withoutComments(f.text), /\bprocess\.env\b/));
    expect(found.filter((place) => !place.startsWith('pipeline/cli/main.ts:'))).toEqual([]);
  });

  test('the clock is an argument: no new Date() nor Date.now() but in main', () => {
    const found = program.flatMap((f) =>
      places(f, withoutComments(f.text), /new Date\(\)|\bDate\.now\(|Math\.random\(/),
    );
    expect(found.filter((place) => !place.startsWith('pipeline/cli/main.ts:'))).toEqual([]);
  });

  test('the working directory is never asked for', () => {
    expect(program.flatMap((f) => places(f, withoutComments(f.text), /process\.cwd\(|process\.chdir\(/))).toEqual([]);
  });

  test('no `any`', () => {
    expect(everything.flatMap((f) => places(f, withoutComments(f.text), /(:|<|as|\()\s*any\b(?!\()/))).toEqual([]);
  });
});

describe('words', () => {
  /** SQL outside pipeline/database and scoring, each with its reason. */
  const SQL_ALLOWED: Record<string, string> = {
    'pipeline/run.ts': 'counts the tables it has just built, for the summary',
    'pipeline/stages/findings.ts': 'wraps the SQL of scoring/findings',
    'pipeline/stages/actions.ts': 'reads the gains',
    'pipeline/stages/render.ts': 'reads the published tables whole, for the view',
    'pipeline/cli/explanation.ts': 'the query behind csdl explain, over published tables',
    'pipeline/cli/commands/explain.ts': 'looks a name up in the published registry',
    'pipeline/cli/commands/score.ts': 'reads the ledger and the scored table',
    'pipeline/cli/commands/sql.ts': 'examples of the help',
  };
  const SQL =
    /\b(SELECT|INSERT INTO|DELETE FROM|UPDATE \w+ SET|CREATE (OR REPLACE )?(TEMP )?(TABLE|VIEW|SCHEMA|MACRO)|ATTACH '|COPY \w)\b/;

  test('SQL stands in .sql files and in pipeline/database', () => {
    const found = program
      .filter((f) => !f.path.startsWith('pipeline/database/') && !f.path.startsWith('scoring/quality/'))
      .filter((f) => SQL.test(withoutComments(f.text)))
      .map((f) => f.path);
    expect(found.filter((path) => !(path in SQL_ALLOWED))).toEqual([]);
  });

  test('SQL in code never begins in connectors, config or reports', () => {
    expect(Object.keys(SQL_ALLOWED).every((path) => path.startsWith('pipeline/'))).toBe(true);
  });

  /** Vietnamese in code, each with its reason; wording that people see comes from the label file. */
  const VIETNAMESE_ALLOWED: Record<string, string> = {
    'config/format.ts': 'how administrative Vietnamese writes dates and amounts is code, not wording',
    'pipeline/cli/program.ts': 'the programme’s own four words, in the one-line description',
    'pipeline/cli/commands/explain.ts': 'an example of the help: a name is typed in Vietnamese',
    'pipeline/stages/phrases.ts': 'an abbreviation at the start of a name inside a sentence',
  };

  test('no Vietnamese in the code of config, connectors, scoring and pipeline', () => {
    const found = program
      .filter((f) => !f.path.startsWith('reports/'))
      .filter((f) => /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]/.test(withoutComments(f.text)))
      .map((f) => f.path);
    expect(found.filter((path) => !(path in VIETNAMESE_ALLOWED))).toEqual([]);
  });

  test('nothing of the site is fetched from elsewhere', () => {
    const found = filesBelow(['reports'], ['.hbs', '.css', '.js', '.svg', '.html', '.ts']).flatMap((f) =>
      places(
        f,
        // Names of namespaces and schemas, which nobody fetches.
        f.text.replaceAll(
          /https?:\/\/(www\.w3\.org|schemas\.(openxmlformats\.org|microsoft\.com)|purl\.org|xmlns\.com|json-schema\.org)\/[\w/.#-]*/g,
          '',
        ),
        /https?:\/\/|(src|href)="\/\/|@import|url\(\s*['"]?\/\//,
      ),
    );
    expect(found).toEqual([]);
  });

  test('assets are text or fonts, kept small enough to read', () => {
    const assets = filesBelow(['reports/assets'], ['.js', '.css']);
    for (const { path, text } of assets) expect(text.length, basename(path)).toBeLessThan(120_000);
  });

  test('every code by which a source may fail has its words', () => {
    const words = parse(readFileSync(join(packageRoot, 'config/labels/vi.yaml'), 'utf8')) as {
      source_errors: Record<string, string>;
    };
    const used = program.flatMap((f) =>
      /^(connectors|pipeline)\//.test(f.path)
        ? [...withoutComments(f.text).matchAll(/['`]source\/([a-z]+(?:-[a-z]+)*)['`]/g)].map(([, code = '']) => code)
        : [],
    );
    expect(used.length).toBeGreaterThan(40);
    expect([...new Set(used)].filter((code) => !(code in words.source_errors))).toEqual([]);
    expect(Object.keys(words.source_errors).filter((code) => code !== 'other' && !used.includes(code))).toEqual([]);
  });
});
