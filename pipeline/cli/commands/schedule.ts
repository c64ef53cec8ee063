/** csdl schedule: the files by which this machine, or a cluster, starts the night; printed, never installed. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { EXIT, Fault } from '../../../config/fault.ts';
import { tryLoadConfig } from '../../../config/load.ts';
import { crontab } from '../../schedule/cron.ts';
import { type Installation, installation } from '../../schedule/installation.ts';
import { cronJob } from '../../schedule/kubernetes.ts';
import { systemdUnits } from '../../schedule/systemd.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

const FORMS: Readonly<Record<string, (found: Installation) => ReadonlyMap<string, string>>> = {
  systemd: systemdUnits,
  cron: (found) => new Map([['csdl.crontab', crontab(found)]]),
  k8s: (found) => new Map([['csdl-night.yaml', cronJob(found)]]),
};

export const schedule: Verb = {
  name: 'schedule',
  summary: 'print what starts the run every night: units of systemd, a crontab, or a CronJob of Kubernetes',
  examples: [
    'csdl schedule --print systemd --config /etc/csdl --out /srv/csdl',
    'csdl schedule --print systemd --config /etc/csdl --out /srv/csdl --to /etc/systemd/system',
    'csdl schedule --print cron --at 02:15 --user csdl',
    'csdl schedule --print k8s > csdl-night.yaml',
  ],
  declare(command) {
    command
      .addOption(new Option('--print <form>', 'which form').choices(Object.keys(FORMS)).makeOptionMandatory())
      .option('--at <hh:mm>', 'when the run starts, in Asia/Ho_Chi_Minh', clock, '01:30')
      .option('--user <name>', 'the user it runs as', userName, 'csdl')
      .option('--secrets <file>', 'file of NAME=value lines with the secrets of the settings', '/etc/csdl/secrets.env')
      .option('--to <dir>', 'write the files there instead of printing them; none is overwritten');
  },
  async run({ effects, options, log }, _args, flags) {
    const { loaded } = tryLoadConfig(options.config, effects.environment);
    const found = installation({
      configFolder: options.config,
      out: options.out,
      at: String(flags.at),
      user: String(flags.user),
      secretsFile: resolve(String(flags.secrets)),
      secrets: loaded.variables,
      fixedDay: loaded.config.sources.as_of,
    });
    if (found.fixedDay !== undefined)
      log.warn('schedule.fixed-day', {
        as_of: found.fixedDay,
        hint: 'remove as_of from sources.yaml before the first night',
      });
    const files = FORMS[String(flags.print)]?.(found) ?? new Map<string, string>();
    if (flags.to === undefined) {
      if (options.json) printJson(effects, { files: Object.fromEntries(files) });
      else effects.stdout(printed(files));
      return EXIT.ok;
    }
    const written = write(String(flags.to), files);
    if (options.json) printJson(effects, { written });
    else effects.stdout(`${written.map((path) => `Wrote ${path}`).join('\n')}\n`);
    return EXIT.ok;
  },
};

/** One file as it is; of several, each below a line with its name. */
function printed(files: ReadonlyMap<string, string>): string {
  if (files.size === 1) return [...files.values()].join('');
  return [...files].map(([name, text]) => `# ----- ${name} -----\n${text}`).join('\n');
}

function write(to: string, files: ReadonlyMap<string, string>): string[] {
  const folder = resolve(to);
  const there = [...files.keys()].find((name) => existsSync(join(folder, name)));
  if (there !== undefined)
    throw new Fault('usage/not-empty', `${join(folder, there)} is there already`, {
      exit: EXIT.usage,
      hint: 'compare it with what csdl schedule prints, and remove it first; nothing is ever overwritten',
    });
  mkdirSync(folder, { recursive: true });
  return [...files].map(([name, text]) => {
    writeFileSync(join(folder, name), text, { flag: 'wx' });
    // Units name no secret, and whoever looks after the machine may read them.
    chmodSync(join(folder, name), 0o644);
    return join(folder, name);
  });
}

function clock(text: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('write HH:MM, from 00:00 to 23:59.');
  return text;
}

function userName(text: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(text))
    throw new InvalidArgumentError('write the name of a user of this machine.');
  return text;
}
