/** csdl diff: what differs between two nights, or between two methods over one night, and which factor moved what. */
import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { didYouMean } from '../../../config/nearest.ts';
import { type LedgerRun, lastPublished, publishedDays, publishedOn, runOfId } from '../../database/compared-runs.ts';
import type { Database } from '../../database/database.ts';
import { FACTORS } from '../../database/step-figures.ts';
import { type Difference, differenceOfMethods, differenceOfRuns, type FigureChange } from '../../difference.ts';
import { bundleOfToday } from '../../stages/plan.ts';
import { onStore } from '../attached-store.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson, type Row, table } from '../output.ts';

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

function nameOf({ run_id, as_of, method }: LedgerRun): Side {
  return { run_id, as_of, method };
}

interface Side {
  run_id: string;
  as_of: string;
  method: string;
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
  sides: { from: Side; to: Side },
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
  if (csv !== undefined) writeFileSync(csv, csvOf(rows));
  if (difference.leftOut !== null) {
    effects.stderr(`changes of the registry are told as changes of the method: ${difference.leftOut}\n`);
  }
  if (options.json) printJson(effects, { ...sides, changed: difference.changed, rows });
  else effects.stdout(`${textOf(rows, only !== undefined, sides)}\n`);
  return EXIT.ok;
}

function textOf(all: readonly FigureChange[], withPillars: boolean, { from, to }: { from: Side; to: Side }): string {
  const head = `${from.as_of} (${from.method}) → ${to.as_of} (${to.method})`;
  if (all.length === 0) return `${head}: no figure differs.`;
  const rows = all.filter((row) => withPillars || row.pillar === 'all');
  const moved = new Set(all.map((row) => row.database_id)).size;
  const lines = rows.map((row): Row => {
    const { database_id: database, pillar, figure, from: before, to: after } = row;
    const parts = Object.fromEntries(FACTORS.map((factor) => [factor, row[factor] === 0 ? null : row[factor]]));
    return { database, ...(withPillars ? { pillar } : {}), figure, from: before, to: after, ...parts };
  });
  return [
    head,
    '',
    table(lines),
    '',
    `${moved} database${moved === 1 ? '' : 's'} differ${moved === 1 ? 's' : ''}.`,
  ].join('\n');
}

/** Every cell is a slug, a word of ours or a number: nothing in it can be a formula. */
function csvOf(rows: readonly FigureChange[]): string {
  const columns = ['database_id', 'pillar', 'figure', 'from', 'to', ...FACTORS] as const;
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}
