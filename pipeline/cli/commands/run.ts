/** csdl run: one night, from the sources to the publication. */
import { EXIT } from '../../../config/fault.ts';
import type { RunOutcome } from '../../contract.ts';
import { runNight } from '../../run.ts';
import type { Verb } from '../command.ts';
import { parseDay } from '../options.ts';
import { printJson, table } from '../output.ts';

export const run: Verb = {
  name: 'run',
  summary: 'collect, score and publish: the nightly job',
  examples: [
    'csdl run',
    'csdl run --config /etc/csdl --out /srv/csdl --log-format json',
    'csdl run --as-of 2026-06-29 --json',
  ],
  declare(command) {
    command.option(
      '--as-of <date>',
      'the day to score for (default: as_of of sources.yaml, else today in Asia/Ho_Chi_Minh)',
      parseDay,
    );
  },
  async run({ effects, options, log }, _args, flags) {
    const outcome = await runNight({
      configFolder: options.config,
      out: options.out,
      asOf: flags.asOf as string | undefined,
      environment: effects.environment,
      log,
      now: effects.now,
      signal: effects.signal,
    });
    if (options.json) printJson(effects, outcome.report);
    else effects.stdout(`${summary(outcome)}\n`);
    if (outcome.withheld !== null) {
      effects.stderr(`nothing was published: ${outcome.withheld}\n  → the last publication stands\n`);
      return EXIT.gate;
    }
    return outcome.report.sources.every((source) => source.state === 'ok') ? EXIT.ok : EXIT.source;
  },
};

/** From the highest level down; no information is no rank and stands last. */
const LEVELS = ['5', '4', '3', '2', '1', 'none'] as const;

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
  const sources = report.sources.map((s) => ({
    source: s.id,
    state: s.state,
    observations: s.observations,
    rejections: s.rejections,
    ms: s.ms,
    error: s.error_message ?? '',
  }));
  const lines = [
    '',
    table(sources),
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
