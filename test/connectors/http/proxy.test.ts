import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../../connectors/http/proxy.ts';
import { Authority } from '../../support/certificates.ts';
import { folderWith } from '../../support/folders.ts';
import { ask, fault, SECRET } from '../../support/http-asking.ts';
import { httpServer, httpsServer, type Listening, listen, tcpServer } from '../../support/loopback.ts';

const authority = new Authority();
const ca = `${folderWith({ 'ca.pem': authority.cert })}/ca.pem`;

/** A proxy as they stand in offices: tunnels for https, plain requests for http. */
async function proxy(password?: string): Promise<Listening & { seen: string[] }> {
  const seen: string[] = [];
  const wanted = password === undefined ? undefined : `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      response.writeHead(407).end();
      return;
    }
    const onward = forward(request.url ?? '', { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    onward.end();
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('error', () => onward.destroy());
  });
  const listening = await listen(server);
  proxies.push(listening);
  return { ...listening, seen };
}
const proxies: Listening[] = [];
const through = (url: string, rest: NodeJS.ProcessEnv = {}) => ({
  hub: { environment: { HTTP_PROXY: url, HTTPS_PROXY: url, ...rest } },
  access: { tls: { ca }, tries: 2 },
});
const well = (_request: unknown, response: { end(text: string): unknown }): void => void response.end('well');

describe('through a proxy', () => {
  test('https goes through a tunnel, its certificate is still looked at; http is handed over', async () => {
    const { host, seen } = await proxy();
    const secure = await httpsServer(authority.issue(), well);
    const plain = await httpServer(well);
    expect(await ask(`https://${secure.host}/a`, through(`http://${host}`))).toMatchObject({ status: 200, size: 4 });
    expect(await ask(`http://${plain.host}/b?c=d`, through(`http://${host}`))).toMatchObject({ status: 200, size: 4 });
    expect(seen).toEqual([`CONNECT ${secure.host}`, `GET http://${plain.host}/b?c=d`]);
    const wrong = await httpsServer(authority.issue({ names: ['elsewhere.example'] }), well);
    expect(await fault(`https://${wrong.host}/`, through(`http://${host}`))).toMatchObject({
      code: 'source/certificate-wrong-host',
    });
  });

  test('a signed request is signed for the host, not for the proxy', async () => {
    const { host } = await proxy();
    const plain = await httpServer((request, response) => response.end(request.headers.host));
    const answer = await ask(`http://${plain.host}/`, through(`http://${host}`));
    expect(Buffer.from(answer.bytes).toString()).toBe(plain.host);
  });

  test('NO_PROXY goes past it', async () => {
    const { host, seen } = await proxy();
    const plain = await httpServer(well);
    const settings = through(`http://${host}`, { no_proxy: `example.vn, ${plain.host}` });
    expect(await ask(`http://${plain.host}/`, settings)).toMatchObject({ status: 200 });
    expect(seen).toEqual([]);
  });

  test('with a password, and without the right one', async () => {
    const { host } = await proxy(SECRET);
    const secure = await httpsServer(authority.issue(), well);
    const plain = await httpServer(well);
    for (const url of [`https://${secure.host}/`, `http://${plain.host}/`]) {
      expect(await ask(url, through(`http://user:${SECRET}@${host}`))).toMatchObject({ status: 200 });
      expect(await fault(url, through(`http://user:wrong@${host}`))).toMatchObject({
        code: 'source/proxy',
        message: expect.stringMatching(/answered 407$/),
        meter: { tries: 1 },
      });
    }
  });

  test('one that is not there, and one that lets us wait', async () => {
    const gone = await listen(createServer());
    await gone.close();
    const secure = await httpsServer(authority.issue(), well);
    const told = await fault(`https://${secure.host}/`, through(`http://${gone.host}`));
    expect(told).toMatchObject({
      code: 'source/proxy',
      message: 'the proxy cannot be reached: the connection was refused twice',
    });
    const silent = await tcpServer(() => undefined);
    const settings = through(`http://${silent.host}`);
    const waited = await fault(`https://${secure.host}/`, {
      ...settings,
      access: { ...settings.access, try_seconds: 2 },
    });
    expect(waited.code).toMatch(/^source\/(?:proxy|timeout)$/);
  });

  test('a source that the proxy cannot reach', async () => {
    const { host } = await proxy();
    const gone = await listen(createServer());
    await gone.close();
    expect(await fault(`https://${gone.host}/`, through(`http://${host}`))).toMatchObject({
      code: 'source/proxy',
      message: 'the proxy answered 502 twice',
    });
  });

  test('undeclared hosts are not asked for through it', async () => {
    const { host, seen } = await proxy();
    const settings = through(`http://${host}`);
    const told = await fault('https://elsewhere.example/', { ...settings, hub: { ...settings.hub, hosts: [] } });
    expect(told.code).toBe('source/undeclared-host');
    expect(seen).toEqual([]);
    await Promise.all(proxies.splice(0).map((one) => one.close()));
  });
});

describe('which proxy', () => {
  const P = 'http://proxy.example:3128';
  test.each<[string, NodeJS.ProcessEnv, string | null]>([
    ['http://a.example/', {}, null],
    ['http://a.example/', { HTTP_PROXY: P }, P],
    ['http://a.example/', { http_proxy: P, HTTP_PROXY: 'http://other' }, P],
    ['http://a.example/', { http_proxy: '', HTTP_PROXY: P }, P],
    ['http://a.example/', { HTTPS_PROXY: P }, null],
    ['https://a.example/', { HTTP_PROXY: P }, null],
    ['https://a.example/', { https_proxy: P }, P],
    ['http://a.example/', { HTTP_PROXY: 'proxy.example:3128' }, P],
    ['http://a.example/', { HTTP_PROXY: P, NO_PROXY: '*' }, null],
    ['http://a.example/', { HTTP_PROXY: P, NO_PROXY: 'a.example' }, null],
    ['http://b.a.example/', { HTTP_PROXY: P, NO_PROXY: 'a.example' }, null],
    ['http://b.a.example/', { HTTP_PROXY: P, NO_PROXY: '.a.example' }, null],
    ['http://b.a.example/', { HTTP_PROXY: P, NO_PROXY: '*.a.example' }, null],
    ['http://ba.example/', { HTTP_PROXY: P, NO_PROXY: 'a.example' }, P],
    ['http://a.example:81/', { HTTP_PROXY: P, NO_PROXY: 'a.example:80' }, P],
    ['http://a.example/', { HTTP_PROXY: P, NO_PROXY: 'x, A.Example:80' }, null],
    ['https://a.example/', { HTTPS_PROXY: P, NO_PROXY: 'a.example:443' }, null],
    ['http://[::1]/', { HTTP_PROXY: P, NO_PROXY: '::1' }, null],
    ['http://[::1]:80/', { HTTP_PROXY: P, NO_PROXY: '[::1]:80' }, null],
  ])('%s with %j', (url, environment, proxy) => {
    expect(proxyFor(new URL(url), environment)).toBe(proxy);
  });

  test.each(['socks5://proxy.example', 'http://', '::'])('%s is no proxy', (proxy) => {
    expect(() => proxyFor(new URL('http://a.example'), { HTTP_PROXY: proxy })).toThrow('no address of a proxy');
  });
});
