/** What every way of scheduling is told of this installation. Rule: paths are absolute and real, secrets are names alone. */
import { join, resolve } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import { shippedFolder } from '../../config/load.ts';
import { packageRoot, packageVersion } from '../../config/package-root.ts';

/** When the night starts and where its day is counted. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/**
 * Room for what lives shortly, in MB a half: the facts and pages of thousands of databases outlive the 16 MB of V8, and copying
 * them costs a tenth of such a night (npm run bench:nightly). A register of a hundred hardly uses it.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=64'];

export interface Installation {
  version: string;
  /** Program and script that make `csdl`. */
  node: string;
  script: string;
  config: string;
  out: string;
  /** HH:MM, local time of `TIME_ZONE`. */
  at: string;
  /** The user of this machine that owns `out`. */
  user: string;
  /** The file `NAME=value` lines of which become the environment; read by the machine, never by csdl. */
  secretsFile: string;
  /** Environment variables that the settings name. */
  secrets: readonly string[];
  /** The day that sources.yaml fixes, where it does: a nightly run must not. */
  fixedDay: string | undefined;
}

export interface InstallationInput extends Pick<Installation, 'at' | 'user' | 'secretsFile' | 'secrets' | 'fixedDay'> {
  configFolder: string | undefined;
  out: string;
}

/** @throws Fault `schedule/strange-path` for what no line of any form can hold */
export function installation({ configFolder, out, ...rest }: InstallationInput): Installation {
  const found = {
    ...rest,
    version: packageVersion,
    node: process.execPath,
    script: join(packageRoot, 'dist', 'pipeline', 'cli', 'main.js'),
    config: configFolder === undefined ? shippedFolder : resolve(configFolder),
    out: resolve(out),
  };
  if ([found.node, found.script, found.config, found.out, found.secretsFile].some((path) => /\p{Cc}/u.test(path)))
    throw new Fault('schedule/strange-path', 'a path of this installation holds a control character', {
      exit: EXIT.usage,
      hint: 'rename the folder',
    });
  return found;
}

/** The words of the command that runs the night on this machine. */
export function nightCommand({ node, script, config, out }: Installation): string[] {
  return [node, ...NODE_FLAGS, script, 'run', '--config', config, '--out', out, '--log-format', 'json'];
}

/** The same few facts at the head of each form, as lines of comment. */
export function headLines({ at, version, secrets, secretsFile, fixedDay }: Installation): string[] {
  return [
    `csdl-readiness ${version}: one run a night, at ${at} ${TIME_ZONE} (UTC+7).`,
    'Cut-off: a run scores for the local day on which it starts and counts what a source answers while it collects;',
    'what arrives later counts on the next night.',
    'A second run started meanwhile ends at once (exit 1, run/locked) and changes nothing: csdl has a lock of its own.',
    ...(secrets.length === 0
      ? []
      : [`Environment variables that the settings name, to be set in ${secretsFile}: ${secrets.join(', ')}.`]),
    ...(fixedDay === undefined
      ? []
      : [`ATTENTION: sources.yaml fixes as_of: ${fixedDay}. Remove that line, or every night scores for that day.`]),
  ];
}
