/** What `csdl profile --failing` prints: SQL the owner runs himself. Names of the contract; nothing of the data. */
import { EXIT, Fault } from '../../config/fault.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { FailingRows } from '../../scoring/quality/failing-rows.ts';
import type { MeasureInput } from '../stages/measure-contract.ts';
import { visible } from './visible.ts';

/** All, or that of one rule. @throws Fault `usage/unknown-rule` */
export function onlyRule(found: readonly FailingRows[], rule: string | undefined): readonly FailingRows[] {
  if (rule === undefined) return found;
  const one = found.filter(({ check }) => check.id === rule);
  if (one.length > 0) return one;
  const known = found.map(({ check }) => check.id);
  throw new Fault('usage/unknown-rule', `the contract has no rule "${rule}"`, {
    exit: EXIT.usage,
    hint: didYouMean(rule, known) ?? 'csdl profile --sql lists all of them',
  });
}

export function failingSql(found: readonly FailingRows[], { postgres, tables }: MeasureInput): string {
  const isServer = postgres !== undefined;
  const databases = tables.flatMap(({ location }) => (location.kind === 'duckdb' ? [location.path] : []));
  const head = [
    `-- ${isServer ? 'PostgreSQL' : 'DuckDB'}. For the owner of the data, to be run where they lie: what these list are rows of the data.`,
    ...[...new Set(databases)].map((path) => `-- open ${line(path)}`),
    ...tables.flatMap(({ id, location }) =>
      location.kind === 'arrow' ? [`-- register ${line(location.paths.join(', '))} as ${line(id)}`] : [],
    ),
    "SET TimeZone = 'Asia/Ho_Chi_Minh';",
    ...(isServer ? ['SET standard_conforming_strings = on;'] : []),
  ].join('\n');
  const queries = found.map(({ check, sql, note }) =>
    sql === null ? `-- ${line(check.id)}: no query: ${line(note)}` : `-- ${line(check.id)}: ${line(note)}\n${sql};`,
  );
  return `${[head, ...queries].join('\n\n')}\n`;
}

const line = (text: string): string => visible(text).replaceAll(/[\r\n]/g, ' ');
