/**
 * The header by which a request proves who asks. Signed requests (`CSDL-HMAC-SHA256`) prove that the shared secret is
 * known without sending it; how they are made is a published contract and never changes under this name.
 */
import { createHash, createHmac } from 'node:crypto';
import type { HttpAccess } from '../ports.ts';

export const HMAC_SCHEME = 'CSDL-HMAC-SHA256';

/** What a signature covers. */
export interface SignedRequest {
  method: string;
  /** Path and query, exactly as sent. */
  target: string;
  /** The Host header, exactly as sent: without the port where it is that of the scheme. */
  host: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: Uint8Array | string;
}

/** Six lines, joined by a line feed, none at the end. */
export function stringToSign({ method, target, host, timestamp, body }: SignedRequest): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  return [HMAC_SCHEME, method, target, host, String(timestamp), bodyHash].join('\n');
}

/** @returns HMAC-SHA256 of the string to sign under the secret (UTF-8), 64 hexadecimal digits in lower case */
export function signature(secret: string, request: SignedRequest): string {
  return createHmac('sha256', secret).update(stringToSign(request)).digest('hex');
}

/** @param posted the body of a POST; a GET without it @returns the value of `Authorization`, or undefined where nobody asks who we are */
export function authorization(auth: HttpAccess['auth'], url: URL, now: Date, posted?: string): string | undefined {
  if (auth === undefined) return undefined;
  if (auth.kind === 'bearer') return `Bearer ${auth.token}`;
  if (auth.kind === 'basic') return `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
  const timestamp = Math.floor(now.getTime() / 1000);
  const sent = { method: posted === undefined ? 'GET' : 'POST', body: posted ?? '' };
  const request = { ...sent, target: `${url.pathname}${url.search}`, host: url.host, timestamp };
  const signed = signature(auth.secret, request);
  return `${HMAC_SCHEME} key_id="${auth.key_id}", timestamp="${timestamp}", signature="${signed}"`;
}
