/** The night as a service and a timer of systemd. Rule: the service may write below `--out` and nowhere else. */
import { headLines, type Installation, nightCommand, TIME_ZONE } from './installation.ts';

/** Folders that `ProtectHome=yes` would hide. */
const HOMES = /^\/(?:home|root|run\/user)(?:\/|$)/;

/** The two unit files: name → text. */
export function systemdUnits(found: Installation): Map<string, string> {
  const { node, script, config, out, at, user, secretsFile } = found;
  const seesHomes = [node, script, config, out].some((path) => HOMES.test(path));
  const head = headLines(found).map((line) => `# ${line}`);
  const service = [
    ...head,
    `# Once, before the first night: useradd --system --user-group ${user}; install -d -o ${user} -g ${user} -m 0750 ${commentPath(out)}`,
    '[Unit]',
    'Description=csdl-readiness: the nightly run',
    'Wants=network-online.target',
    'After=network-online.target time-sync.target',
    `RequiresMountsFor=${item(out)}`,
    '',
    '[Service]',
    'Type=oneshot',
    `User=${user}`,
    `Group=${user}`,
    `ExecStart=${nightCommand(found).map(argument).join(' ')}`,
    '# 3: published, with a source that was not ok (csdl doctor names it). 1, 2 and 4 leave the unit failed.',
    'SuccessExitStatus=3',
    '# Secrets as NAME=value, one a line; owner root, mode 0600. A missing file is no error where no secret is needed.',
    `EnvironmentFile=-${path(secretsFile)}`,
    'TimeoutStartSec=4h',
    'TimeoutStopSec=60s',
    'UMask=0027',
    '# A night takes below 1 GB with a hundred databases, 3.5 GB with four thousand.',
    'MemoryMax=4G',
    'TasksMax=256',
    'Nice=5',
    '',
    '# The whole system is read-only but for this folder.',
    'ProtectSystem=strict',
    `ReadWritePaths=${item(out)}`,
    ...(seesHomes
      ? ['# A path above lies in a home folder, so homes are read-only and not hidden.', 'ProtectHome=read-only']
      : ['ProtectHome=yes']),
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'AmbientCapabilities=',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'LockPersonality=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'ProtectProc=invisible',
    'RemoveIPC=yes',
    'SystemCallArchitectures=native',
    '# @pkey: Node.js guards the code it compiles with it.',
    'SystemCallFilter=@system-service @pkey',
    'SystemCallFilter=~@privileged',
    'SystemCallErrorNumber=EPERM',
    '# MemoryDenyWriteExecute stays off: Node.js compiles while it runs.',
    '',
  ];
  const timer = [
    ...head,
    '[Unit]',
    'Description=csdl-readiness: every night',
    '',
    '[Timer]',
    `OnCalendar=*-*-* ${at}:00 ${TIME_ZONE}`,
    '# A night missed while the machine was off is made up for when it is on again.',
    'Persistent=true',
    'AccuracySec=1min',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ];
  return new Map([
    ['csdl.service', service.join('\n')],
    ['csdl.timer', timer.join('\n')],
  ]);
}

/** A path as a unit file reads it where one path is the whole value. */
function path(text: string): string {
  return text.replaceAll('%', '%%');
}

/** One of a list of paths: quoted where it holds more than plain signs. */
function item(text: string): string {
  const escaped = path(text);
  return /^[\w@%+=:,./$-]+$/.test(escaped) ? escaped : `"${escaped.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** One argument of a command line, where `$` begins a variable. */
function argument(text: string): string {
  return item(text).replaceAll('$', '$$$$');
}

function commentPath(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
