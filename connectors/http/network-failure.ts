/** What went wrong on the wire, told from the codes that Node, OpenSSL and undici give. Anything else is a bug and is passed on. */
import { TryFailure } from './failure.ts';

export interface Circumstances {
  /** The answer had begun. */
  receiving: boolean;
  /** Asked through a proxy: then whoever does not let us connect is the proxy. */
  proxied: boolean;
  /** How long a connection may take, for the message. */
  connectWithin: string;
  /** Last day of the server's certificate, where it was shown. */
  expires: string | undefined;
}

type Row = readonly [code: string, message: string, hint: string];

const REACH = 'see that the address and port in sources.yaml are right and that the source is running';
const FIREWALL = 'see the firewall and routes between this machine and the source';
const CA = 'set `tls.ca` to the certificate of the authority that signed it, got from the owner by a safe way';
const OWNER = 'the owner has to renew or correct it; certificates are never passed over';
const CLIENT = 'see that `tls.cert` and `tls.key` are those the owner issued and are not expired';

/** Tried again. */
const CONNECTION: Record<string, Row> = {
  ENOTFOUND: ['source/no-such-host', 'no such host', 'correct the host in sources.yaml, or see the name server'],
  EAI_AGAIN: ['source/no-such-host', 'the name server did not answer', 'see the name server of this machine'],
  ECONNREFUSED: ['source/connection-refused', 'the connection was refused', REACH],
  EHOSTUNREACH: ['source/unreachable', 'the host cannot be reached from here', FIREWALL],
  EHOSTDOWN: ['source/unreachable', 'the host cannot be reached from here', FIREWALL],
  ENETUNREACH: ['source/unreachable', 'the network of the host cannot be reached from here', FIREWALL],
  ENETDOWN: ['source/unreachable', 'the network of this machine is down', FIREWALL],
  EADDRNOTAVAIL: ['source/unreachable', 'the host cannot be reached from here', FIREWALL],
  EACCES: ['source/unreachable', 'this machine forbids the connection', FIREWALL],
  EPERM: ['source/unreachable', 'this machine forbids the connection', FIREWALL],
  EMFILE: ['source/unreachable', 'this machine has too many files open', 'lower `network.concurrency`'],
  ENFILE: ['source/unreachable', 'this machine has too many files open', 'lower `network.concurrency`'],
};

const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE']);
const INCOMPLETE = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HPE_INVALID_EOF_STATE']);
const TOO_SLOW = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Never tried again: it would be the same certificate. */
const CERTIFICATE: Record<string, Row> = {
  CERT_NOT_YET_VALID: [
    'source/certificate-not-yet-valid',
    'the certificate is not yet valid',
    `${OWNER}; or see the clock here`,
  ],
  CERT_REVOKED: ['source/certificate-untrusted', 'the certificate was revoked', OWNER],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'source/certificate-wrong-host',
    'the certificate is for another host',
    `correct the host in sources.yaml; or ${OWNER}`,
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['source/certificate-untrusted', 'the certificate is signed by itself', CA],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'source/certificate-untrusted',
    'the certificate was signed by an authority that is not known here',
    CA,
  ],
  UNABLE_TO_GET_ISSUER_CERT: [
    'source/certificate-untrusted',
    'the certificate was signed by an authority that is not known here',
    CA,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'source/certificate-untrusted',
    'the certificate was signed by an authority that is not known here',
    CA,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'source/certificate-untrusted',
    'the certificate was signed by an authority that is not known here',
    CA,
  ],
  CERT_SIGNATURE_FAILURE: [
    'source/certificate-untrusted',
    'the certificate was not signed by the authority it names',
    CA,
  ],
  CERT_UNTRUSTED: ['source/certificate-untrusted', 'the certificate is not trusted', CA],
  CERT_REJECTED: ['source/certificate-untrusted', 'the certificate is not trusted', CA],
  INVALID_CA: ['source/certificate-untrusted', 'a certificate in the chain is no authority', CA],
  INVALID_PURPOSE: ['source/certificate-untrusted', 'the certificate is not for a server', OWNER],
};

