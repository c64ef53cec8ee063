/** csdl sql: read-only queries against the publication: one given, those piped in, or a prompt. */
import { InvalidArgumentError } from 'commander';
import { EXIT, Fault } from '../../../config/fault.ts';
import type { Edition } from '../../../config/schema/publication.ts';
import { type SafeResult, safeQuery } from '../../database/safe-reader.ts';
import type { Verb } from '../command.ts';
import { editionOption } from '../options.ts';
import { publishedDatabase } from '../published.ts';
import { printResult, type SqlMode } from '../sql-output.ts';
import { promptForSql } from '../sql-prompt.ts';

export const sql: Verb = {
  name: 'sql',
  summary:
    'answer SELECTs against the publication: one given, those piped in, or a prompt (nothing outside can be reached)',
  examples: [
    'csdl sql "SELECT holder, days, database_id FROM waiting ORDER BY days DESC"',
    'csdl sql "SELECT database_id, level_reported, floor, ceiling FROM readiness WHERE level_reported >= 3" --json',
    'csdl sql "SHOW TABLES"',
    'csdl sql < queries.sql',
    'csdl sql',
  ],
  declare(command) {
    command
      .argument('[query]', 'one SELECT or EXPLAIN; without it they are read from stdin, or asked for on a terminal')
      .option('--timeout <seconds>', 'stop the query after this long', seconds, 60)
      .option(
        '--max-rows <n>',
        'fetch at most this many rows',
        (text) => Math.max(1, Math.trunc(seconds(text))),
        100_000,
      )
      .addOption(editionOption());
  },
  async run({ effects, options, explain }, [statement], flags) {
    const edition = flags.edition as Edition;
    publishedDatabase(options.out, edition);
    const mode: SqlMode = options.json ? 'json' : 'table';
    const query = (sql: string, signal: AbortSignal): Promise<SafeResult> =>
      safeQuery(publishedDatabase(options.out, edition), sql, {
        timeoutMs: (flags.timeout as number) * 1000,
        maxRows: flags.maxRows as number,
        signal,
      });
    if (statement !== undefined) {
      printResult(effects, await query(statement, effects.signal), mode);
      return EXIT.ok;
    }
    const { keyboard } = effects;
    if (keyboard === undefined)
      throw new Fault('usage/no-statement', 'there is no statement and nothing to read one from', {
        exit: EXIT.usage,
        hint: 'csdl sql "SHOW TABLES"',
      });
    return promptForSql({ effects, keyboard, mode, query, explain });
  },
};

function seconds(text: string): number {
  const n = Number(text);
  if (!(n > 0) || !Number.isFinite(n)) throw new InvalidArgumentError('write a number above 0.');
  return n;
}
