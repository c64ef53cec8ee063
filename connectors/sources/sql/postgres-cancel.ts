/**
 * Stops what a connection is running: closing the socket alone leaves the server counting until it notices. The request is
 * sent over TLS like everything else, since its key would let others cancel too. It asks; no answer ever comes.
 */
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface Backend {
  host: string;
  port: number;
  tls: ConnectionOptions | false;
  processId: number;
  secretKey: number;
}

const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;

function message(...words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes.writeInt32BE(bytes.length, 0);
  words.forEach((word, i) => {
    bytes.writeInt32BE(word, 4 + 4 * i);
  });
  return bytes;
}

/** Resolves when the server has taken the request, or cannot be asked; never throws, never takes longer than `ms`. */
export async function cancel(backend: Backend, ms: number): Promise<void> {
  const request = message(CANCEL_REQUEST, backend.processId, backend.secretKey);
  await new Promise<void>((resolve) => {
    const open: Socket[] = [];
    const done = (): void => {
      clearTimeout(timer);
      // TLS before what is under it, as in postgres.ts.
      for (const socket of open.toReversed()) socket.destroy();
      resolve();
    };
    const timer = setTimeout(done, ms);
    // The server closes when it has passed the request on.
    const send = (socket: Socket): void => {
      socket.on('close', done).resume();
      socket.write(request);
    };
    const plain = connect(backend.port, backend.host);
    open.push(plain);
    plain.on('error', done);
    plain.once('connect', () => {
      if (backend.tls === false) return send(plain);
      plain.write(message(SSL_REQUEST));
      plain.once('data', (answer) => {
        if (answer.toString('latin1') !== 'S') return done();
        const secure = connectTls({ ...backend.tls, socket: plain, host: backend.host }, () => send(secure));
        open.push(secure);
        secure.on('error', done);
      });
    });
  });
}
