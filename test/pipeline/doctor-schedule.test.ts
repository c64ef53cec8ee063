/** What the doctor makes of systemd's words, as `systemctl show` prints them. */
import { expect, test } from 'vitest';
import { scheduleOf } from '../../pipeline/doctor/schedule.ts';

const words = (timer: Record<string, string>, service: Record<string, string> = {}): string =>
  [timer, service]
    .map((unit) =>
      Object.entries({ LoadState: 'loaded', Result: 'success', ...unit })
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    )
    .join('\n');
const seen = (said: string, finished: string | null = null) =>
  scheduleOf(said, finished).map(({ check, state }) => `${check} ${state}`);

const ON = { ActiveState: 'active' };
const KILLED = {
  ActiveState: 'failed',
  Result: 'signal',
  ExecMainStatus: '9',
  ExecMainExitTimestamp: 'Sat 2026-11-28 18:31:02 UTC',
};

test('a timer that is on, one that is off, and none', () => {
  expect(seen(words(ON))).toEqual(['schedule ok']);
  expect(seen(words({ ActiveState: 'inactive' }))).toEqual(['schedule action']);
  expect(seen(words({ LoadState: 'not-found', ActiveState: 'inactive' }))).toEqual(['schedule note']);
});

test('a night that was killed before it had left anything is told, until a later run has ended', () => {
  const [, service] = scheduleOf(words(ON, KILLED), '2026-11-27T18:30:40.000Z');
  expect(service).toMatchObject({
    check: 'service',
    state: 'action',
    message: 'the last start of csdl.service ended with signal (9)',
  });
  expect(seen(words(ON, KILLED), null)).toEqual(['schedule ok', 'service action']);
  expect(seen(words(ON, KILLED), '2026-11-28T19:00:00.000Z')).toEqual(['schedule ok']);
  // The run that failed wrote its own end, at about the same moment.
  expect(seen(words(ON, KILLED), '2026-11-28T18:31:02.400Z')).toEqual(['schedule ok', 'service action']);
});
