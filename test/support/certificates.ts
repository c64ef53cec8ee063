/** Certificates for servers of tests: an authority and what it signs, written byte by byte so that no program is needed. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PEM. */
  cert: string;
  key: string;
}

export interface CertificateOptions {
  /** Names and IPv4 addresses it is for. */
  names?: readonly string[];
  from?: Date;
  until?: Date;
}

const DAY_MS = 86_400_000;
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const n = body.length;
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const bits = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes);
const id = (...bytes: number[]): Buffer => der(0x06, Buffer.from(bytes));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));

const ECDSA_SHA256 = sequence(id(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = (name: string): Buffer => sequence(der(0x31, sequence(id(0x55, 0x04, 0x03), text(name))));
const extension = (oid: Buffer, critical: boolean, value: Buffer): Buffer =>
  sequence(oid, ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));

let serial = 1;

/** An authority of a test. */
export class Authority {
  readonly #key: KeyObject;
  readonly #name: Buffer;
  /** Its own certificate, PEM. */
  readonly cert: string;

  constructor(name = 'Test CA') {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    this.#key = pair.privateKey;
    this.#name = commonName(name);
    const basic = extension(id(0x55, 0x1d, 0x13), true, sequence(der(0x01, Buffer.from([0xff]))));
    this.cert = this.#signed(this.#name, pair.publicKey, [basic], {});
  }

  /** A certificate for a server. */
  issue(options: CertificateOptions = {}): Certificate {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const names = (options.names ?? ['localhost', '127.0.0.1']).map((name) =>
      isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
    );
    const alternatives = extension(id(0x55, 0x1d, 0x11), false, sequence(...names));
    const cert = this.#signed(commonName('test'), publicKey, [alternatives], options);
    return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
  }

  #signed(subject: Buffer, publicKey: KeyObject, extensions: Buffer[], options: CertificateOptions): string {
    const from = options.from ?? new Date(Date.now() - DAY_MS);
    const until = options.until ?? new Date(Date.now() + 30 * DAY_MS);
    const body = sequence(
      der(0xa0, der(0x02, Buffer.from([2]))),
      der(0x02, Buffer.from([serial++])),
      ECDSA_SHA256,
      this.#name,
      sequence(time(from), time(until)),
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(...extensions)),
    );
    const whole = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, this.#key)));
    const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }
}
