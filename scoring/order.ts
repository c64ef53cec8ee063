/** Puts models into dependency order. Pure: edges come in, an order or the loop comes out. */
import { Fault } from '../config/fault.ts';

/**
 * @param needs for each name, the names it reads; names that are not keys are ignored (inputs)
 * @returns every key, each after all it reads; ties in sorted order, so the order never depends on the file system
 * @throws Fault `model/loop` printing the path of the loop
 */
export function dependencyOrder(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) {
      const loop = [...path.slice(path.indexOf(name)), name].join(' → ');
      throw new Fault('model/loop', `models read each other in a loop: ${loop}`);
    }
    for (const need of [...(needs.get(name) ?? [])].sort()) if (needs.has(need)) visit(need, [...path, name]);
    done.add(name);
    order.push(name);
  };
  for (const name of [...needs.keys()].sort()) visit(name, []);
  return order;
}
