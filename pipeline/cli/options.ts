/** Flags shared by the verbs, in one place. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isDay } from '../../config/schema/parts.ts';
import { EDITIONS } from '../../config/schema/publication.ts';
import { parseInstant } from '../../config/time.ts';
import type { LogFormat } from './log.ts';

/** As they were given; `--config` and `--out` may have been left out. */
export interface GivenOptions {
  config?: string;
  out?: string;
  json: boolean;
  quiet: boolean;
  debug: boolean;
  logFormat?: LogFormat;
}

export interface GlobalOptions extends GivenOptions {
  out: string;
}

/** Where settings and results are, for whoever does not want to say it with every command. */
export function withPlaces(given: GivenOptions, environment: NodeJS.ProcessEnv): GlobalOptions {
  const config = given.config ?? (environment.CSDL_CONFIG || undefined);
  const places = { out: given.out ?? (environment.CSDL_OUT || 'out') };
  return config === undefined ? { ...given, ...places } : { ...given, ...places, config };
}

export function parseDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('write YYYY-MM-DD, a day that exists.');
  return text;
}

export function parseTime(text: string): Date {
  const instant = parseInstant(text);
  if (instant === null) throw new InvalidArgumentError('write a day (YYYY-MM-DD) or an ISO 8601 time with offset.');
  // A bare day means all that was known by its end.
  return isDay(text) ? new Date(instant.getTime() + 86_400_000 - 1) : instant;
}

export function parsePercent(text: string): number {
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n) || n < 0 || n > 100)
    throw new InvalidArgumentError('write a number from 0 to 100.');
  return n;
}

/** Seconds, none included. */
export function parseSeconds(text: string): number {
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n) || n < 0) throw new InvalidArgumentError('write a number of seconds.');
  return n;
}

/** `--config --out --json --quiet --log-format --debug`, on every verb. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option('-c, --config <dir>', 'folder of settings (default: $CSDL_CONFIG, else the one shipped with the program)')
    .option('-o, --out <dir>', 'folder of store and publications (default: $CSDL_OUT, else "out")')
    .option('--json', 'print the result as JSON on stdout', false)
    .option('-q, --quiet', 'no progress on stderr', false)
    .addOption(
      new Option(
        '--log-format <format>',
        'progress as text or as JSON lines (default: text on a terminal, else json)',
      ).choices(['text', 'json', 'none']),
    )
    .option('--debug', 'print the stack of an error', false);
}

/** `--edition`, of verbs that read a publication. */
export function editionOption(): Option {
  return new Option('--edition <edition>', 'the edition to read').choices(EDITIONS).default('noi_bo');
}
