/** Finds the rules over rows: every file of rules/, in sorted order, checked for shape. */
import { readdirSync } from 'node:fs';
import { Fault } from '../../config/fault.ts';
import type { RowRule, RuleRegistry } from './rule.ts';

const folder = new URL('./rules/', import.meta.url);

/** All rules by id. A file whose id is not its name, or that lacks a part of `RowRule`, is a bug. */
export async function discoverRules(): Promise<RuleRegistry> {
  const found = new Map<string, RowRule>();
  const files = readdirSync(folder).filter((file) => /(?<!\.d)\.(js|ts)$/.test(file));
  for (const file of files.sort()) {
    const id = file.replace(/\.(js|ts)$/, '');
    const { default: rule } = (await import(new URL(file, folder).href)) as { default?: RowRule };
    if (rule?.id !== id || typeof rule.sql !== 'function' || typeof rule.reference !== 'function')
      throw new Fault('rule/wrong-shape', `scoring/quality/rules/${file} is not a rule named "${id}"`);
    found.set(id, rule);
  }
  return found;
}
