/** What systemd says of the night: whether its timer is on, and how its last start ended. Rule: nothing is said where there is no systemd. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fromSqlTimestamp } from '../../config/time.ts';
import { readStatus } from '../notify/last-result.ts';
import { action, type Examined, note, ok } from './examined.ts';

const UNITS = ['csdl.timer', 'csdl.service'] as const;
const WANTED = 'LoadState,ActiveState,Result,ExecMainStatus,ExecMainExitTimestamp';

/** @param out the folder of the results: a run by hand that ended later than that of the unit has put right what that one suffered */
export async function examineSchedule(out: string, environment: NodeJS.ProcessEnv): Promise<Examined[]> {
  let said: string;
  try {
    const asked = ['show', ...UNITS, `--property=${WANTED}`];
    const env = { PATH: environment.PATH, TZ: 'UTC', LC_ALL: 'C' };
    said = (await promisify(execFile)('systemctl', asked, { env, timeout: 5_000 })).stdout;
  } catch {
    return [];
  }
  return scheduleOf(said, readStatus(out)?.finished_at ?? null);
}

/**
 * @param said what `systemctl show` printed of timer and service, an empty line between them
 * @param finished when the last run ended, whoever started it
 */
export function scheduleOf(said: string, finished: string | null): Examined[] {
  const [timer, service] = said
    .trim()
    .split('\n\n')
    .map(
      (unit) =>
        new Map(unit.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
    );
  if (timer?.get('LoadState') !== 'loaded')
    return [
      note(
        'schedule',
        'systemd of this machine knows no csdl.timer',
        'csdl schedule --print systemd makes one, where nothing else starts the night',
      ),
    ];
  const isOn = timer.get('ActiveState') === 'active';
  const timing = isOn
    ? ok('schedule', 'csdl.timer is on')
    : action('schedule', 'csdl.timer is off: no night will start', 'systemctl enable --now csdl.timer');
  const result = service?.get('Result') ?? 'success';
  const ended = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC/.exec(service?.get('ExecMainExitTimestamp') ?? '')?.[1];
  const isPast =
    ended !== undefined && finished !== null && Date.parse(finished) > fromSqlTimestamp(ended).getTime() + 1000;
  if (result === 'success' || isPast) return [timing];
  return [
    timing,
    action(
      'service',
      `the last start of csdl.service ended with ${result} (${service?.get('ExecMainStatus')})`,
      'journalctl -u csdl.service -o cat -n 20 says why; then systemctl start csdl.service',
    ),
  ];
}
