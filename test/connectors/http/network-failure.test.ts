import { describe, expect, test } from 'vitest';
import { TryFailure } from '../../../connectors/http/failure.ts';
import { networkFailure } from '../../../connectors/http/network-failure.ts';

const HOST = 'csdl.example.vn';
const coded = (code: string, message = `${code} ${HOST}:443`): Error => Object.assign(new Error(message), { code });
const GIVEN = { receiving: false, proxied: false, connectWithin: '10 s', expires: undefined };

describe('what the codes of the network mean', () => {
  test.each([
    ['ENOTFOUND', 'source/no-such-host', true],
    ['EAI_AGAIN', 'source/no-such-host', true],
    ['ECONNREFUSED', 'source/connection-refused', true],
    ['ENETUNREACH', 'source/unreachable', true],
    ['EHOSTUNREACH', 'source/unreachable', true],
    ['EMFILE', 'source/unreachable', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'source/connect-timeout', true],
    ['ETIMEDOUT', 'source/connect-timeout', true],
    ['ECONNRESET', 'source/connection-reset', true],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'source/truncated', true],
    ['EWHATEVER', 'source/network', true],
    ['CERT_HAS_EXPIRED', 'source/certificate-expired', false],
    ['CERT_NOT_YET_VALID', 'source/certificate-not-yet-valid', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'source/certificate-wrong-host', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'source/certificate-untrusted', false],
    ['CERT_CHAIN_TOO_LONG', 'source/certificate-untrusted', false],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'source/client-certificate', false],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'source/client-certificate', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'source/tls', false],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'source/tls', false],
    ['HPE_INVALID_CONSTANT', 'source/protocol', false],
    ['UND_ERR_HEADERS_OVERFLOW', 'source/protocol', false],
  ])('%s is %s, again: %s', (code, wanted, again) => {
    const error = coded(code);
    const failure = networkFailure(error, GIVEN);
    expect(failure).toMatchObject({ code: wanted, again, cause: error });
    expect(`${failure.message} ${failure.hint}`).not.toContain(HOST);
  });

  test('through a proxy, who does not let us connect is the proxy', () => {
    const proxied = { ...GIVEN, proxied: true };
    const told = (error: Error) => networkFailure(error, proxied);
    expect(told(coded('ETIMEDOUT'))).toMatchObject({
      code: 'source/proxy',
      message: 'the proxy made no connection within 10 s',
    });
    expect(told(coded('UND_ERR_ABORTED', 'Proxy response (403) !== 200 when HTTP Tunneling'))).toMatchObject({
      code: 'source/proxy',
      message: 'the proxy answered 403',
      again: false,
    });
    expect(told(coded('UND_ERR_PRX_TLS'))).toMatchObject({ code: 'source/proxy', again: false });
    expect(told(coded('CERT_HAS_EXPIRED'))).toMatchObject({ code: 'source/certificate-expired' });
    expect(networkFailure(coded('ECONNRESET'), { ...proxied, receiving: true })).toMatchObject({
      code: 'source/connection-reset',
    });
  });

  test('of several addresses tried, the first one speaks', () => {
    const error = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
    expect(networkFailure(error, GIVEN).code).toBe('source/connection-refused');
  });

  test('what is no failure of the network is a bug, and passed on', () => {
    for (const error of [
      new TypeError('x is not a function'),
      coded('ERR_INVALID_ARG_TYPE'),
      coded('UND_ERR_INVALID_ARG'),
    ]) {
      expect(() => networkFailure(error, GIVEN)).toThrow(error);
    }
    const known = new TryFailure('source/x', 'x', { hint: 'y' });
    expect(networkFailure(known, GIVEN)).toBe(known);
  });
});
