/** csdl diff: what differs between two nights, or between two methods over one night, and which factor moved what. */
import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { didYouMean } from '../../../config/nearest.ts';
import { type LedgerRun, lastPublished, publishedDays, publishedOn, runOfId } from '../../database/compared-runs.ts';
import type { Database } from '../../database/database.ts';
import { type Difference, differenceOfMethods, differenceOfRuns } from '../../difference.ts';
import { bundleOfToday } from '../../stages/plan.ts';
import { onStore } from '../attached-store.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { differenceCsv, differenceText, type Sides } from '../difference-text.ts';
import { printJson } from '../output.ts';

/** What is compared, as the caller named and found it. */
interface Asked {
  from: LedgerRun;
  to: LedgerRun;
  /** The method of today over the facts of `from`; else two runs. */
  isMethod: boolean;
}

export const diff: Verb = {
  name: 'diff',
  summary: 'what differs between two nights, split by what moved it: registry, method, data, evidence, collector',
  examples: [
    'csdl diff                                  # the last two days that were published',
    'csdl diff 2026-06-01 2026-06-29',
    'csdl diff 2026-06-01 current --database nguoi-co-cong',
    'csdl diff current --method current         # what an upgrade or new settings would move, before it is accepted',
    'csdl diff 2026-06-01 --csv changes.csv',
  ],
  declare(command) {
    command
      .argument('[from]', 'a day, the id of a run, or "current" (default: the day before the last one)')
      .argument('[to]', 'the later one (default: current)')
      .addOption(
        new Option('--method <which>', 'hold the facts of one night against the method of today').choices(['current']),
      )
      .option('--database <id>', 'only this database, its pillars too')
      .option('--csv <file>', 'write every row, pillars too, as CSV');
  },
  run(context, args, flags) {
    return onStore(context.options.out, async (database, paths) => {
      const { effects, options } = context;
      const current = await bundleOfToday(options.config, effects.environment);
      const asked = await askedFor(database, args, flags.method === 'current');
      const { from, to } = asked;
      const difference = asked.isMethod
        ? await differenceOfMethods(database, paths, from, current)
        : await differenceOfRuns(database, paths, [from, to], current);
      const { id, version } = current.config.scoring.method;
      return print(context, flags, difference, {
        from: nameOf(from),
        to: asked.isMethod ? { ...nameOf(from), method: `${id} ${version}` } : nameOf(to),
      });
    });
  },
};

function nameOf({ run_id, as_of, method }: LedgerRun): Sides['from'] {
  return { run_id, as_of, method };
}

async function askedFor(database: Database, args: readonly string[], isMethod: boolean): Promise<Asked> {
  if (isMethod && args.length > 1) {
    throw new Fault('usage/method-of-one-night', '--method compares two methods over the facts of one night', {
      exit: EXIT.usage,
      hint: 'csdl diff current --method current',
    });
  }
  const [first, second = 'current'] = args;
  const fallback = isMethod ? 'current' : ((await publishedDays(database, 2))[1] ?? null);
  if (first === undefined && fallback === null) {
    throw new Fault('usage/one-night', 'fewer than two days were published, so there is nothing to compare', {
      exit: EXIT.usage,
      hint: 'csdl diff current --method current compares methods over one night',
    });
  }
  const from = await find(database, first ?? fallback ?? 'current');
  const to = isMethod ? from : await find(database, second);
  if (to.started_at < from.started_at) {
    throw new Fault('usage/turned-round', `${second} is earlier than ${first}`, {
      exit: EXIT.usage,
      hint: `csdl diff ${second} ${first}`,
    });
  }
  return { from, to, isMethod };
}

/** @throws Fault `usage/no-such-night` naming the days there are */
async function find(database: Database, name: string): Promise<LedgerRun> {
  const found =
    name === 'current'
      ? await lastPublished(database)
      : ((await publishedOn(database, name)) ?? (await runOfId(database, name)));
  if (found !== null) return found;
  const days = await publishedDays(database, 12);
  throw new Fault(
    'usage/no-such-night',
    name === 'current' ? 'nothing was published yet' : `nothing was published for "${name}", and no run is called so`,
    {
      exit: EXIT.usage,
      hint:
        days.length === 0 ? 'csdl run publishes' : (didYouMean(name, days) ?? `the last days are ${days.join(', ')}`),
    },
  );
}

function print(
  { effects, options }: Context,
  flags: Readonly<Record<string, unknown>>,
  difference: Difference,
  sides: Sides,
): ExitCode {
  const only = flags.database as string | undefined;
  if (only !== undefined && !difference.databases.includes(only)) {
    throw new Fault('usage/unknown-database', `no database of either night is called "${only}"`, {
      exit: EXIT.usage,
      hint: didYouMean(only, difference.databases) ?? 'csdl list databases shows all',
    });
  }
  const rows = difference.rows.filter((row) => only === undefined || row.database_id === only);
  const csv = flags.csv as string | undefined;
  if (csv !== undefined) write(csv, differenceCsv(rows));
  if (difference.leftOut !== null) {
    effects.stderr(`changes of the registry are told as changes of the method: ${difference.leftOut}\n`);
  }
  if (options.json) printJson(effects, { ...sides, changed: difference.changed, rows });
  else effects.stdout(`${differenceText(rows, only !== undefined, sides)}\n`);
  return EXIT.ok;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Fault('usage/not-writable', `${file} cannot be written: ${(error as Error).message}`, {
      exit: EXIT.usage,
      hint: 'give --csv a file in a folder that is there and may be written to',
      cause: error,
    });
  }
}
