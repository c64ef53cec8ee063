/** What became of the last message to each recipient: `notifications.json` in the folder of the results. Rule: written whole, and what cannot be read counts as never written. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const entry = z.object({
  state: z.enum(['sent', 'failed']),
  /** Of the message. */
  id: z.string(),
  run_id: z.string().nullable(),
  at: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
});
const notified = z.object({ recipients: z.record(z.string(), entry) });
export type Notified = z.output<typeof notified>['recipients'];

const fileOf = (out: string): string => join(out, 'notifications.json');

export function readNotified(out: string): Notified {
  try {
    return notified.parse(JSON.parse(readFileSync(fileOf(out), 'utf8'))).recipients;
  } catch {
    return {};
  }
}

/** Who could not be told and was reached since: nothing more is to be done, and the next news go to them. */
export function forgetFailures(out: string, reached: readonly string[]): void {
  const before = readNotified(out);
  const kept = Object.keys(before).filter((id) => before[id]?.state !== 'failed' || !reached.includes(id));
  if (kept.length < Object.keys(before).length) writeNotified(out, before, kept);
}

/** Recipients that are declared no more are forgotten. @param declared ids of all that are */
export function writeNotified(out: string, recipients: Notified, declared: readonly string[]): void {
  const kept = Object.fromEntries(Object.entries(recipients).filter(([id]) => declared.includes(id)));
  const path = fileOf(out);
  writeFileSync(`${path}.new`, `${JSON.stringify({ recipients: kept }, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
