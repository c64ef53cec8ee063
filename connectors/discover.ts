/** Finds the connectors: every file of sources/, in sorted order, checked for shape. */
import { readdirSync } from 'node:fs';
import { Fault } from '../config/fault.ts';
import type { Connector } from './contract.ts';

const folder = new URL('./sources/', import.meta.url);

/** Id → file below sources/, in the order of the ids. */
function connectorFiles(): Map<string, string> {
  const found = new Map<string, string>();
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = entry.isDirectory() ? `${entry.name}/${entry.name}${import.meta.url.slice(-3)}` : entry.name;
    if (/\.(js|ts)$/.test(file)) found.set(entry.name.replace(/\.(js|ts)$/, ''), file);
  }
  return found;
}

/** Ids of all connectors. */
export function connectorIds(): string[] {
  return [...connectorFiles().keys()];
}

/**
 * Connectors by id. A file whose id is not its name, or that lacks a part of the contract, is a bug.
 * @param used ids of those to be loaded, others than connectors among them or not; all when not given. What reads documents and
 *   logs takes a quarter of a second to load, so a night loads what its sources name.
 */
export async function discoverConnectors(used?: ReadonlySet<string>): Promise<Map<string, Connector>> {
  const found = new Map<string, Connector>();
  for (const [id, file] of connectorFiles()) {
    if (used !== undefined && !used.has(id)) continue;
    const module = (await import(new URL(file, folder).href)) as { default?: Connector };
    const connector = module.default;
    if (connector?.id !== id || typeof connector.collect !== 'function' || connector.options === undefined) {
      throw new Fault('connector/wrong-shape', `connectors/sources/${file} is not a connector named "${id}"`);
    }
    found.set(id, connector);
  }
  return found;
}
