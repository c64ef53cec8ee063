/** What the program does on the network: a night speaks with the hosts it was given and nobody else, everything else with nobody. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../support/loopback.ts';
import { FACTS, ndjson, Project } from '../support/project.ts';
import { type StatusServer, startStatusServer } from '../support/status-server.ts';
import { type Traced, traced } from '../support/traced.ts';

let source: StatusServer;
let astray: Listening;
let elsewhere: Listening;
let project: Project;
let night: Traced;

beforeAll(async () => {
  source = await startStatusServer({
    report: { facts: [{ database: 'ho-so-mot', attribute: 'c12.connection', state: 'two_way' }] },
  });
  elsewhere = await listen(createServer((_request, response) => response.end('{}')));
  // A source that would lead the night to a host that nobody declared: by a redirect, and by its next page.
  astray = await listen(
    createServer((request, response) => {
      const to = `http://${elsewhere.host}/`;
      if (request.url === '/moved') response.writeHead(302, { location: to }).end();
      else {
        const page = {
          schema: 'csdl-status/1',
          id: 'a',
          title: 'b',
          stated_at: '2026-06-29T01:30:00+07:00',
          facts: [],
          next: to,
        };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
      }
    }),
  );
  const entry = (id: string, url: string): string =>
    `  - {id: ${id}, connector: status-api, trust: {grade: E3, said_by: [owner]}, options: {url: "${url}", http: {tries: 1}}}\n`;
  project = new Project({
    'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n",
    'sources.yaml':
      `as_of: 2026-06-29\nhosts: ["127.0.0.1:${source.port}", "127.0.0.1:${astray.port}"]\nsources:\n` +
      `  - {id: nguon-mot, connector: baseline, required: true, options: {path: nguon-mot.ndjson}}\n` +
      entry('tot', source.url) +
      entry('chuyen-huong', `http://${astray.host}/moved`) +
      entry('trang-sau', `http://${astray.host}/pages`),
    'nguon-mot.ndjson': ndjson(FACTS),
  });
  night = await traced(['run', '--config', project.config, '--out', project.out, '--json']);
}, 120_000);
afterAll(() => Promise.all([source, astray, elsewhere].map((server) => server.close())));

test('a night connects to the hosts it was given, asks no name server, and listens to nobody', () => {
  expect(night.exit, night.stderr).toBe(3);
  expect(night.events).toEqual([`connect 127.0.0.1:${astray.port}`, `connect 127.0.0.1:${source.port}`].sort());
  expect(elsewhere.accepted()).toBe(0);
  const { published, sources } = JSON.parse(night.stdout) as {
    published: boolean;
    sources: { id: string; error_code?: string }[];
  };
  expect(published).toBe(true);
  expect(sources.map(({ id, error_code }) => [id, error_code ?? null])).toEqual([
    ['nguon-mot', null],
    ['tot', null],
    ['chuyen-huong', 'source/redirect-elsewhere'],
    ['trang-sau', 'source/next-elsewhere'],
  ]);
});

describe('what only reads a publication or the store speaks with nobody', () => {
  const folder = (): string => `${project.folder}/made`;
  test.each<[string, () => string[]]>([
    ['sql', () => ['sql', 'SELECT count(*) FROM readiness', '--out', project.out]],
    [
      'sql that asks for the network',
      () => ['sql', "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')", '--out', project.out],
    ],
    ['render', () => ['render', '--to', folder(), '--config', project.config, '--out', project.out]],
    ['report', () => ['report', '--to', folder(), '--config', project.config, '--out', project.out]],
    [
      'export',
      () => ['export', 'readiness', '--format', 'parquet', '--to', `${folder()}.parquet`, '--out', project.out],
    ],
    ['verify', () => ['verify', '--out', project.out]],
  ])('%s', async (what, argv) => {
    const { exit, events, stderr } = await traced(argv());
    expect(events).toEqual([]);
    expect(exit, stderr).toBe(what.includes('asks') ? 2 : 0);
  });
});
