/** The server of `csdl serve`: it gives what the manifest of the newest publication names, and nothing else. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { silentLog } from '../../../config/log.ts';
import { outPaths } from '../../../pipeline/paths.ts';
import { ConsoleFiles } from '../../../pipeline/serve/console-files.ts';
import { PublicationFiles } from '../../../pipeline/serve/publication-files.ts';
import { type RunningServer, startServer } from '../../../pipeline/serve/server.ts';
import { FACTS, fact, ndjson, Project } from '../../support/project.ts';
import { ask as rawAsk } from '../../support/raw-http.ts';

const project = new Project({ 'nguon-mot.ndjson': ndjson(FACTS) });
const paths = outPaths(project.out);
const labels = new Labels(loadConfig(undefined, {}).config.labels);
let server: RunningServer;

const start = (host = '127.0.0.1', names: string[] = []): Promise<RunningServer> =>
  startServer({
    host,
    port: 0,
    names,
    served: {
      paths,
      publication: new PublicationFiles(paths),
      console: new ConsoleFiles(labels),
      consoleName: 'SQL </script>',
    },
    log: silentLog,
  });
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawAsk(server.url, path, headers, method);
const published = (name: string): Buffer => readFileSync(join(paths.current, name));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  await project.run();
  server = await start();
});
afterAll(() => server.stop());

describe('what it gives', () => {
  test('pages, the published file, exports and the manifest, with the right types', async () => {
    for (const [path, type] of [
      ['/site/index.html', 'text/html; charset=utf-8'],
      ['/site/', 'text/html; charset=utf-8'],
      ['/site/assets/site.css', 'text/css; charset=utf-8'],
      ['/site/assets/site.js?x=1', 'text/javascript; charset=utf-8'],
      ['/csdl.duckdb', 'application/octet-stream'],
      ['/manifest.json', 'application/json; charset=utf-8'],
      ['/status.json', 'application/json; charset=utf-8'],
      ['/sql/', 'text/html; charset=utf-8'],
      ['/sql/page.css', 'text/css; charset=utf-8'],
    ] as const) {
      const answer = await ask(path);
      expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, type]);
    }
    const exported = readdirSync(join(paths.current, 'exports'), { recursive: true, encoding: 'utf8' });
    const parquet = exported.find((name) => name.endsWith('.parquet')) ?? '';
    expect((await ask(`/exports/${parquet}`)).headers['content-type']).toBe('application/vnd.apache.parquet');
  });

  test('the bytes as published, under their hash', async () => {
    const { body, headers } = await ask('/csdl.duckdb');
    expect(headers.etag).toBe(`"${sha256(body)}"`);
    expect(body.equals(published('csdl.duckdb'))).toBe(true);
  });

  test('nothing again to who has it', async () => {
    const { headers } = await ask('/site/index.html');
    for (const known of [String(headers.etag), `"x", W/${headers.etag}`, '*']) {
      const answer = await ask('/site/index.html', { 'if-none-match': known });
      expect([answer.status, answer.body.length]).toEqual([304, 0]);
    }
    expect((await ask('/site/index.html', { 'if-none-match': '"x"' })).status).toBe(200);
  });

  test.each([
    ['bytes=0-3', 206, 0, 4],
    ['bytes=10-', 206, 10, undefined],
    ['bytes=-5', 206, -5, undefined],
    ['bytes=0-3,5-6', 200, 0, undefined],
    ['bytes=5-1', 200, 0, undefined],
    ['lines=1-2', 200, 0, undefined],
  ])('range %s', async (range, status, from, to) => {
    const answer = await ask('/csdl.duckdb', { range });
    expect(answer.status).toBe(status);
    expect(answer.body.equals(published('csdl.duckdb').subarray(from, to))).toBe(true);
  });

  test('a range outside is told so; one of another state of the file gives the whole', async () => {
    const outside = await ask('/csdl.duckdb', { range: 'bytes=999999999999-' });
    expect([outside.status, outside.headers['content-range']]).toEqual([
      416,
      `bytes */${published('csdl.duckdb').length}`,
    ]);
    expect((await ask('/csdl.duckdb', { range: 'bytes=0-3', 'if-range': '"old"' })).status).toBe(200);
  });

  test('HEAD: the same head, no body', async () => {
    const [head, get] = [await ask('/csdl.duckdb', {}, 'HEAD'), await ask('/csdl.duckdb')];
    expect(head.body.length).toBe(0);
    expect(head.headers['content-length']).toBe(String(get.body.length));
    expect(head.headers.etag).toBe(get.headers.etag);
  });

  test('the first address leads to the site, a folder to its page', async () => {
    expect((await ask('/')).headers.location).toBe('site/index.html');
    expect((await ask('/site')).headers.location).toBe('site/');
    expect((await ask('/sql')).headers.location).toBe('sql/');
  });

  test('status.js also tells where the console is, escaped', async () => {
    const text = (await ask('/status.js')).body.toString();
    expect(text).toContain('window.CSDL_STATUS');
    expect(text).toContain('window.CSDL_CONSOLE = {"href":"sql/","text":"SQL \\u003c/script>"}');
  });
});

describe('what it refuses', () => {
  test.each([
    '/store/store.duckdb',
    '/run.lock',
    '/publications/',
    '/current/csdl.duckdb',
    '/site/assets/',
    '/exports/',
    '/site/nothing.html',
    '/sql/nothing',
    '/sql/../csdl.duckdb',
    '/../package.json',
    '/site/../../store/store.duckdb',
    '/site/..%2f..%2fstore%2fstore.duckdb',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%252e%252e/etc/passwd',
    '/site/%5c..%5c..%5cstore',
    '/site\\..\\..\\store',
    '/site/index.html%00.png',
    '//example.com/',
    '/%2f%2fexample.com/%2e%2e',
    '/site/./index.html',
    '/site/%E0%A4%A',
    '/__proto__',
    '/constructor',
    '/sql/__proto__',
    'http://example.com/site/index.html',
    '/csdl.duckdb/',
    '/SITE/index.html',
    '/status.js/',
  ])('%s', async (path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.length).toBeLessThan(60);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s', async (method) => {
    const answer = await ask('/site/index.html', {}, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.5', 'localhost@evil', '[::2]'])(
    'the name "%s", which may have been bent to this address',
    async (host) => {
      expect([400, 421]).toContain((await ask('/site/index.html', { host })).status);
    },
  );

  test('but not its own names', async () => {
    for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1', '[::1]:99'])
      expect((await ask('/site/index.html', { host })).status, host).toBe(200);
    const named = await start('127.0.0.1', ['readiness.example']);
    expect((await rawAsk(named.url, '/site/', { host: 'Readiness.example:80' })).status).toBe(200);
    await named.stop();
  });

  test('a file that was changed or replaced by a link after it was published', async () => {
    const page = join(paths.current, 'site', 'tasks.html');
    const kept = readFileSync(page);
    writeFileSync(page, `${kept}x`);
    expect((await ask('/site/tasks.html')).status).toBe(404);
    rmSync(page);
    const elsewhere = join(project.out, 'elsewhere.html');
    writeFileSync(elsewhere, kept);
    symlinkSync(elsewhere, page);
    expect((await ask('/site/tasks.html')).status).toBe(404);
    rmSync(page);
    writeFileSync(page, kept);
    expect((await ask('/site/tasks.html')).status).toBe(200);
  });
});

describe('headers', () => {
  test('every answer is guarded, the refused ones too; only the console may compile its engine', async () => {
    for (const path of ['/site/index.html', '/csdl.duckdb', '/nothing', '/status.js', '/sql/']) {
      const { headers } = await ask(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      expect(policy.includes('wasm-unsafe-eval')).toBe(path === '/sql/');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('what is published later', () => {
  test('is seen without a new start, and a reader in the middle keeps what he began', async () => {
    const before = await ask('/csdl.duckdb');
    const opened = await new PublicationFiles(paths).current();
    const more = new Project({
      'nguon-mot.ndjson': ndjson([...FACTS, fact('ho-so-ba', 'c12.connection', { state: 'two_way' })]),
    });
    await more.run();
    const link = join(more.out, 'current');
    const fresh = `${paths.current}.new`;
    // The second publication moves into the first folder, and one rename shows it: as publishing does.
    const id = readdirSync(join(more.out, 'publications'))[0] ?? '';
    renameSync(join(more.out, 'publications', id), join(paths.publications, `${id}-b`));
    symlinkSync(join('publications', `${id}-b`), fresh);
    renameSync(fresh, paths.current);
    expect(existsSync(link)).toBe(false);
    const after = await ask('/csdl.duckdb');
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.headers.etag).toBe(`"${sha256(after.body)}"`);
    expect(opened?.folder).not.toBe(join(paths.publications, `${id}-b`));
    expect((await ask('/sql/')).body.toString()).toContain(String(after.headers.etag).slice(1, -1));
  });

  test('a link that leads out of the publications is not followed', async () => {
    const kept = `${paths.current}.kept`;
    renameSync(paths.current, kept);
    symlinkSync('/', paths.current);
    expect((await ask('/site/index.html')).status).toBe(503);
    rmSync(paths.current);
    expect((await ask('/csdl.duckdb')).status).toBe(503);
    renameSync(kept, paths.current);
    expect((await ask('/csdl.duckdb')).status).toBe(200);
  });
});
