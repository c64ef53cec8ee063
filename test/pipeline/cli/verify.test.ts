import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { outPaths } from '../../../pipeline/paths.ts';
import { PublicationFiles } from '../../../pipeline/serve/publication-files.ts';
import { route } from '../../../pipeline/serve/routes.ts';
import type { Verified } from '../../../pipeline/verify.ts';
import { csdl, jsonOf, type Said } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const keys = temporaryFolder();
const [own, other] = [join(keys, 'own.key'), join(keys, 'other.key')];
const project = new Project({
  'publication.yaml': `iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\nsign: {key: '\${CSDL_SIGN_KEY_FILE}'}\n`,
});

beforeAll(async () => {
  for (const key of [own, other]) expect((await csdl(['keygen', '--to', key])).exit).toBe(0);
  await project.run({ environment: { CSDL_SIGN_KEY_FILE: own } });
}, 120_000);

const verify = (...argv: string[]): Promise<Said> => csdl(['verify', ...argv, '--out', project.out]);
/** The publication copied somewhere else, and changed there. */
function copied(change: (folder: string) => void = () => undefined): string {
  const folder = join(temporaryFolder(), 'copy');
  cpSync(realpathSync(join(project.out, 'current')), folder, { recursive: true });
  change(folder);
  return folder;
}
/** What is said of a changed copy: exit, state of the signature, files that are not as they were. */
async function told(change: (folder: string) => void, key = `${own}.pub`): Promise<unknown[]> {
  const said = await verify(copied(change), '--key', key, '--json');
  const { signature, files, intact } = jsonOf(said) as Verified;
  expect(said.exit).toBe(intact ? 0 : 4);
  return [said.exit, signature.state, ...files.filter((f) => f.state !== 'ok').map((f) => `${f.path} ${f.state}`)];
}
/** Of the manifest, or of the signature. */
function rewrite(folder: string, name: string, change: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
  change(value);
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

describe('a publication that is as it was published', () => {
  test('each edition, where it lies and where it was copied to', async () => {
    for (const where of [[], ['--edition', 'chia_se'], [copied()]]) {
      const said = await verify(...where, '--key', `${own}.pub`, '--json');
      const verified = jsonOf(said) as Verified;
      expect([said.exit, verified.intact, verified.signature.state]).toEqual([0, true, 'valid']);
      expect(verified.files.length).toBeGreaterThan(30);
      expect(new Set(verified.files.map(({ state }) => state))).toEqual(new Set(['ok']));
    }
    const said = await verify();
    expect(said.stdout).toMatch(/Files: +\d+ of \d+ as they were written\nSignature: there is one.*\nIntact\.\n$/);
    expect(said.exit).toBe(0);
  });

  test('csdl serve gives manifest and signature byte for byte, so that who reads from afar can verify', async () => {
    const paths = outPaths(project.out);
    const served = { paths, publication: new PublicationFiles(paths), console: undefined, consoleName: '' };
    for (const name of ['manifest.json', 'manifest.sig']) {
      const { status, body } = await route(`/${name}`, served);
      expect([name, status, body]).toEqual([name, 200, readFileSync(join(paths.current, name))]);
    }
  });

  test('the signature holds for openssl, too', () => {
    const folder = copied();
    const { signature } = JSON.parse(readFileSync(join(folder, 'manifest.sig'), 'utf8')) as { signature: string };
    writeFileSync(join(folder, 'raw.sig'), Buffer.from(signature, 'base64'));
    const raw = ['-rawin', '-in', join(folder, 'manifest.json'), '-sigfile', join(folder, 'raw.sig')];
    const shown = execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', `${own}.pub`, ...raw]);
    expect(String(shown)).toContain('Verified Successfully');
  });
});

describe('a publication that is not', () => {
  test.each<[string, (folder: string) => void, unknown[]]>([
    ['a byte more', (f) => appendFileSync(join(f, 'site/index.html'), ' '), ['valid', 'site/index.html changed']],
    [
      'a byte other, the size the same',
      (f) => {
        const bytes = readFileSync(join(f, 'csdl.duckdb'));
        bytes[5_000] = 255 - (bytes[5_000] ?? 0);
        writeFileSync(join(f, 'csdl.duckdb'), bytes);
      },
      ['valid', 'csdl.duckdb changed'],
    ],
    ['a file gone', (f) => rmSync(join(f, 'status.js')), ['valid', 'status.js missing']],
    [
      'a folder gone',
      (f) => rmSync(join(f, 'exports'), { recursive: true }),
      ['valid', expect.stringMatching(/^exports\/.* missing$/)],
    ],
    ['a file added', (f) => writeFileSync(join(f, 'site', 'new.js'), 'x'), ['valid', 'site/new.js extra']],
    ['a link in its place', (f) => relinked(f, 'status.js'), ['valid', 'aside.js extra', 'status.js not_a_file']],
    ['a folder that is a link', (f) => relinked(f, 'site'), ['valid', expect.stringMatching(/^aside.js\//)]],
    [
      'another manifest',
      (f) => rewrite(f, 'manifest.json', (m) => Object.assign(m, { as_of: '2030-01-01' })),
      ['invalid'],
    ],
    ['no signature', (f) => rmSync(join(f, 'manifest.sig')), ['missing']],
    ['a signature that is none', (f) => writeFileSync(join(f, 'manifest.sig'), '{"a":1}'), ['unreadable']],
  ])('%s', async (_what, change, expected) => {
    const [exit, ...found] = await told(change);
    expect(exit).toBe(4);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });

  test('one that another key signed', async () => {
    expect(await told(() => undefined, `${other}.pub`)).toEqual([4, 'other_key']);
    const said = await verify(copied(), '--key', `${other}.pub`);
    expect(said.stdout).toMatch(/ANOTHER key.*\nNOT INTACT\.\n$/);
  });

  test('names that lead out of the folder are never opened', async () => {
    const outside = { sha256: 'a'.repeat(64), bytes: 1 };
    const names = ['../../x', '/etc/hostname', 'site/../../x', 'a\\b', 'a\0b'];
    const added = Object.fromEntries(names.map((name) => [name, outside]));
    const found = await told((f) => rewrite(f, 'manifest.json', (m) => Object.assign(m.files as object, added)));
    expect(found.slice(2).sort()).toEqual(names.map((name) => `${name} bad_name`).sort());
  });

  test('a manifest that cannot be read is not intact; no manifest is no publication', async () => {
    const broken = await verify(copied((f) => writeFileSync(join(f, 'manifest.json'), '{"run_id":')));
    expect([broken.exit, broken.stderr]).toEqual([4, expect.stringContaining('verify/broken-manifest')]);
    const out = temporaryFolder();
    cpSync(project.out, out, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(out, 'current', 'manifest.json'), 'null');
    const night = await csdl(['run', '--out', out]);
    expect([night.exit, night.stderr]).toEqual([1, expect.stringContaining('publish/broken-manifest')]);
    const none = await verify(temporaryFolder());
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining('verify/no-publication')]);
    expect((await csdl(['verify', '--out', temporaryFolder()])).exit).toBe(2);
  });
});

describe('keys', () => {
  test('the private one is for its owner alone, and neither is written over', async () => {
    expect(statSync(own).mode & 0o777).toBe(0o600);
    const again = await csdl(['keygen', '--to', own]);
    expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining('sign/key-exists')]);
  });

  test.each<[string, (path: string) => void]>([
    ['no-key', (path) => rmSync(path)],
    ['key-open', (path) => chmodSync(path, 0o640)],
    ['bad-key', (path) => writeFileSync(path, 'no key')],
    [
      'bad-key',
      (path) => execFileSync('openssl', ['genpkey', '-algorithm', 'X25519', '-out', path], { stdio: 'ignore' }),
    ],
  ])('a night refuses a key before anything is touched: %s', async (code, spoil) => {
    const path = join(temporaryFolder(), 'key');
    cpSync(own, path);
    chmodSync(path, 0o600);
    spoil(path);
    const out = temporaryFolder();
    const run = project.run({ environment: { CSDL_SIGN_KEY_FILE: path }, out });
    await expect(run).rejects.toMatchObject({ code: `sign/${code}`, exit: 2 });
    expect(readdirSync(out)).toEqual([]);
    const environment = { CSDL_SIGN_KEY_FILE: path };
    const check = await csdl(['check', '--config', project.config, '--json'], { environment });
    expect([check.exit, jsonOf(check)]).toMatchObject([
      2,
      { ok: false, problems: [{ file: 'publication.yaml', line: 3, key: 'sign.key', code: `sign/${code}` }] },
    ]);
  });

  test('a private key is not taken for a public one', async () => {
    const said = await verify('--key', own);
    expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining('sign/private-key')]);
  });
});

/** What is there lies beside, and a link leads to it. */
function relinked(folder: string, name: string): void {
  renameSync(join(folder, name), join(folder, 'aside.js'));
  symlinkSync('aside.js', join(folder, name));
  mkdirSync(folder, { recursive: true });
}
