/**
 * E-mail by SMTP. Rule: only to a declared host, encrypted and with its certificate checked but on this machine itself,
 * and nothing of a message can become a header, a file or an address.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTransport } from 'nodemailer';
import { Fault } from '../../config/fault.ts';
import type { Notifications } from '../../config/schema/notifications.ts';
import { mustBeDeclared } from '../../connectors/declared-hosts.ts';
import { isLoopback } from '../serve/hosts.ts';
import type { Message } from './message.ts';

export type SmtpSettings = NonNullable<Notifications['smtp']>;

/** The port on which TLS comes first; on every other one it is asked for (STARTTLS). */
const TLS_FIRST = 465;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/** @param folder that of notifications.yaml @throws Fault `notify/…`, without address or secret in its message */
export async function sendMail(
  message: Message,
  to: readonly string[],
  smtp: SmtpSettings,
  hosts: readonly string[],
  folder: string,
): Promise<void> {
  const { host, port, from } = smtp;
  mustBeDeclared(hosts, host, port, 'the mail server');
  const local = isLoopback(host);
  const transport = createTransport({
    host,
    port,
    secure: port === TLS_FIRST,
    requireTLS: !local,
    // A server on this machine without an authority of its own shows a certificate nobody can check.
    ignoreTLS: local && smtp.ca === undefined,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(smtp.ca === undefined ? {} : { ca: readFileSync(resolve(folder, smtp.ca)) }),
    },
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: message.subject,
      text: message.text,
      messageId: `<${message.id}@${from.slice(from.indexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    throw mailFault(error);
  } finally {
    transport.close();
  }
}

/** What the library says of a failure, in a closed list; its own message may quote an address. */
function mailFault(error: unknown): Fault {
  const { code: given, responseCode, message } = error as { code?: unknown; responseCode?: unknown; message?: unknown };
  // The library gives every trouble of a socket one code; of a certificate only OpenSSL's words are left.
  const isTls = given === 'ESOCKET' && /certificate|altname|\bssl\b|\btls\b/i.test(String(message));
  const code = isTls ? 'ETLS' : given;
  const answer = typeof responseCode === 'number' ? ` (${responseCode})` : '';
  // 4xx is "not now"; whatever did not come to an answer may pass, too.
  const again = typeof responseCode === 'number' ? responseCode >= 400 && responseCode < 500 : code !== 'ETLS';
  const [name, text, hint] = WORDS[String(code)] ?? UNKNOWN;
  return new Fault(`notify/${name}`, `${text}${answer}`, { hint, cause: error, details: { again } });
}

type Words = readonly [name: string, text: string, hint: string];
const UNREACHED: Words = [
  'unreachable',
  'the mail server could not be reached, or broke off',
  'check host and port of `smtp` in notifications.yaml, and that this machine may reach it',
];
const UNKNOWN: Words = ['mail-failed', 'the mail server did not take the message', 'see the log of the mail server'];
const WORDS: Readonly<Record<string, Words>> = {
  ECONNECTION: UNREACHED,
  ECONNREFUSED: UNREACHED,
  ETIMEDOUT: UNREACHED,
  ESOCKET: UNREACHED,
  EDNS: UNREACHED,
  ETLS: [
    'no-tls',
    'the mail server offers no encryption, or its certificate is not trusted',
    'give its authority as `ca` of `smtp`; without encryption only a server on this machine is used',
  ],
  EAUTH: ['login-refused', 'the mail server refused user and password', 'correct `user` and `password` of `smtp`'],
  EENVELOPE: [
    'address-refused',
    'the mail server refused the sender or every recipient',
    'check `from` and `to` in notifications.yaml',
  ],
};