/** @returns why the try failed; an error that is not of the network is thrown again */
export function networkFailure(error: unknown, given: Circumstances): TryFailure {
  if (error instanceof TryFailure) return error;
  const code = codeOf(error);
  if (code === undefined) throw error;
  const failure = (row: Row, again: boolean): TryFailure =>
    new TryFailure(row[0], row[1], { hint: row[2], again, cause: error });
  if (given.proxied && !given.receiving) {
    const proxy = proxyFailure(error, code, given);
    if (proxy !== null) return proxy;
  }
  const connection = CONNECTION[code];
  if (connection !== undefined) return failure(connection, true);
  if (TOO_SLOW.has(code)) {
    return failure(['source/connect-timeout', `no connection within ${given.connectWithin}`, FIREWALL], true);
  }
  if (INCOMPLETE.has(code) || (given.receiving && isEnd(error, code))) {
    const hint =
      'what arrived is incomplete and is not used; see what cuts the connection (proxy, time limit of the server)';
    return failure(['source/truncated', 'the body ended before it was complete', hint], true);
  }
  if (RESET.has(code)) {
    const message = given.receiving
      ? 'the connection was reset while receiving'
      : 'the connection was closed before an answer came';
    return failure(['source/connection-reset', message, 'see the log of the source and of what lies between'], true);
  }
  const certificate = certificateRow(code, given);
  if (certificate !== null) return failure(certificate, false);
  const protocol = protocolRow(code);
  if (protocol !== null) return failure(protocol, false);
  if (code.startsWith('ERR_') || code.startsWith('UND_ERR_INVALID')) throw error;
  return failure(['source/network', `the connection failed (${code})`, FIREWALL], true);
}

/** Of errors tried at several addresses the first one speaks. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  if (error.name === 'HTTPParserError') return 'HPE_UNKNOWN';
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

/** The other side ended in an orderly way, only too early. */
function isEnd(error: unknown, code: string): boolean {
  return code === 'UND_ERR_SOCKET' && error instanceof Error && error.message.startsWith('other side closed');
}

/** @returns null where it is not the proxy that failed */
function proxyFailure(error: unknown, code: string, { connectWithin }: Circumstances): TryFailure | null {
  const failure = (message: string, again: boolean): TryFailure =>
    new TryFailure('source/proxy', message, {
      hint: 'see HTTP_PROXY, HTTPS_PROXY and NO_PROXY of this machine, and the proxy itself',
      again,
      cause: error,
    });
  const said = error instanceof Error ? error.message : '';
  const [, status] = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(said) ?? [];
  // A wrong password tried again and again locks the account.
  if (status !== undefined) return failure(`the proxy answered ${status}`, Number(status) >= 500);
  if (TOO_SLOW.has(code) || code === 'UND_ERR_HEADERS_TIMEOUT')
    return failure(`the proxy made no connection within ${connectWithin}`, true);
  const [, what] = CONNECTION[code] ?? [];
  if (what !== undefined) return failure(`the proxy cannot be reached: ${what}`, true);
  return code === 'UND_ERR_PRX_TLS' ? failure('the certificate of the proxy is for another host', false) : null;
}

function certificateRow(code: string, { expires }: Circumstances): Row | null {
  if (code === 'CERT_HAS_EXPIRED') {
    const when = expires === undefined ? '' : ` on ${expires}`;
    return ['source/certificate-expired', `the certificate expired${when}`, OWNER];
  }
  const row = CERTIFICATE[code];
  if (row !== undefined) return row;
  if (
    /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_|NO_CERTIFICATE|UNSUPPORTED_CERT)/.test(code)
  )
    return ['source/client-certificate', 'our certificate is asked for, or was refused', CLIENT];
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return ['source/tls', 'the source speaks no TLS at this port', 'see whether the address begins with http or https'];
  if (code.endsWith('ALERT_HANDSHAKE_FAILURE'))
    return ['source/tls', 'the source broke off the encryption', `it may ask for a certificate of ours: ${CLIENT}`];
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return ['source/tls', 'no agreement on how to encrypt', 'the source must speak TLS 1.2 or 1.3'];
  return /^(?:CERT_|CRL_|ERROR_IN_|UNABLE_TO_|HOSTNAME_|PATH_LENGTH)/.test(code)
    ? ['source/certificate-untrusted', 'the certificate is not trusted', CA]
    : null;
}

function protocolRow(code: string): Row | null {
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return [
      'source/protocol',
      'the headers of the answer are too long',
      'the owner has to send fewer (16 kB are read)',
    ];
  return code.startsWith('HPE_')
    ? ['source/protocol', 'the answer is not HTTP', 'see whether the address begins with http or https, and its port']
    : null;
}
