/** What is typed on the command line: statements, days, percentages, whole command lines; and what is shown on a terminal. */
import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { isDay } from '../../../config/schema/parts.ts';
import { parseDay, parsePercent, parseTime } from '../../../pipeline/cli/options.ts';
import { table } from '../../../pipeline/cli/output.ts';
import { runProgram } from '../../../pipeline/cli/program.ts';
import { cutStatements } from '../../../pipeline/cli/sql-statements.ts';
import { visible } from '../../../pipeline/cli/visible.ts';
import { HOSTILE, texts } from '../inputs.ts';
import { scratch } from '../samples.ts';
import { must, type Targets, text } from '../target.ts';

const SQL = ["SELECT 'a;b'; SELECT 2 -- ; x\n;", 'SELECT $a$ ; $a$ /* ; */ ; .tables', "SELECT e'\\';' , \"x;y\";"];
const SQL_WORDS = ["'", '"', ';', '--', '\n', '/*', '*/', '$$', '$a$', "e'", '\\', 'SELECT ', '.mode csv', ' '];
const FLAGS = [
  '--json',
  '--as-of',
  '2026-06-29',
  '--known-at',
  '--out',
  '--edition',
  'chia_se',
  '--config',
  '-q',
  '--log-format',
  'none',
  '--limit',
  'nguoi-co-cong',
  'databases',
];
/** Verbs that read and end (a system passes no zero byte on); what they are pointed at is not there. */
const VERBS = ['list', 'sql', 'explain', 'export', 'score', 'diff', 'report', 'check', 'verify', 'sq', ''];

export const targets: Targets = {
  'CLI: statements of the prompt': () =>
    text({
      inputs: texts(SQL, SQL_WORDS),
      feed: (input) => {
        const { whole, rest } = cutStatements(input);
        for (const one of whole) {
          must(one !== '' && input.includes(one), 'a statement stands in the input');
          const again = cutStatements(`${one};`);
          must(again.whole.length <= 1 || /--|\/\*|\$|'|"/.test(one), 'one statement is one');
        }
        must(input.includes(rest.trimEnd()), 'what is left stands in the input');
      },
    }),
  'CLI: days, times and percentages': () =>
    text({
      inputs: texts(
        ['2026-06-29', '2026-06-29T08:00:00+07:00', '90', '99.5'],
        ['-', ':', 'T', 'Z', '+', '.', '0', '9', '31', ' ', 'e', '0x'],
      ),
      refuses: [InvalidArgumentError],
      feed: (input) => {
        for (const parse of [
          () => must(isDay(parseDay(input)), 'a day'),
          () => must(Number.isFinite(parseTime(input).getTime()), 'a time'),
          () => must(parsePercent(input) >= 0 && parsePercent(input) <= 100, 'a percentage'),
        ]) {
          try {
            parse();
          } catch (error) {
            if (!(error instanceof InvalidArgumentError)) throw error;
          }
        }
      },
    }),
  'CLI: what is shown': () =>
    text({
      inputs: fc.array(
        fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(texts(SQL, SQL_WORDS), fc.integer(), fc.constant(null))),
        { maxLength: 4 },
      ),
      feed: (rows) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
        const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
        must(!control.test(table(rows, ['a', 'b'])), 'no control character reaches a terminal');
        for (const row of rows)
          for (const value of Object.values(row)) must(!control.test(visible(String(value))), 'nor alone');
      },
    }),
  'CLI: command lines': () => ({
    ...text({
      limitMs: 5_000,
      inputs: fc.tuple(
        fc.constantFrom(...VERBS),
        fc.array(
          fc.oneof(fc.constantFrom(...FLAGS), fc.constantFrom(...HOSTILE.filter((word) => !word.includes('\0')))),
          { maxLength: 6 },
        ),
      ),
      feed: async ([verb, flags]) => {
        const said: string[] = [];
        const exit = await runProgram([verb, ...flags, '--out', `${scratch}/none`], {
          stdout: (piece) => void said.push(String(piece)),
          stderr: (words) => void said.push(words),
          isTerminal: false,
          environment: {},
          now: () => new Date('2026-06-29T00:00:00Z'),
          signal: new AbortController().signal,
        });
        must([0, 2, 3, 4].includes(exit), `exit ${exit}: ${said.join('')}`);
      },
    }),
    // A whole program a line: thousands, as of files.
    kind: 'file',
  }),
};
