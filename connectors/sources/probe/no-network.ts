/**
 * Whether silence is the owners' or our own. A machine without a network would otherwise write "0 of 3" behind every
 * database of the country.
 *
 * Anything that came back, be it a refusal, proves the network: then every silent endpoint counts as down. Where nothing
 * came back from anybody, the owners are not blamed when an error is plainly of this side (no route, no name server), or
 * when two hosts or more are silent at once; a single host that lets us wait counts as down. A `control` of the operator's
 * decides by itself: open, the owners are silent; not open, we are cut off.
 */
import type { Try } from './try-once.ts';

/** Of this machine, its cable or its name server; nobody else's. */
const OURS = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'EAI_SYSTEM',
  'EAI_MEMORY',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);
/** Nobody said a word; it may be either side. */
const SILENT = new Set(['TIMEOUT', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN']);

export interface Tried {
  host: string;
  tries: readonly Try[];
}

/** True where something came back: an answer, a refusal, the word that a name does not exist. */
function proves({ failedAt, codes }: Try): boolean {
  if (failedAt !== 'dns' && failedAt !== 'tcp') return true;
  return codes.some((code) => !OURS.has(code) && !SILENT.has(code));
}

/** @param control tries of the operator's own port, where there is one */
export function isCutOff(targets: readonly Tried[], control: readonly Try[] | null): boolean {
  const tries = targets.flatMap((target) => target.tries);
  if (tries.some(proves)) return false;
  if (control !== null) return !control.some(proves);
  const ours = tries.some(({ codes }) => codes.some((code) => OURS.has(code)));
  return ours || new Set(targets.map((target) => target.host)).size > 1;
}
