/** HTTP as servers speak it: headers, redirects, bodies and pauses; and addresses as people write them. */
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Dispatcher } from 'undici';
import { hostAndPort, isDeclared } from '../../../connectors/declared-hosts.ts';
import { TryFailure } from '../../../connectors/http/failure.ts';
import { proxyFor } from '../../../connectors/http/proxy.ts';
import { backoff, retryAfter } from '../../../connectors/http/retry.ts';
import { tryOnce } from '../../../connectors/http/try-once.ts';
import { address, endpointOf } from '../../../connectors/sources/probe/endpoint.ts';
import { addressOf, isAddress, tableOfAddress } from '../../../pipeline/cli/postgres-address.ts';
import { isAllowedHost, isLoopback } from '../../../pipeline/serve/hosts.ts';
import { files, texts } from '../inputs.ts';
import { must, type Targets, text } from '../target.ts';

const NOW = new Date('2026-06-30T00:00:00Z');
const DATES = ['Tue, 30 Jun 2026 00:01:00 GMT', '120', 'Sunday, 06-Nov-94 08:49:37 GMT', '-1', '1e3'];
const HOSTS = [
  'a.example',
  'a.example:443',
  '[::1]:8080',
  '127.0.0.1',
  'localhost:80',
  '[fe80::1%25eth0]:1',
  'A.EXAMPLE',
  'xn--nxasmq6b',
  '::ffff:127.0.0.1',
];
const HOST_WORDS = [
  ':',
  '.',
  '[',
  ']',
  '::',
  '1',
  '443',
  '99999',
  'a',
  'localhost',
  '@',
  '/',
  '%',
  '0x7f',
  '127.1',
  'é',
];
const URLS = [
  ...[
    'https://a.example/x?y=1#z',
    'http://u:p@a.example:81/',
    'https://[::1]:8443/',
    '/next?page=2',
    '//b.example/',
    'https://a.example',
  ],
  ...['postgresql://reader@db.example:5432/register?schema=s&table=t&tls=off', 'postgres://r%20x@db/a%2Fb'],
];
const URL_WORDS = [
  '/',
  '?',
  '#',
  '@',
  ':',
  '//',
  '..',
  '%2e%2e',
  '%zz',
  '%',
  'https:',
  'http:',
  'ftp:',
  'data:',
  'a.example',
  'b.example',
  '\\',
  '&',
  '=',
];

const body = Buffer.from(JSON.stringify({ a: 'x'.repeat(200) }));
const packed = [body, gzipSync(body), deflateSync(body), brotliCompressSync(body), gzipSync(Buffer.alloc(300_000))];
const header = (values: readonly string[], words: readonly string[] = []) =>
  fc.oneof(fc.constantFrom(...values), texts(values, words));

