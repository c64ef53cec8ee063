import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absoluteAccess, accessProblem, httpAccess } from '../../../connectors/http/access.ts';
import { backoff, retryAfter } from '../../../connectors/http/retry.ts';
import { authorization, stringToSign } from '../../../connectors/http/sign.ts';
import { folderWith } from '../../support/folders.ts';
import { ask, SECRET } from '../../support/http-asking.ts';
import { httpServer } from '../../support/loopback.ts';

const NOW = new Date('2026-06-29T00:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['Mon, 29 Jun 2026 00:01:00 GMT', 60_000],
    ['Sun, 28 Jun 2026 00:00:00 GMT', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999999999999', undefined],
    ['2026-06-29T00:01:00Z', undefined],
    [undefined, undefined],
  ])('%j', (header, ms) => expect(retryAfter(header, NOW)).toBe(ms));

  test('whatever it holds, it is a time that is not negative, or nothing', () => {
    const given = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(given, (header) => {
        const ms = retryAfter(header, NOW);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });

  test('dates and seconds say the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (seconds) => {
        const date = new Date(NOW.getTime() + seconds * 1000).toUTCString();
        expect(retryAfter(date, NOW)).toBe(retryAfter(String(seconds), NOW));
      }),
    );
  });
});

test('pauses grow, and chance takes all between nothing and the whole', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((n) => backoff(n, 0.999_999))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
  expect(backoff(9, 0)).toBe(0);
});

describe('proof of who asks', () => {
  const sent = async (auth: object): Promise<string> => {
    const { host } = await httpServer((request, response) => response.end(request.headers.authorization));
    return Buffer.from((await ask(`http://${host}/`, { access: { auth }, hub: { now: () => NOW } })).bytes).toString();
  };

  test('bearer and basic', async () => {
    expect(await sent({ kind: 'bearer', token: SECRET })).toBe(`Bearer ${SECRET}`);
    expect(await sent({ kind: 'basic', user: 'so-a', password: 'mật khẩu' })).toBe(
      `Basic ${Buffer.from('so-a:mật khẩu').toString('base64')}`,
    );
  });

  test('hmac: the published example', () => {
    const url = new URL('https://csdl.example.vn/api/status?page=2');
    const auth = { kind: 'hmac', key_id: 'readiness', secret: 'correct horse battery' } as const;
    const body = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const text = `CSDL-HMAC-SHA256\nGET\n/api/status?page=2\ncsdl.example.vn\n1782691200\n${body}`;
    expect(
      stringToSign({ method: 'GET', target: '/api/status?page=2', host: url.host, timestamp: 1_782_691_200, body: '' }),
    ).toBe(text);
    const signature = createHmac('sha256', auth.secret).update(text).digest('hex');
    expect(signature).toBe(PUBLISHED);
    expect(authorization(auth, url, NOW)).toBe(
      `CSDL-HMAC-SHA256 key_id="readiness", timestamp="1782691200", signature="${signature}"`,
    );
  });
});
const PUBLISHED = '04b167db0c1fbce4a02317b3ed2169ca401a9c193af2f7eb6997264d9cb9f6a6';

describe('settings', () => {
  test('defaults', () => {
    expect(httpAccess.parse({})).toEqual({ tries: 4, try_seconds: 20, total_seconds: 90, max_bytes: 50_000_000 });
  });

  test.each([
    [{ auth: { kind: 'bearer', token: '' } }, 'environment variable'],
    [{ auth: { kind: 'bearer', token: 'a\nb' } }, 'printable'],
    [{ auth: { kind: 'basic', user: 'a:b', password: 'x' } }, 'colon'],
    [{ auth: { kind: 'hmac', key_id: 'a', secret: 'short' } }, '16 characters'],
    [{ auth: { kind: 'ntlm' } }, ''],
    [{ tls: { cert: 'a.pem' } }, 'together'],
    [{ tls: { insecure: true } }, ''],
    [{ try_seconds: 100 }, 'total_seconds'],
    [{ tries: 0 }, ''],
    [{ tries: 11 }, ''],
    [{ max_bytes: 3_000_000_000 }, ''],
  ])('%j is refused', (given, why) => {
    const parsed = httpAccess.safeParse(given);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).toContain(why);
  });

  test('files are named from the folder of sources.yaml, and looked at before the run', () => {
    const folder = folderWith({ 'keys/ca.pem': '-----BEGIN CERTIFICATE-----', 'no.pem': 'x' });
    const access = (tls: object) => httpAccess.parse({ tls });
    expect(absoluteAccess(access({ ca: 'keys/ca.pem' }), folder).tls?.ca).toBe(`${folder}/keys/ca.pem`);
    expect(absoluteAccess(httpAccess.parse({}), folder).tls).toBeUndefined();
    expect(accessProblem(access({ ca: 'keys/ca.pem' }), folder)).toBeNull();
    expect(accessProblem(access({ ca: 'none.pem' }), folder)).toBe('there is no file none.pem');
    expect(accessProblem(access({ ca: 'no.pem' }), folder)).toBe('no.pem is no PEM file');
  });
});
