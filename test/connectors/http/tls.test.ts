import type { RequestListener } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { Authority } from '../../support/certificates.ts';
import { folderWith } from '../../support/folders.ts';
import { ask, fault } from '../../support/http-asking.ts';
import { httpServer, httpsServer } from '../../support/loopback.ts';

const authority = new Authority();
const other = new Authority('Other CA');
const client = authority.issue({ names: ['client'] });
const stranger = other.issue({ names: ['client'] });
const folder = folderWith({
  'ca.pem': authority.cert,
  'cert.pem': client.cert,
  'key.pem': client.key,
  'other-cert.pem': stranger.cert,
  'other-key.pem': stranger.key,
  'broken.pem': 'no certificate',
});
const file = (name: string): string => `${folder}/${name}`;
const ca = { ca: file('ca.pem') };
const well: RequestListener = (_request, response) => void response.end('well');

const DAY_MS = 86_400_000;
const at = (days: number): Date => new Date(Date.now() + days * DAY_MS);

describe('the certificate of a source', () => {
  test('of an authority that is named', async () => {
    const { host } = await httpsServer(authority.issue(), well);
    expect(await ask(`https://${host}/`, { access: { tls: ca } })).toMatchObject({ status: 200 });
  });

  test('of one that is not known, and the switch of Node that passes over certificates is not heard', async () => {
    const { host } = await httpsServer(authority.issue(), well);
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(await fault(`https://${host}/`)).toMatchObject({
        code: 'source/certificate-untrusted',
        message: 'the certificate was signed by an authority that is not known here',
        meter: { tries: 1 },
      });
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  test('with an authority named, no other one is believed', async () => {
    const { host } = await httpsServer(other.issue(), well);
    expect(await fault(`https://${host}/`, { access: { tls: ca } })).toMatchObject({
      code: 'source/certificate-untrusted',
    });
  });

  test('expired: the day is told', async () => {
    const { host } = await httpsServer(
      authority.issue({ from: at(-60), until: new Date('2026-01-01T00:00:00Z') }),
      well,
    );
    expect(await fault(`https://${host}/`, { access: { tls: ca } })).toMatchObject({
      code: 'source/certificate-expired',
      message: 'the certificate expired on 2026-01-01',
      meter: { tries: 1 },
    });
  });

  test('not yet valid', async () => {
    const { host } = await httpsServer(authority.issue({ from: at(2), until: at(3) }), well);
    expect(await fault(`https://${host}/`, { access: { tls: ca } })).toMatchObject({
      code: 'source/certificate-not-yet-valid',
    });
  });

  test('for another host', async () => {
    const { host } = await httpsServer(authority.issue({ names: ['elsewhere.example'] }), well);
    expect(await fault(`https://${host}/`, { access: { tls: ca } })).toMatchObject({
      code: 'source/certificate-wrong-host',
      message: 'the certificate is for another host',
      meter: { tries: 1 },
    });
  });

  test('http where https was meant, and the other way round', async () => {
    const plain = await httpServer(well);
    expect(await fault(`https://${plain.host}/`)).toMatchObject({ code: 'source/tls' });
    const secure = await httpsServer(authority.issue(), well);
    const told = await fault(`http://${secure.host}/`);
    expect(['source/protocol', 'source/connection-reset']).toContain(told.code);
  });

  test('only an old TLS', async () => {
    const { host } = await httpsServer({ ...authority.issue(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, well);
    expect(await fault(`https://${host}/`, { access: { tls: ca } })).toMatchObject({ code: 'source/tls' });
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('our certificate, %s', (version) => {
  const mutual = () =>
    httpsServer(
      {
        ...authority.issue(),
        ca: authority.cert,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      },
      (request, response) => void response.end(String((request.socket as TLSSocket).authorized)),
    );

  test('is shown', async () => {
    const { host } = await mutual();
    const tls = { ...ca, cert: file('cert.pem'), key: file('key.pem') };
    const answer = await ask(`https://${host}/`, { access: { tls } });
    expect(Buffer.from(answer.bytes).toString()).toBe('true');
  });

  test('is missing, or of another authority', async () => {
    const { host } = await mutual();
    const tls = { ...ca, cert: file('other-cert.pem'), key: file('other-key.pem') };
    for (const given of [ca, tls]) {
      const told = await fault(`https://${host}/`, { access: { tls: given, tries: 2 } });
      expect(['source/client-certificate', 'source/connection-reset', 'source/tls']).toContain(told.code);
    }
  });
});

describe('the files', () => {
  test.each([
    [{ ca: file('none.pem') }],
    [{ ca: file('broken.pem') }],
    [{ cert: file('cert.pem'), key: file('other-key.pem') }],
    [{ cert: file('cert.pem'), key: file('ca.pem') }],
  ])('%j: not usable', async (tls) => {
    expect(await fault('https://127.0.0.1:1/', { access: { tls } })).toMatchObject({
      code: 'source/certificate-file',
      meter: { tries: 0 },
    });
  });
});
