/** csdl profile: what a data contract says of the records, measured where they lie; only counts come back. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { mask } from '../../../config/interpolate.ts';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { localClock } from '../../../config/time.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { locateData, locateOnServer } from '../../stages/locate-data.ts';
import {
  failingOf,
  type MeasureInput,
  type Measurement,
  measureContract,
  planContract,
} from '../../stages/measure-contract.ts';
import { contractPath, openContract, whereIs } from '../../stages/plan-measure.ts';
import { suggestContract } from '../../stages/suggest-contract.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { problemLine } from '../explain.ts';
import { failingSql, onlyRule } from '../failing-output.ts';
import { parseDay, parsePercent } from '../options.ts';
import { printJson } from '../output.ts';
import { addressOf, isAddress } from '../postgres-address.ts';
import { profileJson, profileJunit, profileSql, profileText } from '../profile-output.ts';

interface Flags {
  readonly contract?: string;
  readonly data?: readonly string[];
  readonly junit?: string;
  readonly sql?: boolean;
  readonly failing?: boolean | string;
  readonly asOf?: string;
  readonly failUnder?: number;
  readonly suggest?: string;
}

export const profile: Verb = {
  name: 'profile',
  summary: 'measure records against a data contract (ODCS v3), or propose a contract for data',
  examples: [
    'csdl profile --contract contracts/nguoi-lao-dong.yaml --data nguoi_lao_dong.parquet',
    'csdl profile --config my-config --contract nguoi-lao-dong.yaml --json --fail-under 90',
    'csdl profile --contract c.yaml --data a=a.csv --data b=b.parquet --junit report.xml',
    'csdl profile --contract c.yaml --data postgresql://reader@db.example/register --sql',
    'csdl profile --contract c.yaml --data rows.parquet --failing id_form > rows-that-fail.sql',
    'csdl profile --suggest nguoi_lao_dong.parquet > contracts/new.yaml',
  ],
  declare(command: Command) {
    command
      .option('--contract <file>', 'the contract: a file, or its name in contracts/ of the settings')
      .option(
        '--data <where>',
        'file, glob, folder, DuckDB file, postgresql:// address, or TABLE=PATH; may be repeated (default: sources.yaml, then the contract)',
        (value: string, before: readonly string[] = []) => [...before, value],
      )
      .option('--as-of <date>', 'the day of the data, when they are a copy (default: now)', parseDay)
      .option('--junit <file>', 'write the result as JUnit XML, too')
      .option('--sql', 'print the queries and run nothing')
      .option(
        '--failing [rule]',
        'print, for the owner to run, the query that lists the failing rows of one rule or of all; run nothing',
      )
      .option('--fail-under <points>', 'exit 4 when the quality index is below this, or unknown', parsePercent)
      .option('--suggest <path>', 'propose a contract for the data at this path; no value is printed');
  },
  async run(context, _args, given) {
    const flags = given as Flags;
    if (flags.suggest !== undefined) return suggest(context, flags.suggest);
    if (flags.contract === undefined)
      throw new Fault('usage/no-contract', 'no contract was named', {
        exit: EXIT.usage,
        hint: '--contract FILE, or --suggest PATH',
      });
    const { effects, options } = context;
    const { input, method, title } = await prepare(context, flags.contract, flags);
    if (flags.sql === true) {
      effects.stdout(profileSql(await planContract(input)));
      return EXIT.ok;
    }
    if (flags.failing !== undefined && flags.failing !== false) {
      const found = onlyRule(await failingOf(input), flags.failing === true ? undefined : flags.failing);
      if (options.json)
        printJson(
          effects,
          found.map(({ check, ...query }) => ({ rule_id: check.id, ...query })),
        );
      else effects.stdout(failingSql(found, input));
      return EXIT.ok;
    }
    const measurement = await measureContract(input);
    if (flags.junit !== undefined) writeFileSync(resolve(flags.junit), profileJunit(measurement));
    if (options.json) printJson(effects, profileJson(measurement, method));
    else effects.stdout(`${profileText(measurement, { title })}\n`);
    return exitOf(context, measurement, flags.failUnder);
  },
};

/** Everything that can be wrong is found before the data are touched. */
async function prepare(
  context: Context,
  named: string,
  flags: Flags,
): Promise<{ input: MeasureInput; method: string; title: string }> {
  const { effects, options, log } = context;
  const loaded = loadConfig(options.config, effects.environment);
  const { scoring } = loaded.config;
  const rules = await discoverRules();
  const path = contractPath(loaded, named);
  const { contract, problems } = openContract(path, rules);
  for (const problem of problems)
    effects.stderr(`${problem.severity}: ${mask(problemLine(problem), loaded.secrets)}\n`);
  const where =
    flags.data === undefined ? whereIs(loaded, contract, path) : fromFlags(flags.data, contract, effects.environment);
  if (where === null)
    throw new Fault('usage/no-data', `nothing says where the data of ${contract.id} lie`, {
      exit: EXIT.usage,
      hint: '--data PATH, or an entry under measure in sources.yaml',
    });
  const asOf = flags.asOf ?? where.asOf;
  const input: MeasureInput = {
    contract,
    tables: where.tables,
    postgres: where.postgres,
    rules,
    thresholds: scoring.quality.thresholds,
    now: asOf === undefined ? localClock(effects.now()) : `${asOf}T23:59:59`,
    scratch: tmpdir(),
    signal: effects.signal,
    onProgress: ({ done, of, table, kind }) => log.info('profile.query', { query: done + 1, of, table, kind }),
  };
  const labels = new Labels(loaded.config.labels);
  return {
    input,
    method: `${scoring.quality.method.id} ${scoring.quality.method.version}`,
    title: labels.text('quality', 'index_title'),
  };
}

