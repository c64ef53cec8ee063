/** The last nights: how they ended, how old the publication is, which sources failed, whether the clock agrees, who could not be told. */
import { isThere, knownFault } from '../../config/system-fault.ts';
import { fromSqlTimestamp } from '../../config/time.ts';
import type { OutPaths } from '../contract.ts';
import { type NightsOfStore, readNightsOfStore } from '../database/nights-of-store.ts';
import { readStatus } from '../notify/last-result.ts';
import { readNotified } from '../notify/notified.ts';
import { action, type Examined, note, ok } from './examined.ts';
import { isRunning, readableManifest } from './folder.ts';

const HOUR = 3_600_000;
/** A night and half a day: the run of tonight may still be to come. */
const OLD_HOURS = 36;
const CLOCK_SLACK = 5 * 60_000;
const LONG_PAUSE_DAYS = 60;
/** The shortest life of a fact that a document states (scoring.yaml, ages). */
const OLD_FACTS_DAYS = 45;

export async function examineNights(paths: OutPaths, now: Date): Promise<Examined[]> {
  const examined = [examinePublication(paths, now), examineLastEnd(paths)];
  if (!isThere(paths.store)) return [...examined, note('runs', 'no run yet'), examineClock(null, now)];
  if (isRunning(paths))
    return [
      ...examined,
      note('runs', 'a run holds the store: the ledger is read when it is done'),
      examineClock(null, now),
    ];
  try {
    const nights = await readNightsOfStore(paths.store);
    const last = nights.runs[0];
    return [
      ...examined,
      examineRuns(nights),
      ...examineSources(nights),
      ...examineFacts(nights, now),
      examineClock(last === undefined ? null : fromSqlTimestamp(last.started_at), now),
    ];
  } catch (error) {
    const known = knownFault(error);
    if (known === null) throw error;
    const older = known.code === 'database/older-store';
    const state = older ? note : action;
    return [
      ...examined,
      state(
        'runs',
        known.message,
        known.hint ?? 'see whether the disk is in order; a copy of out/store can be put in its place',
      ),
      examineClock(null, now),
    ];
  }
}

function examinePublication(paths: OutPaths, now: Date): Examined {
  const manifest = readableManifest(paths);
  if (manifest === null && isThere(paths.current))
    return action(
      'publication',
      'the manifest of the current publication is missing or cannot be read',
      'csdl run publishes anew; csdl verify says what else is not as it was',
    );
  if (manifest === null) return action('publication', 'nothing was published yet', 'csdl check, then csdl run');
  const hours = Math.floor((now.getTime() - Date.parse(manifest.made_at)) / HOUR);
  const message = `figures of ${manifest.as_of}, published ${hours < 1 ? 'within the hour' : `${hours} hours ago`}`;
  return hours > OLD_HOURS
    ? action(
        'publication',
        message,
        'see why no night was published since: `runs` and `last-run` here, the timer (systemctl list-timers), its log',
      )
    : ok('publication', message);
}

function examineLastEnd({ out }: OutPaths): Examined {
  const status = readStatus(out);
  if (status === null) return note('last-run', 'no run has ended yet');
  if (status.message === '') return ok('last-run', `published as of ${status.as_of}`);
  const how = status.published ? 'published, but' : status.run_id === '' ? 'failed:' : 'not published:';
  return action(
    'last-run',
    `${how} ${status.message}`,
    'put right what it names, then csdl run again; the last publication stands',
  );
}

function examineRuns({ runs, unpublished }: NightsOfStore): Examined {
  // Nothing is running while the store is read here: what never ended was killed.
  const killed = (state: string): boolean => state === 'running' || state === 'publishing' || state === 'interrupted';
  const states = runs.map(({ as_of: day, state }) => `${day} ${killed(state) ? 'killed' : state}`).join(', ');
  if (runs.length === 0) return note('runs', 'no run yet');
  const isLastGood = unpublished === 0;
  return isLastGood
    ? ok('runs', `newest first: ${states}`)
    : action(
        'runs',
        `${unpublished} on end without a publication; newest first: ${states}`,
        runs[0] !== undefined && killed(runs[0].state)
          ? 'see the log of the system for what killed it (memory, shutdown); the next run takes over, and undoes what it left'
          : 'see `last-run`',
      );
}

function examineSources({ troubles }: NightsOfStore): Examined[] {
  if (troubles.length === 0) return [ok('sources', 'all answered in the last run')];
  return troubles.map(({ source_id: id, error_code: code, error_message: message, error_hint: hint, failures }) =>
    action(
      `source ${id}`,
      `${code ?? 'failed'}: ${message ?? ''}${failures > 1 ? ` (${failures} runs on end)` : ''}`,
      hint ?? `csdl check --online --source ${id}`,
    ),
  );
}

/** A night that runs well on facts nobody renews shows less and less. */
function examineFacts({ newest }: NightsOfStore, now: Date): Examined[] {
  if (newest === null) return [];
  const days = Math.floor((now.getTime() - Date.parse(newest)) / (24 * HOUR));
  if (days <= OLD_FACTS_DAYS) return [];
  return [
    note(
      'facts',
      `the newest fact is of ${newest}, ${days} days ago: more and more of them count as expired`,
      'bring the next report, or declare sources that answer every night (sources.yaml)',
    ),
  ];
}

/** @param last start of the last run, where one is known */
export function examineClock(last: Date | null, now: Date): Examined {
  const shown = now.toISOString();
  const set = 'set the clock of this machine (timedatectl; NTP)';
  const year = now.getUTCFullYear();
  if (year < 2026 || year > 2100) return action('clock', `the clock says ${shown}`, set);
  if (last !== null && last.getTime() > now.getTime() + CLOCK_SLACK)
    return action('clock', `the clock says ${shown}, before the last run (${last.toISOString()})`, set);
  const days = last === null ? 0 : Math.floor((now.getTime() - last.getTime()) / (24 * HOUR));
  return days > LONG_PAUSE_DAYS
    ? note(
        'clock',
        `the clock says ${shown}, ${days} days after the last run`,
        `${set}, unless nothing ran for so long`,
      )
    : ok('clock', shown);
}

/** Who could not be told of the last news. @param recipients ids of all that are declared; null where that is not known */
export function examineNotified(out: string, recipients: readonly string[] | null): Examined[] {
  const failed = Object.entries(readNotified(out)).filter(
    ([id, { state }]) => state === 'failed' && recipients?.includes(id) !== false,
  );
  if (failed.length > 0)
    return failed.map(([id, { code, message, hint, at }]) =>
      action(
        `notify ${id}`,
        `${code ?? 'failed'}: ${message ?? ''} (${at})`,
        `${hint ?? 'see notifications.yaml'}; then csdl notify --test`,
      ),
    );
  if (recipients === null) return [];
  return [
    recipients.length === 0
      ? note(
          'notify',
          'nobody is told how a night went',
          'name recipients in notifications.yaml, if somebody should be',
        )
      : ok('notify', `${recipients.length} are told how a night went`),
  ];
}
