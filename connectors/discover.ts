/** Finds the connectors: every file of sources/, in sorted order, checked for shape. */
import { readdirSync } from 'node:fs';
import { Fault } from '../config/fault.ts';
import type { Connector } from './contract.ts';

const folder = new URL('./sources/', import.meta.url);

/** All connectors by id. A file whose id is not its name, or that lacks a part of the contract, is a bug. */
export async function discoverConnectors(): Promise<Map<string, Connector>> {
  const found = new Map<string, Connector>();
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = entry.isDirectory() ? `${entry.name}/${entry.name}${import.meta.url.slice(-3)}` : entry.name;
    if (!/\.(js|ts)$/.test(file)) continue;
    const id = entry.name.replace(/\.(js|ts)$/, '');
    const module = (await import(new URL(file, folder).href)) as { default?: Connector };
    const connector = module.default;
    if (connector?.id !== id || typeof connector.collect !== 'function' || connector.options === undefined) {
      throw new Fault('connector/wrong-shape', `connectors/sources/${file} is not a connector named "${id}"`);
    }
    found.set(id, connector);
  }
  return found;
}
