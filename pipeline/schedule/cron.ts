/** The night as one line of a crontab. Rule: a path is quoted for the shell, and `%`, which cron takes for a line break, is escaped. */
import { headLines, type Installation, nightCommand, TIME_ZONE } from './installation.ts';

export function crontab(found: Installation): string {
  const { out, at, user, secretsFile } = found;
  const [hour = '1', minute = '30'] = at.split(':');
  const log = `${out}/nightly.log`;
  const secrets = quoted(secretsFile);
  const steps = [
    'umask 027',
    `set -a; [ ! -e ${secrets} ] || . ${secrets}; set +a`,
    `exec ${nightCommand(found).map(quoted).join(' ')} >>${quoted(log)} 2>&1`,
  ];
  return [
    ...headLines(found).map((line) => `# ${line}`),
    `# For the crontab of user ${user} (crontab -e -u ${user}), who owns the folder below --out.`,
    '# The file of secrets is read by the shell: NAME=value, one a line, values with blanks or $ in single quotes;',
    `# mode 0600, and owned by ${user}: chown ${user} ${secrets}`,
    `# Where cron does not know CRON_TZ (Debian's own cron does not), set the machine's zone to ${TIME_ZONE}:`,
    `#   timedatectl set-timezone ${TIME_ZONE}`,
    '# or write the hour of the zone that `timedatectl` shows. A night missed while the machine is off is not made up for',
    '# (systemd does so). flock is not needed.',
    `CRON_TZ=${TIME_ZONE}`,
    'SHELL=/bin/sh',
    'MAILTO=""',
    `${Number(minute)} ${Number(hour)} * * * ${steps.join('; ').replaceAll('%', '\\%')}`,
    '',
  ].join('\n');
}

/** One word of the shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
