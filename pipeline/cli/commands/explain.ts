/** csdl explain: the chain from level and figures to indicator, observation and document row of one database. */
import { z } from 'zod';
import { EXIT, Fault } from '../../../config/fault.ts';
import { didYouMean } from '../../../config/nearest.ts';
import { Database } from '../../database/database.ts';
import type { Verb } from '../command.ts';
import { type Explanation, explanationText, readExplanation } from '../explanation.ts';
import { printJson } from '../output.ts';
import { publishedDatabase } from '../published.ts';

const named = z.object({ database_id: z.string(), name: z.string(), row_kind: z.string() });

export const explain: Verb = {
  name: 'explain',
  summary: 'show on what every figure of one database rests, down to the row of the document',
  examples: [
    'csdl explain bao-hiem-that-nghiep',
    'csdl explain "tai nạn lao động"',
    'csdl explain nguoi-co-cong --json',
  ],
  declare(command) {
    command.argument('<database>', 'id of the database, or part of its name');
  },
  async run({ effects, options }, [wanted = '']) {
    const database = await Database.open({ path: publishedDatabase(options.out), readOnly: true });
    try {
      const explanation: Explanation = await readExplanation(database, await find(database, wanted));
      if (options.json) printJson(effects, explanation);
      else effects.stdout(explanationText(explanation));
    } finally {
      database.close();
    }
    return EXIT.ok;
  },
};

async function find(database: Database, wanted: string): Promise<string> {
  const all = await database.rows(named, 'SELECT database_id, name, row_kind FROM database ORDER BY database_id');
  const exact = all.find((d) => d.database_id === wanted);
  const text = wanted.normalize('NFC').toLowerCase();
  const found =
    exact === undefined
      ? all.filter((d) => d.name.toLowerCase().includes(text) || d.database_id.includes(text))
      : [exact];
  const [only, second] = found;
  if (only === undefined) {
    throw new Fault('usage/unknown-database', `no database is called "${wanted}"`, {
      exit: EXIT.usage,
      hint:
        didYouMean(
          wanted,
          all.map((d) => d.database_id),
        ) ?? 'csdl list databases shows all',
    });
  }
  if (second !== undefined) {
    throw new Fault(
      'usage/ambiguous-database',
      `"${wanted}" fits ${found.length} databases: ${found
        .slice(0, 8)
        .map((d) => d.database_id)
        .join(', ')}`,
      { exit: EXIT.usage, hint: 'give the id' },
    );
  }
  if (only.row_kind === 'umbrella') {
    throw new Fault('usage/umbrella', `"${only.database_id}" is a heading over its parts and is not scored`, {
      exit: EXIT.usage,
      hint: 'explain one of its parts: csdl sql "SELECT part_id FROM database_part"',
    });
  }
  return only.database_id;
}
