/**
 * The prompt of `csdl sql`: statements end with `;`, commands begin with a dot. Rule: each statement passes the safe
 * reader by itself, and a fault ends a file of statements, but never a prompt.
 */
import { createInterface } from 'node:readline';
import { EXIT, type ExitCode, Fault } from '../../config/fault.ts';
import { columnsQuery, TABLES_QUERY } from '../database/published-names.ts';
import type { SafeResult } from '../database/safe-reader.ts';
import type { Effects } from './effects.ts';
import type { Keyboard } from './keyboard.ts';
import { printResult, SQL_MODES, type SqlMode } from './sql-output.ts';
import { cutStatements } from './sql-statements.ts';

export interface PromptOptions {
  effects: Effects;
  keyboard: Keyboard;
  mode: SqlMode;
  /** The safe reader, on the publication of the moment. @throws Fault */
  query(sql: string, signal: AbortSignal): Promise<SafeResult>;
  /** Tells a fault on stderr. */
  explain(error: unknown): ExitCode;
}

const HELP = `Statements end with ; and may take several lines. Only queries are run, nothing is changed.
  .tables               tables and views, with what they hold
  .schema TABLE         columns of a table, with what they mean
  .mode table|csv|json  how results are printed
  .help                 this list
  .quit                 ends (also Ctrl+D); Ctrl+C stops a statement
`;

/** Runs what comes in until it ends or `.quit`. @returns exit code; at a prompt always 0 */
export async function promptForSql(options: PromptOptions): Promise<ExitCode> {
  const { keyboard, effects } = options;
  const session = new Session(options);
  const lines = createInterface({
    input: keyboard.input,
    ...(keyboard.isTerminal ? { output: keyboard.echo, historySize: 500, removeHistoryDuplicates: true } : {}),
    terminal: keyboard.isTerminal,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const prompt = (): void => {
    if (!keyboard.isTerminal || session.isOver) return;
    lines.setPrompt(session.isWaiting ? ' ...> ' : 'csdl> ');
    lines.prompt();
  };
  lines.on('SIGINT', () => {
    // Whoever waits for the statement prompts when it has stopped.
    if (session.interrupt()) return;
    keyboard.echo.write('\n');
    for (const name of ['e', 'u']) lines.write(null, { ctrl: true, name });
    prompt();
  });
  if (keyboard.isTerminal) keyboard.echo.write('.help lists the commands, .quit ends.\n');
  const stop = (): void => lines.close();
  effects.signal.addEventListener('abort', stop, { once: true });
  prompt();
  let work = Promise.resolve();
  lines.on('line', (line) => {
    work = work.then(async () => {
      await session.take(line);
      if (session.isOver) lines.close();
      else prompt();
    });
  });
  await new Promise<void>((resolve) => lines.once('close', resolve));
  if (effects.signal.aborted) session.interrupt();
  await work;
  await session.end();
  effects.signal.removeEventListener('abort', stop);
  if (keyboard.isTerminal) keyboard.echo.write('\n');
  return keyboard.isTerminal ? EXIT.ok : session.exit;
}

/** What was typed so far and how the last of it went. */
class Session {
  readonly #options: PromptOptions;
  #mode: SqlMode;
  #typed = '';
  #running: AbortController | undefined;
  exit: ExitCode = EXIT.ok;
  isOver = false;

  constructor(options: PromptOptions) {
    this.#options = options;
    this.#mode = options.mode;
  }

  /** A statement was begun and waits for its end. */
  get isWaiting(): boolean {
    return this.#typed !== '';
  }

  async take(line: string): Promise<void> {
    if (this.isOver) return;
    if (!this.isWaiting && line.trimStart().startsWith('.')) return this.#try(() => this.#command(line.trim()));
    const { whole, rest } = cutStatements(`${this.#typed}${this.isWaiting ? '\n' : ''}${line}`);
    this.#typed = rest;
    for (const statement of whole) await this.#try(() => this.#run(statement));
  }

  /** The last statement of a file needs no semicolon. */
  async end(): Promise<void> {
    const last = this.#typed;
    this.#typed = '';
    if (last !== '' && !this.isOver && !this.#options.keyboard.isTerminal) await this.#try(() => this.#run(last));
  }

  /** Stops what runs, or forgets what was begun. @returns whether something ran */
  interrupt(): boolean {
    this.#typed = '';
    this.#running?.abort();
    return this.#running !== undefined;
  }

  async #run(sql: string): Promise<void> {
    if (this.isOver) return;
    this.#running = new AbortController();
    try {
      printResult(this.#options.effects, await this.#options.query(sql, this.#running.signal), this.#mode);
    } finally {
      this.#running = undefined;
    }
  }

  async #command(line: string): Promise<void> {
    const [name = '', ...words] = line.replace(/;\s*$/, '').split(/\s+/);
    const [word = ''] = words;
    switch (name) {
      case '.quit':
      case '.exit':
        this.isOver = true;
        return;
      case '.help':
        this.#options.effects.stdout(HELP);
        return;
      case '.tables':
        return this.#run(TABLES_QUERY);
      case '.schema':
        return this.#schema(word);
      case '.mode':
        this.#mode = oneOf(word);
        return;
      default:
        throw usage(`${name} is not a command`, '.help lists them');
    }
  }

  async #schema(table: string): Promise<void> {
    if (!/^\w+$/.test(table)) throw usage('.schema needs the name of a table', '.tables lists them');
    await this.#run(columnsQuery(table));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.exit = this.#options.explain(error);
      // What follows in a file may rest on what failed.
      if (!this.#options.keyboard.isTerminal) this.isOver = true;
    }
  }
}

function oneOf(word: string): SqlMode {
  const mode = SQL_MODES.find((one) => one === word);
  if (mode === undefined) throw usage(`${word === '' ? 'nothing' : word} is no mode`, `.mode ${SQL_MODES.join('|')}`);
  return mode;
}

function usage(message: string, hint: string): Fault {
  return new Fault('usage/prompt', message, { exit: EXIT.usage, hint });
}