type Where = NonNullable<ReturnType<typeof whereIs>>;

function fromFlags(data: readonly string[], contract: MeasureInput['contract'], environment: NodeJS.ProcessEnv): Where {
  const [only = ''] = data;
  if (data.length === 1 && isAddress(only)) {
    const postgres = addressOf(only, environment.PGPASSWORD);
    return { tables: locateOnServer(contract, 'data', postgres.schema), postgres, asOf: undefined };
  }
  const pairs = data.map((text) => /^([^=/\\]+)=(.+)$/s.exec(text));
  const isNamed = (pair: RegExpExecArray | null): pair is RegExpExecArray =>
    pair !== null && (data.length > 1 || contract.tables.some((t) => t.id === pair[1]));
  if (!pairs.every(isNamed)) {
    if (data.length > 1)
      throw new Fault('usage/which-table', 'several --data, and not each names its table', {
        exit: EXIT.usage,
        hint: 'write --data TABLE=PATH',
      });
    return { tables: locateData(contract, only, '.'), postgres: undefined, asOf: undefined };
  }
  const choice = Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
  return { tables: locateData(contract, choice, '.'), postgres: undefined, asOf: undefined };
}

function exitOf({ effects }: Context, { index, rules }: Measurement, bar: number | undefined): ExitCode {
  if (bar !== undefined && (index.index === null || index.index < bar)) {
    effects.stderr(`the quality index is ${index.index ?? 'unknown'}, below ${bar}\n`);
    return EXIT.gate;
  }
  const without = rules.filter(({ state }) => state === 'collector_failed' || state === 'unknown');
  if (without.length === 0) return EXIT.ok;
  effects.stderr(`${without.length} of ${rules.length} rules have no answer\n`);
  return EXIT.source;
}

async function suggest({ effects, log }: Context, path: string): Promise<ExitCode> {
  log.info('profile.suggest', { file: basename(path) });
  effects.stdout(
    await suggestContract({
      path,
      rules: await discoverRules(),
      now: localClock(effects.now()),
      scratch: tmpdir(),
      signal: effects.signal,
    }),
  );
  return EXIT.ok;
}
