/** csdl reconcile: the same records in two places, compared by salted hashes; only counts come back. */
import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { ConfigFault, EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { loadConfig } from '../../../config/load.ts';
import { didYouMean } from '../../../config/nearest.ts';
import { planReconciliations, reconcileInput } from '../../stages/plan-reconcile.ts';
import {
  placeInFiles,
  placeOnServer,
  type ReconcileInput,
  type RecordPlace,
  reconcilePlaces,
} from '../../stages/reconcile-places.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { parsePercent } from '../options.ts';
import { printJson } from '../output.ts';
import { addressOf, isAddress, tableOfAddress } from '../postgres-address.ts';
import { reconcileJson, reconcileText } from '../reconcile-output.ts';

interface Flags {
  readonly left?: string;
  readonly right?: string;
  readonly key?: readonly string[];
  readonly column?: readonly string[];
  readonly tidy?: boolean;
  readonly failUnder?: number;
}

export const reconcile: Verb = {
  name: 'reconcile',
  summary: 'compare the same records in two places (files, DuckDB, PostgreSQL); only counts come back',
  examples: [
    'csdl reconcile --left nguoi_co_cong.parquet --right ban_sao_c12.csv --key so_dinh_danh --column ho_ten ngay_sinh',
    "csdl reconcile --left register.duckdb#main.nguoi --right 'reply/*.parquet' --key so_dinh_danh=SoDDCN --tidy",
    "csdl reconcile --left 'postgresql://reader@db.example/ncc?table=nguoi' --right copy.parquet --key id --json",
    'csdl reconcile ncc-c06 --config my-config --fail-under 99.5     # an entry of sources.yaml, as the night runs it',
  ],
  declare(command: Command) {
    command
      .argument('[id]', 'an entry under reconcile in sources.yaml, instead of --left, --right and --key')
      .option(
        '--left <where>',
        'the records that are checked: file, glob, folder of Parquet, FILE.duckdb#TABLE, or postgresql://…?table=NAME (password in PGPASSWORD_LEFT, or PGPASSWORD)',
      )
      .option('--right <where>', 'what they are checked against; likewise (PGPASSWORD_RIGHT, or PGPASSWORD)')
      .option('--key <names...>', 'columns of the key; LEFT=RIGHT where the places call one differently')
      .option('--column <names...>', 'columns to compare where the key is on both sides; likewise')
      .option('--tidy', 'compare texts in Unicode normal form C and without spaces at either end', false)
      .option('--fail-under <percent>', 'exit 4 when fewer of the checked records are alike', parsePercent);
  },
  async run(context, [id], given) {
    const flags = given as Flags;
    const { effects, options } = context;
    const input = id === undefined ? fromFlags(context, flags) : fromSettings(context, id, flags);
    const result = await reconcilePlaces(input);
    if (options.json) printJson(effects, reconcileJson(result, id ?? null));
    else effects.stdout(`${reconcileText(result, input)}\n`);
    return exitOf(context, result, flags.failUnder);
  },
};

function fromSettings({ effects, options }: Context, id: string, flags: Flags): ReconcileInput {
  if (flags.left !== undefined || flags.right !== undefined || flags.key !== undefined)
    throw new Fault('usage/two-ways', 'an entry of the settings and places of its own, both', {
      exit: EXIT.usage,
      hint: 'either csdl reconcile ID, or --left, --right and --key',
    });
  const loaded = loadConfig(options.config, effects.environment);
  const problems: ConfigFault['problems'][number][] = [];
  const planned = planReconciliations(loaded, problems);
  if (problems.length > 0) throw new ConfigFault(problems);
  const found = planned.find(({ setting }) => setting.id === id);
  if (found === undefined)
    throw new Fault('usage/unknown-reconciliation', `sources.yaml has no reconciliation "${id}"`, {
      exit: EXIT.usage,
      hint:
        didYouMean(
          id,
          planned.map(({ setting }) => setting.id),
        ) ?? 'entries stand under reconcile in sources.yaml',
    });
  return reconcileInput(found, { scratch: tmpdir(), signal: effects.signal });
}

function fromFlags({ effects }: Context, flags: Flags): ReconcileInput {
  const { left, right, key } = flags;
  if (left === undefined || right === undefined || key === undefined)
    throw new Fault('usage/no-place', `missing: ${missing({ left, right, key }).join(', ')}`, {
      exit: EXIT.usage,
      hint: 'csdl reconcile --left WHERE --right WHERE --key NAME, or csdl reconcile ID for an entry of sources.yaml',
    });
  return {
    left: placeFrom(left, 'left', effects.environment),
    right: placeFrom(right, 'right', effects.environment),
    key,
    columns: flags.column ?? [],
    tidy: flags.tidy ?? false,
    salt: saltFrom(effects.environment.CSDL_RECONCILE_SALT),
    scratch: tmpdir(),
    signal: effects.signal,
  };
}

const missing = (given: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(given).flatMap(([name, value]) => (value === undefined ? [`--${name}`] : []));

function saltFrom(salt: string | undefined): string | undefined {
  if (salt !== undefined && salt.length < 16)
    throw new Fault('usage/weak-salt', 'CSDL_RECONCILE_SALT has fewer than 16 characters', {
      exit: EXIT.usage,
      hint: 'leave it out: a random salt is made for each run',
    });
  return salt;
}

function placeFrom(text: string, side: 'left' | 'right', environment: NodeJS.ProcessEnv): RecordPlace {
  if (!isAddress(text)) return placeInFiles(text, '.', side);
  const own = side === 'left' ? environment.PGPASSWORD_LEFT : environment.PGPASSWORD_RIGHT;
  const postgres = addressOf(text, own ?? environment.PGPASSWORD);
  const table = tableOfAddress(text);
  if (table === null || table === '')
    throw new Fault('usage/which-table', `the ${side} address names no table`, {
      exit: EXIT.usage,
      hint: 'postgresql://USER@HOST/DATABASE?table=NAME, and &schema=NAME where it is not public',
    });
  return placeOnServer(postgres, table, side);
}

function exitOf(
  { effects }: Context,
  { alike, checked }: { alike: number; checked: number },
  bar: number | undefined,
): ExitCode {
  if (bar === undefined || (checked > 0 && 100 * alike >= bar * checked)) return EXIT.ok;
  effects.stderr(checked === 0 ? 'nothing was checked\n' : `${alike} of ${checked} are alike, below ${bar}%\n`);
  return EXIT.gate;
}
