import { afterEach, describe, expect, test } from 'vitest';
import { EXAMPLE } from '../../../connectors/sources/status-api/openapi.ts';
import connector from '../../../connectors/sources/status-api/status-api.ts';
import { Authority } from '../../support/certificates.ts';
import { folderWith } from '../../support/folders.ts';
import { SECRET, testPort } from '../../support/http-asking.ts';
import { httpServer } from '../../support/loopback.ts';
import { type StatusServer, type StatusServerOptions, startStatusServer } from '../../support/status-server.ts';
import { normalised, pieces, probed, refused, rejected, statements } from '../../support/status-source.ts';

const FACTS = EXAMPLE.facts;
const started: StatusServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

async function server(options: StatusServerOptions = {}): Promise<StatusServer> {
  const one = await startStatusServer({ ...options, report: { facts: FACTS, ...options.report } });
  started.push(one);
  return one;
}

describe('what is read', () => {
  test('a document, then the facts; all of the example are taken', async () => {
    const { url } = await server();
    const collected = await pieces(url);
    expect(collected[0]).toMatchObject({
      kind: 'statement',
      statement: {
        type: 'document',
        id: 's-status',
        title: 'Status of our databases',
        stated_at: '2026-06-29T01:30:00+07:00',
        grade: 'E3',
        said_by: 'owner',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    const result = normalised(collected);
    expect(result.rejections).toEqual([]);
    expect(result.observations).toHaveLength(FACTS.length);
    expect(result.observations[0]).toMatchObject({ attribute: 'checklist.met', value_number: 13, value_total: 19 });
    expect(result.observations[1]).toMatchObject({ value_text: 'two_way', flags: '{"since":"2026-03-01"}' });
    expect(result.observations[2]).toMatchObject({ value_low: 4_750_000, value_high: 4_850_000 });
    expect(result.observations[3]).toMatchObject({ value_time: '2026-06-28 16:10:00.000' });
  });

  test('all keys of a fact reach the statement', async () => {
    const fact = {
      agency: 'bo-cong-an',
      attribute: 'a.b',
      number: 1,
      of: 2,
      unit: 'u',
      stage: 's',
      role: 'r',
      target: 't',
      extent: 'e',
      modality: 'm',
      flags: { n: 1 },
      quoted: 'c12',
      said_by: 'receiver',
      grade: 'E2',
      observed_at: '2026-06-01',
      note: 'see the log',
    };
    const { url } = await server({ report: { facts: [fact] } });
    const [, statement] = await statements(url);
    const { agency, number, of, note, ...same } = fact;
    expect(statement).toEqual({
      type: 'observation',
      document: 's-status',
      subject_type: 'agency',
      subject_id: agency,
      value_number: number,
      value_total: of,
      evidence: { quote: note },
      ...same,
    });
  });

  test('null counts as left out', async () => {
    const { url } = await server({
      report: { facts: [{ database: 'dan-cu', agency: null, attribute: 'a', number: 1, of: null }] },
    });
    expect(await statements(url)).toHaveLength(2);
  });

  test('settings give the title, and what facts do not say themselves', async () => {
    const { url } = await server();
    const options = { title: 'Our title', grade: 'E1', said_by: 'receiver', document_id: 'status' };
    expect((await statements(url, { options }))[0]).toMatchObject({
      title: 'Our title',
      grade: 'E1',
      said_by: 'receiver',
    });
    expect(await refused(url, { options: { document_id: 'other' } })).toMatchObject({ code: 'source/other-report' });
  });

  test('the operator’s trust bounds what a fact says of itself', async () => {
    const facts = [{ database: 'dan-cu', attribute: 'checklist.met', number: 1, of: 19, grade: 'E4' }];
    const { url } = await server({ report: { facts } });
    expect(normalised(await pieces(url)).rejections).toMatchObject([{ code: 'grade_not_trusted' }]);
    expect(connector.needsTrust).toBe(true);
  });
});

describe('who asks', () => {
  const authority = new Authority();
  const client = authority.issue();
  const folder = folderWith({ 'ca.pem': authority.cert, 'cert.pem': client.cert, 'key.pem': client.key });
  const now = () => new Date('2026-06-29T18:00:00Z');

  test.each([
    { kind: 'bearer', token: SECRET },
    { kind: 'basic', user: 'csdl', password: SECRET },
    { kind: 'hmac', key_id: 'csdl', secret: SECRET },
  ] as const)('$kind', async (auth) => {
    const { url } = await server({ auth, now, pageSize: 2 });
    const context = { http: testPort({ now }) };
    expect(await statements(url, { options: { http: { auth } }, context })).toHaveLength(FACTS.length + 1);
    expect(await refused(url)).toMatchObject({ code: 'source/auth-failed', message: 'answered 401' });
    const wrong = auth.kind === 'hmac' ? { ...auth, secret: `${SECRET}!` } : { kind: 'bearer', token: 'wrong' };
    expect(await refused(url, { options: { http: { auth: wrong } }, context })).toMatchObject({
      code: 'source/auth-failed',
    });
  });

  test('a signature of yesterday is not taken', async () => {
    const auth = { kind: 'hmac', key_id: 'csdl', secret: SECRET } as const;
    const { url } = await server({ auth, now });
    const context = { http: testPort({ now: () => new Date('2026-06-28T18:00:00Z') }) };
    expect(await refused(url, { options: { http: { auth } }, context })).toMatchObject({ code: 'source/auth-failed' });
  });

  test('by certificate, its files named from the folder of sources.yaml', async () => {
    const { url } = await server({ tls: { ...authority.issue(), clients: authority.cert } });
    const http = { tls: { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } };
    expect(await statements(url, { options: { http }, context: { folder } })).toHaveLength(FACTS.length + 1);
    expect(connector.check?.(connector.options.parse({ url, http }), folder)).toBeNull();
    expect(connector.check?.(connector.options.parse({ url, http: { tls: { ca: 'x.pem' } } }), folder)).toBe(
      'there is no file x.pem',
    );
  });
});

describe('the same report', () => {
  const ids = async (options: StatusServerOptions) => {
    const { url } = await server(options);
    return normalised(await pieces(url))
      .observations.map((row) => String(row.id))
      .sort();
  };

  test('has the same facts in another order and on other pages; other facts or another time are others', async () => {
    const base = await ids({});
    expect(await ids({ pageSize: 1 })).toEqual(base);
    expect(await ids({ report: { facts: FACTS.toReversed() }, pageSize: 3 })).toEqual(base);
    const moved = await ids({ report: { stated_at: '2026-06-29T01:31:00+07:00' } });
    expect(moved.filter((id) => base.includes(id))).toEqual([]);
  });
});

describe('ETag', () => {
  test('is remembered, and an answer that has not changed gives nothing', async () => {
    const one = await server();
    const kept = new Map<string, string>();
    const memory = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => void kept.set(key, value),
    };
    await pieces(one.url, { context: { memory } });
    expect(kept.get('etag')).toMatch(/^"[0-9a-f]{16}"$/);
    // What was not said again is forgotten.
    const again = new Map<string, string>();
    const next = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => void again.set(key, value),
    };
    expect(await pieces(one.url, { context: { memory: next } })).toEqual([]);
    expect(again).toEqual(kept);
    one.report.facts = FACTS.slice(1);
    expect(await pieces(one.url, { context: { memory } })).toHaveLength(FACTS.length);
    expect(one.log.map(({ status }) => status)).toEqual([200, 304, 200]);
  });

  const remembered = async (url: string): Promise<string | undefined> => {
    const kept = new Map<string, string>();
    const memory = { get: () => undefined, set: (key: string, value: string) => void kept.set(key, value) };
    await pieces(url, { context: { memory } });
    return kept.get('etag');
  };

  test('of several pages only when all have the same', async () => {
    expect(await remembered((await server({ pageSize: 1 })).url)).toBeDefined();
    const { host } = await httpServer((request, response) => {
      const page = { schema: 'csdl-status/1', id: 'r', title: 'R', stated_at: '2026-06-29T01:00:00Z', facts: [] };
      const next = request.url === '/1' ? '/2' : null;
      response.writeHead(200, { 'content-type': 'application/json', etag: `"${request.url}"` });
      response.end(JSON.stringify({ ...page, next }));
    });
    expect(await remembered(`http://${host}/1`)).toBeUndefined();
  });

  test('of an answer with refused facts is not: they are shown every night', async () => {
    expect(await remembered((await server({ report: { facts: [...FACTS, { attribute: 'x' }] } })).url)).toBeUndefined();
  });
});

describe('facts that are wrong are refused alone', () => {
  test('with their place and reason, without what they hold', async () => {
    const long = 'x'.repeat(5000);
    const facts = [
      { database: 'dan-cu', attribute: 'a', number: 1, targt: 'x' },
      FACTS[0],
      { database: 'dan-cu', attribute: 'a', text: long },
      'rubbish',
      null,
      { database: 'dan-cu', attribute: 'a' },
    ];
    const { url } = await server({ report: { facts }, pageSize: 2 });
    const all = await rejected(url);
    expect(all.map(({ at }) => at)).toEqual([
      'page 1 fact 1',
      'page 2 fact 1',
      'page 2 fact 2',
      'page 3 fact 1',
      'page 3 fact 2',
    ]);
    expect(all[0]).toMatchObject({
      code: 'status/wrong-fact',
      message: '"targt" is no key of the contract; did you mean "target"?',
      raw: '{"database":"dan-cu","attribute":"a","number":1,"targt":"x"}',
    });
    expect(all[4]?.message).toContain('give one value');
    for (const { message, raw } of all) {
      expect(message).not.toContain('xxx');
      expect(raw.length).toBeLessThanOrEqual(300);
    }
  });
});

describe('asked lightly', () => {
  test('one request, nothing kept', async () => {
    const one = await server({ pageSize: 1 });
    const context = await probed(one.url);
    expect(one.log).toHaveLength(1);
    expect(context.memory.get('etag')).toBeUndefined();
  });

  test('one try, also where the settings allow more; a page to log in is not alive', async () => {
    let n = 0;
    const { host } = await httpServer((_request, response) => response.writeHead(n++ === 0 ? 503 : 200).end());
    await expect(probed(`http://${host}/`)).rejects.toMatchObject({ message: 'answered 503' });
    expect(n).toBe(1);
    const login = await httpServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<form>'),
    );
    await expect(probed(`http://${login.host}/`)).rejects.toMatchObject({ code: 'source/wrong-content-type' });
  });
});

describe('settings', () => {
  test.each([
    ['https://a.example/x', 'a.example:443'],
    ['http://A.Example/x', 'a.example:80'],
    ['http://127.0.0.1:8080/x', '127.0.0.1:8080'],
    ['https://[::1]:8443/x', '[::1]:8443'],
  ])('the host of %s is %s', (url, host) => {
    expect(connector.hosts?.(connector.options.parse({ url }))).toEqual([host]);
  });

  test.each(['', 'a.example', 'ftp://a.example/', `https://user:${SECRET}@a.example/`])('%s is no address', (url) => {
    expect(connector.options.safeParse({ url }).success).toBe(false);
  });
});
