/** Two databases, three sources and a first night, from which the tests of single factors start. */
import { expect } from 'vitest';
import type { Config } from '../../config/load.ts';
import type { Factor } from '../../pipeline/database/step-figures.ts';
import { afterEachFile } from './left-behind.ts';
import { type Fact, settingsOf } from './night.ts';
import { added, minus, type NightDone, type NightGiven, Nights } from './nights.ts';

const open: Nights[] = [];
afterEachFile(() => {
  for (const nights of open.splice(0)) nights.close();
});

const DATABASES = [
  { database_id: 'a', update_frequency: 'P30D', sync_schedule: 'P7D', holds_persons: 'yes' as const },
  { database_id: 'b' },
];

/** Settings with sources mot (documents), do (measured) and hai. */
export function settings(change: (config: Config) => void = () => {}): Config {
  return settingsOf({
    databases: DATABASES,
    settings: (config) => {
      const [first] = config.sources.sources;
      if (first === undefined) throw new Error('no source');
      config.sources.sources = ['mot', 'hai', 'do'].map((id) => ({ ...first, id, required: false }));
      config.sources.measure = [];
      change(config);
    },
  });
}

export const said = (about: string, attribute: string, state: string, rest: Partial<Fact> = {}): Fact => ({
  about,
  attribute,
  state,
  observed: '2026-06-29',
  stated: '2026-06-29',
  ...rest,
});
export const measured = (day: string, rest: Partial<Fact> = {}): Fact => ({
  about: 'a',
  attribute: 'quality.validity',
  number: 9,
  of: 10,
  grade: 'E4',
  saidBy: 'system',
  observed: day,
  stated: day,
  ...rest,
});

const FACTS: Fact[] = [
  said('a', 'c12.connection', 'one_way'),
  said('a', 'software.state', 'operating'),
  said('a', 'update.mode', 'auto', { grade: 'E1' }),
  { about: 'a', attribute: 'checklist.met', number: 13, of: 19, observed: '2026-06-29', stated: '2026-06-29' },
  said('b', 'c06.cleaning', 'in_progress'),
];
export const base = (): NightGiven => ({
  asOf: '2026-06-29',
  config: settings(),
  sources: { mot: FACTS, hai: [], do: [measured('2026-06-29')] },
});
export const QUIET = { mot: [], hai: [], do: [] };
export const next = (rest: Partial<NightGiven> = {}): NightGiven => ({
  asOf: '2026-06-30',
  config: settings(),
  sources: QUIET,
  ...rest,
});

/** Runs nights one after another; the parts of the last must add up, and its factors are given back. */
export async function nightsOf(...list: (NightGiven | ((done: NightDone[]) => NightGiven))[]): Promise<NightDone[]> {
  const nights = await Nights.open();
  open.push(nights);
  const done: NightDone[] = [];
  for (const night of list) {
    const given = typeof night === 'function' ? night(done) : night;
    done.push(await nights.run(given));
    const before = await nights.dayBefore(given.asOf);
    const last = done.at(-1);
    if (before === null || last === undefined || last.refusal !== null || given.withheld) continue;
    expect(added(last.parts)).toEqual(minus(await nights.published(given.asOf), await nights.published(before)));
    // The same comparison from the log and the kept settings says the same.
    const difference = await nights.difference(before, given.asOf);
    for (const part of last.parts)
      expect(
        difference.rows.find(
          (r) => r.database_id === part.database_id && r.pillar === part.pillar && r.figure === 'floor',
        )?.[part.factor] ?? 0,
      ).toBe(part.floor_tenths / 10);
  }
  return done;
}

export const factorsOf = (done: readonly NightDone[]): Factor[] => [
  ...new Set(done.at(-1)?.parts.map((part) => part.factor)),
];
