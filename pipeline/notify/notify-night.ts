/** Tells, after a night, whoever asked to be told. Rule: whatever goes wrong here is logged and recorded and never changes how the night ended. */
import { existsSync } from 'node:fs';
import { Labels } from '../../config/labels.ts';
import { type LoadedConfig, tryLoadConfig } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import type { Recipient } from '../../config/schema/notifications.ts';
import { localDay } from '../../config/time.ts';
import type { RunOptions, RunOutcome } from '../contract.ts';
import { outPaths } from '../paths.ts';
import { notifyContext } from './context.ts';
import { type Message, messageFor } from './message.ts';
import { failedResult, type NightResult, newsFor, publishedResult } from './night-result.ts';
import { type Notified, readNotified, writeNotified } from './notified.ts';

/** How the night ended: its outcome, or what it threw. */
export type Ended = { outcome: RunOutcome } | { error: unknown };

/** One message at most to each recipient; nobody is told the same twice. */
export async function notifyNight(ended: Ended, options: RunOptions): Promise<void> {
  const log = 'outcome' in ended ? options.log.with({ run: ended.outcome.report.run_id }) : options.log;
  try {
    // One that threw may have thrown for its settings: they are read again, as far as they can be.
    const { loaded, problems } =
      'outcome' in ended
        ? { loaded: ended.outcome.loaded, problems: [] }
        : tryLoadConfig(options.configFolder, options.environment);
    if (loaded.notifications.recipients.length === 0) return;
    const result =
      'outcome' in ended ? publishedResult(ended.outcome) : failedResult(ended.error, dayOf(loaded, options));
    await tell(
      loaded,
      result,
      options,
      log,
      problems.some(({ file }) => file === 'sources.yaml'),
    );
  } catch (error) {
    log.warn('notify.failed', { message: error instanceof Error ? error.message : String(error) });
  }
}

function dayOf({ config }: LoadedConfig, { asOf, now }: RunOptions): string {
  return asOf ?? config.sources.as_of ?? localDay(now());
}

async function tell(
  loaded: LoadedConfig,
  result: NightResult,
  options: RunOptions,
  log: Log,
  sourcesBroken: boolean,
): Promise<void> {
  const { out } = outPaths(options.out);
  const before = readNotified(out);
  const messages = (await messagesOf(loaded, result, options.out)).filter(({ recipient, message }) => {
    const last = before[recipient.id];
    return last?.state !== 'sent' || last.id !== message.id;
  });
  if (messages.length === 0) return;
  // Loaded only by a night that has something to tell.
  const { sendAll } = await import('./send.ts');
  const sent = await sendAll(messages, notifyContext(loaded, sourcesBroken, { ...options, log }));
  const at = options.now().toISOString();
  const now: Notified = Object.fromEntries(
    sent.map(({ recipient, state, code, message, hint }, i) => [
      recipient,
      { state, id: messages[i]?.message.id ?? '', run_id: result.run, at, code, message, hint },
    ]),
  );
  const declared = loaded.notifications.recipients.map(({ id }) => id);
  // A run that failed before it made the folder leaves none behind.
  if (existsSync(out)) writeNotified(out, { ...before, ...now }, declared);
}

/** What each recipient would be told of a night; those with nothing to be told are left out. */
export async function messagesOf(
  loaded: LoadedConfig,
  result: NightResult,
  out: string,
): Promise<{ recipient: Recipient; message: Message }[]> {
  const { recipients, site } = loaded.notifications;
  const labels = new Labels(loaded.config.labels);
  const messages: { recipient: Recipient; message: Message }[] = [];
  for (const recipient of recipients) {
    const message = messageFor(recipient, result, await newsFor(recipient.content, result, out), labels, site);
    if (message !== null) messages.push({ recipient, message });
  }
  return messages;
}
