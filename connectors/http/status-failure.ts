/** What a status that is no answer means for the source, and whether another try may help. */
import { TryFailure } from './failure.ts';

const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

/** @param afterMs how long the source asks us to wait, where it says so */
export function statusFailure(status: number, afterMs: number | undefined): TryFailure {
  const [code, hint] = meaning(status);
  return new TryFailure(code, `answered ${status}`, { hint, again: AGAIN.has(status), afterMs });
}

function meaning(status: number): readonly [code: string, hint: string] {
  if (status === 401) return ['source/auth-failed', 'see `auth` of the source, and whether what it names has expired'];
  if (status === 403) return ['source/permission-denied', 'the owner has to allow this account or address to read'];
  if (status === 404 || status === 410) return ['source/not-found', 'correct the path in sources.yaml with the owner'];
  if (status === 407) return ['source/proxy', 'see HTTP_PROXY, HTTPS_PROXY and NO_PROXY of this machine'];
  if (status === 429)
    return ['source/rate-limited', 'ask the owner how often may be asked; see `network` in sources.yaml'];
  if (status === 408 || status === 425 || status >= 500)
    return ['source/unavailable', 'the owner has to look at the log of the source; the next run asks again'];
  if (status >= 400) return ['source/request-refused', 'see with the owner what the source expects'];
  return ['source/unexpected-status', 'the source must answer a plain request with 200'];
}
