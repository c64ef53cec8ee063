/** csdl check: every problem of the settings at once, each with file, line and key. */
import { join, resolve } from 'node:path';
import { calendarWarnings } from '../../../config/cross-check/calendar.ts';
import { EXIT, Fault, type Problem } from '../../../config/fault.ts';
import { isThere } from '../../../config/system-fault.ts';
import { localDay } from '../../../config/time.ts';
import { signingKey } from '../../signature.ts';
import { onlyAsked, type Plan, tryPlan } from '../../stages/plan.ts';
import { type Reached, reach } from '../../stages/reach.ts';
import type { Verb } from '../command.ts';
import { problemLine } from '../explain.ts';
import { printJson, table } from '../output.ts';
import { ownFiles } from '../own-files.ts';
import { visible } from '../visible.ts';

export const check: Verb = {
  name: 'check',
  summary: 'check all settings without running anything',
  examples: [
    'csdl check',
    'csdl check --config ./my-config --json',
    'csdl check --config ./my-config --online     # also ask every source whether it can be reached now',
    'csdl check --config ./my-config --unchanged  # files that an update may replace',
  ],
  declare(command) {
    command.option('--online', 'also ask every source lightly: one try each, nothing is stored', false);
    command.option('--source <id...>', 'with --online: ask only these');
    command.option('--unchanged', 'only name the files that are the same as the shipped ones, one a line', false);
  },
  async run({ effects, options, log }, _args, flags) {
    if (flags.unchanged === true) {
      const { config } = options;
      const files = config === undefined ? [] : ownFiles(config).unchanged.map((file) => resolve(config, file));
      if (options.json) printJson(effects, files);
      else effects.stdout(files.map((file) => `${file}\n`).join(''));
      return EXIT.ok;
    }
    const { plan, problems } = await tryPlan(options.config, effects.environment, true);
    if (plan !== null) problems.push(...keyProblems(plan));
    const ask = (found: Plan): Promise<Reached[]> => {
      const now = effects.now();
      const sources = onlyAsked(found.sources, flags.source as string[] | undefined);
      const asOf = found.loaded.config.sources.as_of ?? localDay(now);
      const { environment, signal } = effects;
      return reach({ plan: found, sources, environment, asOf, now: effects.now, log, signal });
    };
    const reached = plan === null || flags.online !== true ? null : await ask(plan);
    const failed = reached?.some((source) => source.state === 'failed') ?? false;
    const ok = problems.length === 0 && !failed;
    const yearIn = (ms: number): string => localDay(new Date(effects.now().getTime() + ms)).slice(0, 4);
    const warnings =
      plan === null ? [] : calendarWarnings(plan.loaded.config, plan.loaded.files, yearIn(0), yearIn(ANNOUNCED_MS));
    if (options.json)
      printJson(effects, {
        ok,
        problems,
        ...(warnings.length === 0 ? {} : { warnings }),
        ...(reached === null ? {} : { sources: reached }),
      });
    else if (plan === null || problems.length > 0)
      effects.stdout(
        `${problems.map(problemLine).join('\n')}\n${problems.length} problem${problems.length === 1 ? '' : 's'}\n`,
      );
    else {
      const { config } = plan.loaded;
      effects.stdout(
        `Settings are in order: ${config.databases.length} databases, ${config.agencies.length} agencies, ${config.criteria.criteria.length} criteria, ${plan.sources.length} source(s).\n` +
          `${filesText(options.config, plan.loaded.home)}\n`,
      );
      if (warnings.length > 0) effects.stdout(`\nWarnings:\n${warnings.map(problemLine).join('\n')}\n`);
      if (reached !== null) effects.stdout(`\n${reachedText(reached)}\n`);
    }
    if (problems.length > 0) return EXIT.usage;
    return failed ? EXIT.source : EXIT.ok;
  },
};

/** By then the days off of a year are announced. */
const ANNOUNCED_MS = 60 * 86_400_000;

const UNREAD =
  '\nNOT READ: baseline/, since sources.yaml is the shipped one, which reads the shipped facts. csdl init elsewhere, and copy its sources.yaml here.';

function filesText(config: string | undefined, home: string): string {
  if (config === undefined) return `All files are the ones shipped with the program (${home}).`;
  const { changed, unchanged } = ownFiles(home);
  const isUnread = changed.some((file) => file.startsWith('baseline/')) && !isThere(join(home, 'sources.yaml'));
  return (
    `Files of ${home} that differ from the shipped ones: ${changed.join(', ') || 'none'}.\n` +
    `The same as those of this version: ${unchanged.length} (csdl check --unchanged names them). What is not there is taken from the program.${isUnread ? UNREAD : ''}`
  );
}

/** A key that cannot sign would stop the night before it begins. */
function keyProblems({ loaded }: Plan): Problem[] {
  try {
    signingKey(loaded);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const at = loaded.files.yaml.publication?.locate(['sign', 'key']) ?? { line: null, column: null };
    const { code, message, hint } = error;
    return [{ file: 'publication.yaml', ...at, key: 'sign.key', code, message, hint: hint ?? null }];
  }
}

/** A table, and below it each source that could not be reached with its reason and remedy. */
function reachedText(reached: readonly Reached[]): string {
  const rows = reached.map(({ source, state, ms, code }) => ({ source, state, ms, error: code ?? '' }));
  const failed = reached.filter((source) => source.state === 'failed');
  const lines = failed.map(({ source, message, hint }) =>
    visible(`! ${source}: ${message}${hint === null ? '' : ` → ${hint}`}`),
  );
  return [table(rows), ...lines].join('\n');
}
