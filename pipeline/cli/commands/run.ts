/** csdl run: one night, from the sources to the publication. */
import { EXIT, type ExitCode } from '../../../config/fault.ts';
import type { DryRunReport, RunOutcome, SourceReport } from '../../contract.ts';
import { dryRun } from '../../dry-run.ts';
import { type Ended, notifyNight } from '../../notify/notify-night.ts';
import { runNight } from '../../run.ts';
import type { Verb } from '../command.ts';
import { parseDay, parseSeconds } from '../options.ts';
import { printJson, table } from '../output.ts';
import { sourcesText } from '../sources-text.ts';

export const run: Verb = {
  name: 'run',
  summary: 'collect, score and publish: the nightly job',
  examples: [
    'csdl run',
    'csdl run --config /etc/csdl --out /srv/csdl --log-format json',
    'csdl run --as-of 2026-06-29 --json',
    'csdl run --source bo-noi-vu --dry-run      # try one source: fetch and validate, store nothing',
  ],
  declare(command) {
    command.option(
      '--as-of <date>',
      'the day to score for (default: as_of of sources.yaml, else today in Asia/Ho_Chi_Minh)',
      parseDay,
    );
    command.option(
      '--source <id...>',
      'ask only these sources; the facts of the others keep speaking while they are live',
    );
    command.option(
      '--wait <seconds>',
      'how long to wait for another program that has the store open (default: 600)',
      parseSeconds,
    );
    command.option('--dry-run', 'fetch and validate, store and publish nothing', false);
    command.option('--no-notify', 'tell nobody how it went (notifications.yaml)');
  },
  async run({ effects, options, log }, _args, flags) {
    const asked = {
      configFolder: options.config,
      out: options.out,
      asOf: flags.asOf as string | undefined,
      only: flags.source as string[] | undefined,
      environment: effects.environment,
      log,
      now: effects.now,
      signal: effects.signal,
      waitSeconds: flags.wait as number | undefined,
    };
    if (flags.dryRun === true) {
      const tried = await dryRun(asked);
      if (options.json) printJson(effects, tried);
      else effects.stdout(`${drySummary(tried)}\n`);
      return exitOf(tried.sources);
    }
    const tell = async (ended: Ended): Promise<void> => {
      if (flags.notify !== false && !effects.signal.aborted) await notifyNight(ended, asked);
    };
    const outcome = await runNight(asked).catch(async (error: unknown) => {
      await tell({ error });
      throw error;
    });
    await tell({ outcome });
    // Who asked for a log of JSON lines reads nothing but such lines.
    if (options.logFormat === 'json') log.info('run.done', figures(outcome));
    if (options.json) printJson(effects, outcome.report);
    else if (options.logFormat !== 'json') effects.stdout(`${summary(outcome)}\n`);
    // In a log of JSON lines it stands already (publish.withheld).
    const say = (text: string): void => {
      if (options.logFormat !== 'json') effects.stderr(text);
    };
    if (outcome.withheld !== null) {
      say(`nothing was published: ${outcome.withheld}\n  → the last publication stands\n`);
      return EXIT.gate;
    }
    if (outcome.withheld_edition !== null) {
      say(
        `the edition chia_se was not published: ${outcome.withheld_edition}\n  → its last one stands; the internal edition is published\n`,
      );
      return EXIT.gate;
    }
    return exitOf(outcome.report.sources);
  },
};

/** One source that is not ok is told by the exit code; rejections alone are not. */
function exitOf(sources: readonly SourceReport[]): ExitCode {
  return sources.every((source) => source.state === 'ok') ? EXIT.ok : EXIT.source;
}

/** From the highest level down; no information is no rank and stands last. */
const LEVELS = ['5', '4', '3', '2', '1', 'none'] as const;

/** What a log says of a night that has ended. */
function figures({ report, appended, overdue, site, database, ms }: RunOutcome): Readonly<Record<string, unknown>> {
  const { as_of, published, databases, observations, rejections, findings, levels } = report;
  const failed = report.sources.filter(({ state }) => state !== 'ok');
  return {
    as_of,
    published,
    failed_sources: failed.map(({ id, error_code: code, error_message: message, error_hint: hint }) => ({
      source: id,
      code,
      message,
      hint,
    })),
    databases,
    observations,
    appended,
    rejections,
    findings,
    levels,
    overdue,
    site,
    database,
    ms,
  };
}

function summary({
  report,
  appended,
  site,
  database,
  level_names: names,
  overdue,
  overdue_agencies: agencies,
  ms,
  withheld,
}: RunOutcome): string {
  const levels = LEVELS.map((level) => ({
    level: level === 'none' ? '–' : level,
    name: names[level],
    databases: report.levels[level],
  }));
  const lines = [
    '',
    sourcesText(report.sources),
    '',
    'Levels as reported by the owners:',
    table(levels),
    '',
    `As of ${report.as_of}: ${report.databases} databases, ${report.observations} observations (${appended} new), ${report.rejections} rejections, ${report.findings} findings;`,
    `${overdue} databases of ${agencies} agencies overdue. Took ${(ms / 1000).toFixed(1)} s.`,
  ];
  if (withheld === null) lines.push('', `Report:   ${site}`, `Database: ${database}`);
  return lines.join('\n');
}

function drySummary(tried: DryRunReport): string {
  const lines = [
    '',
    sourcesText(tried.sources),
    '',
    `As of ${tried.as_of}: ${tried.observations} observations would be stored, ${tried.rejections} pieces are refused. Nothing was stored.`,
  ];
  if (tried.refused.length > 0) lines.push('', 'Refused (the first of each source):', table(tried.refused));
  return lines.join('\n');
}
