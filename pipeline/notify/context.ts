/** What sending needs of the settings, and what is wrong with them that only the hosts of sources.yaml can show. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../config/fault.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { readYaml } from '../../config/yaml-file.ts';
import { hostAndPort, isDeclared } from '../../connectors/declared-hosts.ts';
import { portOf } from '../../connectors/http/client.ts';
import type { RunOptions } from '../contract.ts';
import { isLoopback } from '../serve/hosts.ts';
import type { SendInput } from './send.ts';

/** @param sourcesBroken sources.yaml has a problem, so that another one stands in for it: its hosts are read all the same */
export function notifyContext(
  loaded: LoadedConfig,
  sourcesBroken: boolean,
  { environment, now, signal, log }: Pick<RunOptions, 'environment' | 'now' | 'signal' | 'log'>,
): SendInput {
  const { notifications, secrets } = loaded;
  const hosts = sourcesBroken ? hostsAlone(loaded) : loaded.config.sources.hosts;
  return { notifications, hosts, folder: folderOf(loaded), secrets, environment, now, signal, log };
}

/** The list of hosts of a file the rest of which cannot be used: a night that fails for a missing secret is told, too. */
function hostsAlone({ origin }: LoadedConfig): string[] {
  const path = origin.find(({ file }) => file === 'sources.yaml')?.path ?? '';
  const { value } = readYaml(path, 'sources.yaml', z.looseObject({ hosts: z.array(z.string().toLowerCase()) }), null);
  return value?.hosts ?? [];
}

function folderOf({ origin, home }: LoadedConfig): string {
  const path = origin.find(({ file }) => file === 'notifications.yaml')?.path;
  return path === undefined ? home : dirname(path);
}

/** For the plan: hosts that are not declared, addresses without encryption, files that are not there. */
export function notificationProblems(loaded: LoadedConfig): Problem[] {
  const { notifications, config, files } = loaded;
  const source = files.yaml.notifications;
  if (source === undefined) return [];
  const problems: Problem[] = [];
  const mustBe = (address: string, path: PropertyKey[]): void => {
    if (isDeclared(address, config.sources.hosts)) return;
    const message = 'its host is not among the `hosts` of sources.yaml';
    const hint = `add "${address.replace(/:\d+$/, '')}" to hosts, if it may be told`;
    problems.push(source.problem(path, 'config/undeclared-host', message, hint));
  };
  const mustLie = (file: string | undefined, path: PropertyKey[]): void => {
    if (file === undefined || existsSync(resolve(folderOf(loaded), file))) return;
    problems.push(
      source.problem(path, 'config/missing-file', `"${file}" is not there`, 'paths start at the folder of this file'),
    );
  };
  const { smtp } = notifications;
  if (smtp !== undefined) {
    mustBe(hostAndPort(smtp.host, smtp.port), ['smtp', 'host']);
    mustLie(smtp.ca, ['smtp', 'ca']);
  }
  notifications.recipients.forEach((recipient, i) => {
    if (recipient.kind !== 'webhook') return;
    const url = new URL(recipient.url);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    mustBe(hostAndPort(host, portOf(url)), ['recipients', i, 'url']);
    mustLie(recipient.ca, ['recipients', i, 'ca']);
    if (url.protocol === 'http:' && !isLoopback(host))
      problems.push(
        source.problem(
          ['recipients', i, 'url'],
          'config/not-encrypted',
          'must be an https address',
          'http is only for this machine itself',
        ),
      );
  });
  return problems;
}
