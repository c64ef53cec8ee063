/**
 * What went wrong at a PostgreSQL server, in our own words: its messages repeat addresses, names and values, so that only
 * the kind of failure (SQLSTATE, code of the socket or of the certificate) is looked at, and nothing is passed on.
 */
import { Fault } from '../../../config/fault.ts';
import { Unanswered } from './answer.ts';

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** True for an error that the server itself sent. */
export function isFromServer(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) && (error as { severity?: unknown }).severity !== undefined;
}

/** Why nobody was let in; or why the connection is gone. */
export function connectionFault(error: unknown): Fault {
  return isFromServer(error) ? refusedBy(codeOf(error)) : notReached(codeOf(error), messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function refusedBy(state: string): Fault {
  const found = REFUSALS.find(([pattern]) => pattern.test(state));
  const [, code, message, hint] = found ?? ['', 'source/failed', 'the database server refused', 'look into its log'];
  return new Fault(code, `${message} (SQLSTATE ${state})`, { hint });
}

const REFUSALS: readonly (readonly [RegExp, string, string, string])[] = [
  [
    /^28P01$/,
    'source/auth-failed',
    'the database server does not know this user with this password',
    'correct `user` and `password`',
  ],
  [
    /^28/,
    'source/auth-failed',
    'the database server lets this user in from nowhere, or not this way',
    'have pg_hba.conf allow the user, over TLS (hostssl)',
  ],
  [/^3D000$/, 'source/no-such-database', 'the server has no such database', 'correct `database`'],
  [/^42501$/, 'source/permission-denied', 'the user may not connect to this database', 'let the user connect to it'],
  [
    /^53300$/,
    'source/too-many-connections',
    'the database server takes no further connection',
    'raise the limit of the user, or collect at another hour',
  ],
  [
    /^57P0[123]$/,
    'source/unavailable',
    'the database server is starting or shutting down',
    'ask its operator when it is there again',
  ],
  [
    /^08P01$/,
    'source/protocol',
    'what answers is no PostgreSQL server, or a pooler that refuses the settings',
    'correct `port`; behind a pooler use session or transaction mode',
  ],
  [/^57014$/, 'source/timeout', 'the database server took too long', 'raise `statement_seconds`'],
];

function notReached(code: string, message: string): Fault {
  if (message.includes('does not support SSL'))
    return new Fault('source/tls', 'the database server does not offer TLS', {
      hint: 'switch TLS on at the server; there is no way around it',
    });
  if (/^(?:CERT_|UNABLE_TO_|ERR_TLS|ERR_SSL|ERR_OSSL|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)) {
    const why =
      code === 'CERT_HAS_EXPIRED'
        ? 'has expired'
        : code === 'ERR_TLS_CERT_ALTNAME_INVALID'
          ? 'is for another name'
          : 'is not trusted';
    return new Fault('source/tls', `the certificate of the database server ${why} (${code})`, {
      hint: 'give the authority that signed it under `tls: {ca: …}`, and the name that stands in it as `host`',
    });
  }
  if (message.includes('timeout expired') || code === 'ETIMEDOUT')
    return new Fault('source/timeout', 'the database server did not answer in time', {
      hint: 'see whether a firewall is in between',
    });
  if (message.includes('password must be a string') || message.includes('SASL'))
    return new Fault(
      'source/auth-failed',
      'the database server asks for a password, or asks in a way that is not known',
      {
        hint: 'give `password`; the server should use scram-sha-256',
      },
    );
  const why = REACH[code] ?? 'the connection broke off';
  return new Fault('source/unreachable', `the database server cannot be reached: ${why}`, {
    hint: 'see whether it runs, and whether this machine may connect to it',
  });
}

const REACH: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'names cannot be looked up',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ECONNRESET: 'it hung up',
};

/** Why one query has no answer; null where the connection is gone and no further one can be asked. */
export function queryFailure(error: unknown): Unanswered | null {
  if (!isFromServer(error)) return null;
  const state = codeOf(error);
  // Class 57: an operator of the server intervened; a query cancelled by its time limit alone leaves the session whole.
  if (/^(?:57P|08|53)/.test(state)) return null;
  const found = FAILURES.find(([pattern]) => pattern.test(state));
  const [, reason, message, hint] = found ?? ['', 'failed', 'failed', 'run it by hand as the same user'];
  return new Unanswered(reason, `${message} (SQLSTATE ${state})`, hint);
}

const FAILURES: readonly (readonly [RegExp, string, string, string])[] = [
  [/^57014$/, 'timeout', 'took longer than `statement_seconds` and was stopped', 'make it cheaper, or raise the limit'],
  [/^55P03$/, 'locked', 'waited too long for a lock', 'collect at an hour without maintenance'],
  [
    /^42501$/,
    'permission-denied',
    'reads something that the user may not read',
    'let the user read what is counted, better through a view made for this',
  ],
  [/^25/, 'writes', 'would change the database, and everything here is read-only', 'leave out what writes'],
  [/^42601$|^0A000$/, 'syntax', 'is not understood: not one plain query', 'run it by hand and correct it'],
  [
    /^42(?:P01|703|883|P02|704)$|^3F000$/,
    'unknown-name',
    'names a table, column or function that is not there',
    'write the schema before the table, and compare the names',
  ],
  [/^22/, 'wrong-value', 'met a value that it cannot convert', 'count such values apart'],
  [/^42/, 'syntax', 'is not understood', 'run it by hand and correct it'],
];
