/** csdl sql: one read-only query against the publication. */
import { InvalidArgumentError } from 'commander';
import { EXIT } from '../../../config/fault.ts';
import type { Edition } from '../../../config/schema/publication.ts';
import { safeQuery } from '../../database/safe-reader.ts';
import type { Verb } from '../command.ts';
import { editionOption } from '../options.ts';
import { printRows } from '../output.ts';
import { publishedDatabase } from '../published.ts';
import { visible } from '../visible.ts';

export const sql: Verb = {
  name: 'sql',
  summary: 'answer one SELECT against the publication (read-only, nothing outside can be reached)',
  examples: [
    'csdl sql "SELECT holder, days, database_id FROM waiting ORDER BY days DESC"',
    'csdl sql "SELECT database_id, level_reported, floor, ceiling FROM readiness WHERE level_reported >= 3" --json',
    'csdl sql "SHOW TABLES"',
  ],
  declare(command) {
    command
      .argument('<query>', 'one SELECT or EXPLAIN')
      .option('--timeout <seconds>', 'stop the query after this long', seconds, 60)
      .option(
        '--max-rows <n>',
        'fetch at most this many rows',
        (text) => Math.max(1, Math.trunc(seconds(text))),
        100_000,
      )
      .addOption(editionOption());
  },
  async run({ effects, options }, [query = ''], flags) {
    const result = await safeQuery(publishedDatabase(options.out, flags.edition as Edition), query, {
      timeoutMs: (flags.timeout as number) * 1000,
      maxRows: flags.maxRows as number,
    });
    if (!options.json && result.columns.includes('explain_value')) {
      // A plan is a drawing over several lines, not a cell.
      effects.stdout(`${result.rows.map((row) => visibleLines(String(row.explain_value))).join('\n')}\n`);
    } else printRows(effects, result.rows, options.json, result.columns);
    if (result.truncated) effects.stderr(`only the first ${result.rows.length} rows were fetched\n`);
    return EXIT.ok;
  },
};

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function seconds(text: string): number {
  const n = Number(text);
  if (!(n > 0) || !Number.isFinite(n)) throw new InvalidArgumentError('write a number above 0.');
  return n;
}
