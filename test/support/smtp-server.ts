/** A mail server of a test: it takes what it is sent, offers STARTTLS where it has a certificate, and can be told to refuse. */
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';
import { type Listening, tcpServer } from './loopback.ts';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As sent, after the dots were undone. */
  raw: string;
  encrypted: boolean;
  login: string | null;
}

export interface SmtpOptions {
  certificate?: Certificate;
  /** Answers to RCPT, the first one first; then 250. */
  refusals?: string[];
}

export interface SmtpServer extends Listening {
  received: ReceivedMail[];
}

/** A mail server until the end of the test. */
export async function smtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const server = await tcpServer((socket) => {
    socket.write('220 test ESMTP\r\n');
    talk(socket, false, options, received);
  });
  return { ...server, received };
}

function talk(socket: Socket, encrypted: boolean, options: SmtpOptions, received: ReceivedMail[]): void {
  const { certificate, refusals = [] } = options;
  let mail: ReceivedMail = { from: '', to: [], raw: '', encrypted, login: null };
  let inData = false;
  let buffer = '';
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const hear = (piece: Buffer): void => {
    buffer += piece.toString('utf8');
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (inData && line === '.') {
        inData = false;
        received.push(mail);
        mail = { ...mail, to: [], raw: '' };
        say('250 taken');
      } else if (inData) mail.raw += `${line.replace(/^\./, '')}\n`;
      else if (/^EHLO/i.test(line)) {
        const offers = certificate !== undefined && !encrypted ? ['250-test', '250-STARTTLS'] : ['250-test'];
        for (const offer of offers) say(offer);
        say('250 AUTH PLAIN');
      } else if (/^STARTTLS/i.test(line) && certificate !== undefined) {
        say('220 go ahead');
        socket.off('data', hear);
        const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) });
        secure.on('error', () => undefined);
        talk(secure, true, options, received);
        return;
      } else if (/^AUTH PLAIN/i.test(line)) {
        mail.login = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString('utf8')
          .replaceAll('\0', ' ')
          .trim();
        say('235 welcome');
      } else if (/^MAIL FROM:/i.test(line)) {
        mail.from = /<(.*)>/.exec(line)?.[1] ?? '';
        say('250 ok');
      } else if (/^RCPT TO:/i.test(line)) {
        const refusal = refusals.shift();
        if (refusal === undefined) mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
        say(refusal ?? '250 ok');
      } else if (/^DATA/i.test(line)) {
        inData = true;
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  };
  socket.on('data', hear);
}
