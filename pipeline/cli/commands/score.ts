/** csdl score: figures of any day as known at any time, without publishing anything. */
import { Option } from 'commander';
import { z } from 'zod';
import { EXIT } from '../../../config/fault.ts';
import { localDay, sqlTimestamp } from '../../../config/time.ts';
import { type Bundle, readBundle } from '../../bundle.ts';
import { bundleOfToday } from '../../stages/plan.ts';
import { score as scoreStage } from '../../stages/score.ts';
import { onStore } from '../attached-store.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { parseDay, parsePercent, parseTime } from '../options.ts';
import { printJson, printRows } from '../output.ts';

const row = z.looseObject({ database_id: z.string(), floor: z.number().nullable() });
const ledgerRow = z.object({ run_id: z.string(), bundle: z.string(), as_of: z.string() });

export const score: Verb = {
  name: 'score',
  summary: 'score a day as it was known at a time, from the store, without publishing',
  examples: [
    'csdl score',
    'csdl score --as-of 2026-06-29 --known-at 2026-07-01',
    'csdl score --method current --json',
    'csdl score --fail-under 20',
  ],
  declare(command) {
    command
      .option('--as-of <date>', 'the day to score for (default: that of the last run known then)', parseDay)
      .option('--known-at <time>', 'leave out what was learnt later (day or ISO 8601 time)', parseTime)
      .addOption(
        new Option('--method <which>', 'settings in force then, or those of today')
          .choices(['then', 'current'])
          .default('then'),
      )
      .option(
        '--fail-under <points>',
        'exit 4 when the floor of a database with information is below this',
        parsePercent,
      );
  },
  async run(context, _args, flags) {
    const { effects, options } = context;
    const rows = await scored(context, flags);
    if (options.json) printJson(effects, rows);
    else
      printRows(
        effects,
        rows.filter((r) => r.level_reported !== null),
        false,
        [
          'database_id',
          'level_reported',
          'level_confirmed',
          'confirmed',
          'floor',
          'ceiling',
          'coverage',
          'criteria_met',
          'criteria_applicable',
        ],
      );
    const bar = flags.failUnder as number | undefined;
    const below = bar === undefined ? [] : rows.filter((r) => r.level_reported !== null && (r.floor ?? 0) < bar);
    if (below.length === 0) return EXIT.ok;
    effects.stderr(
      `${below.length} database(s) below a floor of ${bar}: ${below.map((r) => r.database_id).join(', ')}\n`,
    );
    return EXIT.gate;
  },
};

async function scored(
  { effects, options }: Context,
  flags: Readonly<Record<string, unknown>>,
): Promise<z.output<typeof row>[]> {
  const knownAt = (flags.knownAt as Date | undefined) ?? effects.now();
  return onStore(options.out, async (database, paths) => {
    const [last] = await database.rows(
      ledgerRow,
      "SELECT run_id, bundle, as_of::VARCHAR AS as_of FROM store.run WHERE started_at <= $at::TIMESTAMP AND state IN ('published', 'withheld') ORDER BY started_at DESC, run_id DESC LIMIT 1",
      { at: sqlTimestamp(knownAt) },
    );
    const bundle: Bundle =
      flags.method === 'current' || last === undefined
        ? await bundleOfToday(options.config, effects.environment)
        : readBundle(paths.bundles, last.bundle);
    const asOf = (flags.asOf as string | undefined) ?? last?.as_of ?? bundle.config.sources.as_of ?? localDay(knownAt);
    await scoreStage(database, { ...bundle, asOf, knownAt, runId: last?.run_id ?? '', fromLog: true });
    return database.rows(row, 'SELECT * FROM publication.readiness ORDER BY database_id');
  });
}
