/** The log of the command line: text on a terminal, JSON lines elsewhere; always on stderr; secrets masked. */
import { mask } from '../../config/interpolate.ts';
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';
import { visible } from './visible.ts';

export type LogFormat = 'text' | 'json' | 'none';

type Fields = Readonly<Record<string, unknown>>;

/** What a log has become known for: a fault that ends the program is told in the same form and names the same run. */
export interface Spoken {
  /** As asked for; null where nobody asked. */
  format: LogFormat | null;
  /** The run, from the moment it has an id. */
  run: string | null;
}

/** One JSON line. Every one has `run`, null before the run has its id and where there is none. */
export function logLine(
  at: Date,
  level: 'info' | 'warn' | 'error',
  event: string,
  spoken: Spoken,
  fields: Fields,
): string {
  return JSON.stringify({ time: at.toISOString(), level, event, run: spoken.run, ...fields });
}

/** @param secrets a list that is read at every entry: values found in settings are added to it once they are known */
export function createLog(
  effects: Effects,
  format: LogFormat,
  secrets: readonly string[],
  spoken: Spoken = { format: null, run: null },
  base: Fields = {},
): Log {
  const write = (level: 'info' | 'warn', event: string, fields: Fields = {}): void => {
    if (format === 'none') return;
    const all = { ...base, ...fields };
    const at = effects.now();
    const line =
      format === 'json'
        ? logLine(at, level, event, spoken, all)
        : `${at.toISOString().slice(11, 19)} ${level === 'warn' ? '! ' : ''}${event}${visible(text(all))}`;
    effects.stderr(`${mask(line, secrets)}\n`);
  };
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    with: (fields) => {
      if (typeof fields.run === 'string') spoken.run = fields.run;
      return createLog(effects, format, secrets, spoken, { ...base, ...fields });
    },
  };
}

function text(fields: Fields): string {
  return Object.entries(fields)
    .filter(([key]) => key !== 'run')
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
