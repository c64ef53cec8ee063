/**
 * The signature of a publication: Ed25519 over the exact bytes of `manifest.json`, which names every file by its hash. Rule: a
 * private key is read from a file that only its owner may read, and stands nowhere else.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { EXIT, Fault } from '../config/fault.ts';
import type { LoadedConfig } from '../config/load.ts';

/** Name of the signature beside the manifest; it is no part of what it signs. */
export const SIGNATURE_FILE = 'manifest.sig';
const ALGORITHM = 'Ed25519';

const signatureFile = z.strictObject({
  format: z.literal('csdl-signature/1'),
  /** The file of the same folder whose bytes are signed. */
  signs: z.literal('manifest.json'),
  algorithm: z.literal(ALGORITHM),
  /** SHA-256 of the public key (DER, SubjectPublicKeyInfo), hexadecimal. */
  key_id: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64 of the 64 bytes of the signature. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type Signature = z.output<typeof signatureFile>;

/** How a key is called: the SHA-256 of its public half, hexadecimal. */
export function keyId(key: KeyObject): string {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/**
 * The key that `sign` of publication.yaml names, or null where nothing is signed.
 * @throws Fault `sign/…` where it cannot be read, may be read by others, or is no Ed25519 key (exit 2)
 */
export function signingKey({ config, home }: Pick<LoadedConfig, 'config' | 'home'>): KeyObject | null {
  const named = config.publication.sign?.key;
  if (named === undefined) return null;
  const path = resolve(home, named);
  const text = readKey(path, 'sign.key');
  if ((statSync(path).mode & 0o077) !== 0)
    throw unfit('key-open', 'the private key of `sign` may be read or written by others', 'chmod 600 the file');
  return ed25519(() => createPrivateKey(text), 'the private key of `sign`');
}

/** A public key in PEM. @throws Fault `sign/…` (exit 2) */
export function publicKey(path: string): KeyObject {
  const text = readKey(path, '--key');
  // From a private key Node would make the public one without a word; it does not belong on the machine of a reader.
  if (text.includes('PRIVATE KEY'))
    throw unfit(
      'private-key',
      'the file of --key holds a private key',
      'give the public half, FILE.pub of csdl keygen',
    );
  return ed25519(() => createPublicKey(text), 'the file of --key');
}

function readKey(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const hint =
      code === 'EACCES' ? 'give it to the user of the nightly run: chown csdl FILE' : 'csdl keygen makes one';
    throw unfit('no-key', `the key of \`${what}\` cannot be read (${code})`, hint, cause);
  }
}

function ed25519(read: () => KeyObject, what: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read();
  } catch {
    // Words of the library may quote the file.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw unfit('bad-key', `${what} is no ${ALGORITHM} key in PEM without a passphrase`, 'csdl keygen makes one');
}

function unfit(why: string, message: string, hint: string, cause?: unknown): Fault {
  return new Fault(`sign/${why}`, message, { exit: EXIT.usage, hint, cause });
}

/** Signs the manifest of a finished folder where the settings ask for it. @throws Fault `sign/…` */
export function signPublication(folder: string, loaded: Pick<LoadedConfig, 'config' | 'home'>): void {
  const key = signingKey(loaded);
  if (key === null) return;
  const signature: Signature = {
    format: 'csdl-signature/1',
    signs: 'manifest.json',
    algorithm: ALGORITHM,
    key_id: keyId(key),
    signature: sign(null, readFileSync(join(folder, 'manifest.json')), key).toString('base64'),
  };
  writeFileSync(join(folder, SIGNATURE_FILE), `${JSON.stringify(signature, null, 2)}\n`);
}

/** `valid` and the three after it are answers to a key; without one only whether there is a signature is said. */
export type SignatureState = 'valid' | 'invalid' | 'other_key' | 'missing' | 'unreadable' | 'not_checked' | 'unsigned';

/**
 * @param text of `manifest.sig`, null where there is none
 * @param key that must have signed; null: it is only said whose signature it claims to be
 */
export function checkSignature(
  manifest: Uint8Array,
  text: string | null,
  key: KeyObject | null,
): { state: SignatureState; key_id: string | null } {
  if (text === null) return { state: key === null ? 'unsigned' : 'missing', key_id: null };
  const read = parsed(text);
  if (read === null) return { state: 'unreadable', key_id: null };
  const { key_id } = read;
  if (key === null) return { state: 'not_checked', key_id };
  if (key_id !== keyId(key)) return { state: 'other_key', key_id };
  return { state: verify(null, manifest, key, Buffer.from(read.signature, 'base64')) ? 'valid' : 'invalid', key_id };
}

function parsed(text: string): Signature | null {
  try {
    return signatureFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * A new pair of keys: the private one at `path` (mode 0600), the public one at `path`.pub.
 * @returns the key's id
 * @throws Fault `sign/key-exists` where either file is there: a key that signed must not be lost
 */
export function writeKeyPair(path: string): string {
  const pair = generateKeyPairSync('ed25519');
  try {
    const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path, secret, { flag: 'wx', mode: 0o600 });
    writeFileSync(`${path}.pub`, pair.publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx', mode: 0o644 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw unfit('key-exists', `there is a file ${path} or ${path}.pub already`, 'name another file with --to', cause);
    throw unfit(
      'not-written',
      `the key cannot be written to ${path} (${code})`,
      'name another folder with --to',
      cause,
    );
  }
  return keyId(pair.privateKey);
}
