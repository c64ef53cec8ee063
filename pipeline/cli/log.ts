/** The log of the command line: text on a terminal, JSON lines elsewhere; always on stderr; secrets masked. */
import { mask } from '../../config/interpolate.ts';
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';
import { visible } from './visible.ts';

export type LogFormat = 'text' | 'json' | 'none';

type Fields = Readonly<Record<string, unknown>>;

/** @param secrets a list that is read at every entry: values found in settings are added to it once they are known */
export function createLog(effects: Effects, format: LogFormat, secrets: readonly string[], base: Fields = {}): Log {
  const write = (level: 'info' | 'warn', event: string, fields: Fields = {}): void => {
    if (format === 'none') return;
    const all = { ...base, ...fields };
    const time = effects.now().toISOString();
    const line =
      format === 'json'
        ? JSON.stringify({ time, level, event, ...all })
        : `${time.slice(11, 19)} ${level === 'warn' ? '! ' : ''}${event}${visible(text(all))}`;
    effects.stderr(`${mask(line, secrets)}\n`);
  };
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    with: (fields) => createLog(effects, format, secrets, { ...base, ...fields }),
  };
}

function text(fields: Fields): string {
  return Object.entries(fields)
    .filter(([key]) => key !== 'run')
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
