/** How the last night ended, as it left it on the disk: for a look at what would be told of it. */
import { existsSync, readFileSync } from 'node:fs';
import { EXIT, Fault } from '../../config/fault.ts';
import { outPaths } from '../paths.ts';
import { type Status, statusSchema } from '../stages/publish.ts';
import type { NightResult } from './night-result.ts';

/** What `status.json` says, or null where it is not there or cannot be read. */
export function readStatus(out: string): Status | null {
  const { statusJson } = outPaths(out);
  try {
    return existsSync(statusJson) ? statusSchema.parse(JSON.parse(readFileSync(statusJson, 'utf8'))) : null;
  } catch {
    return null;
  }
}

/** @throws Fault `usage/no-night` */
export function lastResult(out: string): NightResult {
  const found = readStatus(out);
  if (found === null)
    throw new Fault('usage/no-night', `no night has ended in ${out}`, {
      exit: EXIT.usage,
      hint: 'csdl run makes one; --out names its folder',
    });
  const { run_id: run, as_of: day, published, message } = found;
  const kind = published ? 'published' : run === '' ? 'failed' : 'withheld';
  return {
    kind,
    run: run === '' ? null : run,
    day,
    code: kind === 'failed' ? (/^([a-z-]+\/[a-z-]+):/.exec(message)?.[1] ?? 'unexpected') : null,
    reason: message === '' ? null : message,
    editionWithheld: published && message !== '',
    failedSources: [],
  };
}
