import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { folderWith } from '../../support/folders.ts';
import { httpServer } from '../../support/loopback.ts';
import { BEHAVIOURS, type Behaviour } from '../../support/simulated-answers.ts';
import { startSimulator } from '../../support/source-simulator.ts';
import { normalised, pieces, refused } from '../../support/status-source.ts';

/** A server whose pages are given by their paths; what is not given is as agreed. */
async function paged(pages: Record<string, object>): Promise<string> {
  const { host } = await httpServer((request, response) => {
    const given = pages[request.url ?? ''];
    if (given === undefined) response.writeHead(404).end();
    else {
      const page = {
        schema: 'csdl-status/1',
        id: 'r',
        title: 'R',
        stated_at: '2026-06-29T01:00:00Z',
        facts: [],
        ...given,
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
    }
  });
  return `http://${host}/1`;
}

describe('pages that are wrong refuse the whole answer', () => {
  test.each<[string, Record<string, object>]>([
    ['source/wrong-shape', { '/1': { schema: 'csdl-status/2' } }],
    ['source/wrong-shape', { '/1': { facts: {} } }],
    ['source/wrong-shape', { '/1': { stated_at: '2026-06-29' } }],
    ['source/wrong-shape', { '/1': { stated_at: '2026-06-29T01:00:00' } }],
    ['source/wrong-shape', { '/1': { id: '../../x' } }],
    ['source/wrong-shape', { '/1': { more: 1 } }],
    ['source/changed-between-pages', { '/1': { next: '/2' }, '/2': { id: 'other' } }],
    ['source/changed-between-pages', { '/1': { next: '/2' }, '/2': { stated_at: '2026-06-29T02:00:00Z' } }],
    ['source/wrong-shape', { '/1': { next: '/2' }, '/2': { facts: null } }],
    ['source/next-loop', { '/1': { next: '/1' } }],
    ['source/next-loop', { '/1': { next: '/2' }, '/2': { next: '/1#again' } }],
    ['source/next-elsewhere', { '/1': { next: 'http://127.0.0.1:1/' } }],
    ['source/next-elsewhere', { '/1': { next: 'https://elsewhere.example/' } }],
    ['source/next-elsewhere', { '/1': { next: '//elsewhere.example/' } }],
    ['source/next-elsewhere', { '/1': { next: 'file:///etc/passwd' } }],
    ['source/next-elsewhere', { '/1': { next: 'http://%' } }],
    ['source/not-found', { '/1': { next: '/2' } }],
  ])('%s: %j', async (code, given) => {
    expect((await refused(await paged(given))).code).toBe(code);
  });

  test('more than anybody would send', async () => {
    const part = { href: '/x', media_type: 'application/vnd.apache.arrow.stream' };
    const parts = Array.from({ length: 60 }, () => part);
    const many = await paged({ '/1': { bulk: parts, next: '/2' }, '/2': { bulk: parts } });
    expect(await refused(many)).toMatchObject({ code: 'source/too-many-parts' });
    const facts = Array.from({ length: 20_000 }, () => 0);
    const wrong = await paged({ '/1': { facts } });
    expect(await refused(wrong)).toMatchObject({ code: 'source/too-many-rejections' });
    const long = new Proxy({}, { get: (_, path) => ({ facts, next: `/${Number(String(path).slice(1)) + 1}` }) });
    expect(await refused(await paged(long))).toMatchObject({ code: 'source/too-many-facts' });
  });

  test('without an end', async () => {
    const endless = new Proxy({}, { get: (_, path) => ({ next: `/${Number(String(path).slice(1)) + 1}` }) });
    expect(await refused(await paged(endless))).toMatchObject({
      code: 'source/too-many-pages',
      message: 'has more than 1000 pages',
    });
  });

  test.each([
    [
      'text/html; charset=utf-8',
      '<form>',
      'source/wrong-content-type',
      'page 1 is a web page, perhaps to log in, not JSON',
    ],
    ['text/plain', '{}', 'source/wrong-content-type', 'page 1 is plain text, not JSON'],
    ['', '{}', 'source/wrong-content-type', 'page 1 is of no stated type, not JSON'],
    ['application/json', '{"a":', 'source/not-json', 'page 1 is not JSON'],
    ['application/json', '', 'source/not-json', 'page 1 is empty'],
    ['application/json', Buffer.from([0x22, 0xff, 0x22]), 'source/not-json', 'page 1 is not UTF-8'],
    ['application/json', '[]', 'source/wrong-shape', ''],
  ])('%s %s', async (type, body, code, message) => {
    const { host } = await httpServer((_request, response) => {
      if (type !== '') response.setHeader('content-type', type);
      response.end(body);
    });
    const told = await refused(`http://${host}/`);
    expect(told.code).toBe(code);
    expect(told.message).toContain(message);
  });
});

describe('sources that misbehave', () => {
  const FACTS = Array.from({ length: 20 }, () => ({
    database: 'dan-cu',
    attribute: 'checklist.met',
    number: 1,
    of: 19,
  }));
  const EXPECTED: Record<Behaviour, string | null> = {
    good: null,
    hang: 'source/timeout',
    reset: 'source/connection-reset',
    drip: 'source/timeout',
    'slow-headers': 'source/timeout',
    'error-then-good': null,
    'rate-limited-then-good': null,
    unavailable: 'source/unavailable',
    'wrong-json': 'source/not-json',
    html: 'source/wrong-content-type',
    huge: 'source/too-large',
    'gzip-bomb': 'source/inflates-too-much',
    'redirect-elsewhere': 'source/redirect-elsewhere',
    'expired-certificate': 'source/certificate-expired',
    'changes-shape': 'source/wrong-shape',
    truncated: 'source/truncated',
    'wrong-encoding': 'source/wrong-encoding',
    unauthorised: 'source/auth-failed',
    missing: 'source/not-found',
    'closes-keep-alive': null,
  };

  test.each([false, true])('each fails in its own way, and alone (all behind one port: %s)', async (sharePort) => {
    const given = BEHAVIOURS.map((behaviour) => ({ id: behaviour, behaviour, latencyMs: 5, facts: FACTS }));
    const simulator = await startSimulator(given, { sharePort });
    const folder = folderWith({ 'ca.pem': simulator.ca });
    const options = {
      http: { tls: { ca: 'ca.pem' }, try_seconds: 1, total_seconds: 5, max_bytes: 20_000_000, tries: 2 },
    };
    try {
      const told = await Promise.all(
        simulator.sources.map(async ({ id, url }) => {
          const asking = { options, context: { folder } };
          const wanted = EXPECTED[id as Behaviour];
          if (wanted === null) expect(await pieces(url, asking)).toHaveLength(FACTS.length + 1);
          else expect(await refused(url, asking)).toMatchObject({ code: wanted });
          return id;
        }),
      );
      expect(told).toHaveLength(BEHAVIOURS.length);
      expect(simulator.requests('error-then-good')).toBe(2);
      expect(simulator.requests('unauthorised')).toBe(1);
      expect(new Set(simulator.sources.map(({ host }) => host)).size).toBe(sharePort ? 2 : BEHAVIOURS.length);
    } finally {
      await simulator.close();
    }
  });
});

describe('whatever is sent', () => {
  const key = fc.constantFrom(
    'database',
    'agency',
    'attribute',
    'state',
    'number',
    'of',
    'low',
    'high',
    'time',
    'text',
    'flags',
    'note',
    'said_by',
    '__proto__',
    'x',
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('dan-cu', 'checklist.met', 'done', 13, 19, '2026-06-29', 'owner'),
  );
  const fact = fc.oneof(
    fc.jsonValue(),
    fc.array(fc.tuple(key, value)).map((pairs) => Object.fromEntries(pairs)),
  );
  const page = fc.record(
    {
      schema: fc.oneof(
        { weight: 9, arbitrary: fc.constant('csdl-status/1') },
        { weight: 1, arbitrary: fc.jsonValue() },
      ),
      id: fc.oneof({ weight: 9, arbitrary: fc.constant('r') }, { weight: 1, arbitrary: fc.string() }),
      title: fc.oneof({ weight: 9, arbitrary: fc.constant('R') }, { weight: 1, arbitrary: fc.string() }),
      stated_at: fc.oneof(
        { weight: 9, arbitrary: fc.constant('2026-06-29T01:00:00Z') },
        { weight: 1, arbitrary: fc.string() },
      ),
      facts: fc.oneof({ weight: 9, arbitrary: fc.array(fact) }, { weight: 1, arbitrary: fc.jsonValue() }),
      next: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.string() }),
      bulk: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.jsonValue() }),
    },
    { requiredKeys: ['schema', 'id', 'title', 'stated_at', 'facts'] },
  );

  test('is taken, refused with a reason, or a Fault; nothing is lost between', async () => {
    let sent = '';
    const { host } = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(sent),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 5, arbitrary: page }, { weight: 1, arbitrary: fc.jsonValue() }),
        async (given) => {
          sent = JSON.stringify(given);
          try {
            const collected = await pieces(`http://${host}/`, { options: { http: { tries: 1 } } });
            const facts = (given as { facts: unknown[] }).facts.length;
            expect(collected).toHaveLength(facts + 1);
            const { observations, rejections } = normalised(collected);
            expect(observations.length + rejections.length).toBe(facts);
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            expect(error.code).toMatch(/^source\//);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('nested deeper than can be written', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { host } = await httpServer((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`{"schema":"csdl-status/1","id":"r","title":"R","stated_at":"2026-06-29T01:00:00Z","facts":[${deep}]}`),
    );
    const collected = await pieces(`http://${host}/`);
    expect(collected.map(({ kind }) => kind)).toEqual(['statement', 'rejection']);
  });
});
