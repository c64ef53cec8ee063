/** Contracts written in a test, read as files are. */
import { join } from 'node:path';
import { type ReadContract, readContract } from '../../scoring/quality/contract/read-contract.ts';
import { discoverRules } from '../../scoring/quality/discover-rules.ts';
import { folderWith } from './folders.ts';

const rules = await discoverRules();

export function contractFrom(text: string): ReadContract {
  return readContract(join(folderWith({ 'contract.yaml': text }), 'contract.yaml'), 'contract.yaml', rules);
}

const HEAD = 'apiVersion: v3.1.0\nkind: DataContract\nid: nguoi-lao-dong\nversion: 1.2.0\nstatus: active\n';

/** A contract with this schema (YAML, from column 1) and what follows it. */
export const contractWith = (schema: string, rest = ''): ReadContract =>
  contractFrom(`${HEAD}schema:\n${schema}\n${rest}`);

/** Lines of a table `t` with these properties, each one flow mapping. */
export const table = (properties: readonly string[], quality: readonly string[] = []): string =>
  [
    '  - name: t',
    ...(quality.length === 0 ? [] : ['    quality:', ...quality.map((q) => `      - ${q}`)]),
    '    properties:',
    ...properties.map((p) => `      - ${p}`),
  ].join('\n');

/** What the checks ask, in short: id → test, expectation, severity, dimension. */
export function shown({ contract, problems }: ReadContract): Record<string, unknown> {
  if (contract === null) return { problems: problems.map((p) => `${p.line}:${p.column} ${p.code}`) };
  return Object.fromEntries(contract.checks.map(({ check }) => [check.id, check.test]));
}

export const codes = ({ problems }: ReadContract, severity?: 'error' | 'warning'): string[] =>
  problems.filter((p) => severity === undefined || p.severity === severity).map((p) => p.code);