export const targets: Targets = {
  'HTTP: answers': () =>
    text({
      inputs: fc.array(
        fc.record({
          statusCode: fc.oneof(
            fc.constantFrom(200, 200, 204, 206, 301, 302, 304, 307, 400, 401, 429, 500, 503),
            fc.nat(999),
          ),
          headers: fc.record(
            {
              location: header(URLS, URL_WORDS),
              'retry-after': header(DATES),
              'content-length': header(['0', '12', '99999999999']),
              'content-encoding': fc.oneof(
                header(['gzip', 'deflate', 'br', 'identity', 'gzip, br', 'x-gzip']),
                fc.constant(['gzip', 'br']),
              ),
            },
            { requiredKeys: [] },
          ),
          pieces: fc.array(files(packed), { maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      refuses: [TryFailure],
      feed: async (answers) => {
        let at = 0;
        const origins: string[] = [];
        const dispatcher = {
          async request({ origin }: { origin: string }) {
            origins.push(origin);
            const { statusCode, headers, pieces } = answers[at++ % answers.length] ?? {
              statusCode: 500,
              headers: {},
              pieces: [],
            };
            return { statusCode, headers, body: Readable.from(pieces.map((piece) => Buffer.from(piece))) };
          },
        } as unknown as Dispatcher;
        const limits = { maxBytes: 100_000, connectMs: 1_000, silenceMs: 5_000, wholeMs: 5_000 };
        const use = {
          toFile: undefined,
          conditional: false,
          signal: new AbortController().signal,
          now: () => NOW,
          proxied: false,
          posted: undefined,
        };
        const heard = {
          onRequest: () => undefined,
          onBytes: () => undefined,
          expires: () => undefined,
          headers: () => ({}),
        };
        try {
          const told = await tryOnce({ url: new URL('https://a.example/x'), dispatcher, ...limits, ...use, ...heard });
          must(told.bytes.length <= limits.maxBytes && told.size === told.bytes.length, 'within its limit');
        } finally {
          must(
            origins.every((origin) => origin === 'https://a.example') && origins.length <= 4,
            'no other host, few hops',
          );
        }
      },
    }),
  'HTTP: Retry-After and pauses': () =>
    text({
      inputs: fc.tuple(
        texts(DATES, [' ', ',', ':', 'GMT', 'Mon', '30', 'Feb', '2026', '00', '61', '9']),
        fc.nat(40),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
      ),
      feed: ([header, failed, random]) => {
        const ms = retryAfter(header, NOW);
        must(ms === undefined || (Number.isFinite(ms) && ms >= 0), `pause ${ms}`);
        const pause = backoff(failed + 1, random);
        must(pause >= 0 && pause <= 15_000, `pause ${pause}`);
      },
    }),
  'addresses: endpoints': () =>
    text({
      inputs: fc.tuple(fc.constantFrom('url', 'tcp', 'tls'), texts([...URLS, ...HOSTS], [...URL_WORDS, ...HOST_WORDS])),
      feed: ([kind, input]) => {
        const found = endpointOf(kind, input);
        if (typeof found === 'string') return;
        must(found.port >= 1 && found.port <= 65_535 && found.host !== '', `endpoint ${JSON.stringify(found)}`);
        must(isDeclared(hostAndPort(found.host, found.port), [address(found)]), 'is declared by its own address');
      },
    }),
  'addresses: declared hosts': () =>
    text({
      inputs: fc.tuple(texts(HOSTS, HOST_WORDS), fc.array(fc.constantFrom(...HOSTS), { maxLength: 3 })),
      feed: ([input, hosts]) => {
        const named = isDeclared(input, hosts);
        must(!named || hosts.some((host) => input === host || input.startsWith(`${host}:`)), 'only what is declared');
      },
    }),
  'addresses: names of the server': () =>
    text({
      inputs: texts(HOSTS, HOST_WORDS),
      feed: (input) => {
        isLoopback(input);
        if (!isAllowedHost(input, '127.0.0.1', ['csdl.example'])) return;
        must(/^(localhost|127\.|\[?::1|\[?::ffff:127\.|csdl\.example|\[)/i.test(input), `answers to ${input}`);
      },
    }),
  'addresses: PostgreSQL': () =>
    text({
      inputs: texts(URLS, [...URL_WORDS, 'postgresql://', 'reader', '?schema=', '&table=', 'tls=off']),
      feed: (input) => {
        tableOfAddress(input);
        if (!isAddress(input)) return;
        const found = addressOf(input, 'x');
        must(found.host !== '' && found.database !== '' && found.user !== '', 'has host, database and user');
      },
    }),
  'addresses: proxies': () =>
    text({
      inputs: fc.tuple(
        fc.constantFrom('https://a.example/', 'http://[::1]:81/', 'https://b.a.example:8443/'),
        texts([...URLS, ...HOSTS], URL_WORDS),
        texts(HOSTS, [',', ' ', '*', '.', '*.', ...HOST_WORDS]),
      ),
      feed: ([url, proxy, list]) => {
        const found = proxyFor(new URL(url), { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: list });
        must(found === null || /^https?:$/.test(new URL(found).protocol), 'a proxy speaks HTTP');
      },
    }),
};
