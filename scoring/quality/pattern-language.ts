/**
 * What one pattern says of every text that another accepts, worked out on their automata: all of them, none of them, or
 * unknown. Unknown is always a right answer; the others are proofs.
 */
import type { Ranges } from './code-points.ts';
import { EVERYTHING } from './code-points.ts';
import type { PatternNode } from './pattern.ts';

/** Beyond this, asking costs more than knowing would save. */
const MOST_STATES = 1_500;
const MOST_STEPS = 30_000;

const ANYTHING: PatternNode = { is: 'repeat', item: { is: 'set', ranges: EVERYTHING }, min: 0, max: null };

/** The texts in which a pattern is found, as a tree of the whole text. */
export const anywhere = (node: PatternNode): PatternNode => ({ is: 'sequence', items: [ANYTHING, node, ANYTHING] });

interface Automaton {
  /** By state: where a character of a set leads; where one gets without reading, and only at an end of the text. */
  readonly reads: (readonly [set: number, to: number][])[];
  readonly free: (readonly [to: number, at: 'start' | 'end' | null][])[];
  readonly first: number;
  readonly last: number;
}

class TooLarge extends Error {}

/**
 * TRUE where `question` accepts every text that `texts` does, FALSE where it accepts none of them; both are of the whole text.
 * Undefined where it differs, where there is no such text, or where it is not worked out.
 */
export function verdictOver(texts: PatternNode, question: PatternNode): boolean | undefined {
  try {
    const sets: Ranges[] = [];
    const [given, asked] = [build(texts, sets), build(question, sets)];
    return compare(given, asked, classesOf(sets));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Every pair of a state of the one and the states the other may be in then: what the other says where the one accepts. */
function compare(given: Automaton, asked: Automaton, classes: readonly ReadonlySet<number>[]): boolean | undefined {
  const seen = new Set<string>();
  const queue: (readonly [number, readonly number[], boolean])[] = [];
  const visit = (state: number, others: readonly number[], atStart: boolean): void => {
    const key = `${state}:${others.join()}:${atStart}`;
    if (seen.has(key)) return;
    if (seen.size >= MOST_STEPS) throw new TooLarge();
    seen.add(key);
    queue.push([state, others, atStart]);
  };
  let verdict: boolean | undefined;
  const begin = closure(asked, [asked.first], true, false);
  for (const state of closure(given, [given.first], true, false)) visit(state, begin, true);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [state, others, atStart] = next;
    if (closure(given, [state], atStart, true).includes(given.last)) {
      const says = closure(asked, others, atStart, true).includes(asked.last);
      if (verdict !== undefined && says !== verdict) return undefined;
      verdict = says;
    }
    for (const [set, to] of given.reads[state] ?? [])
      for (const members of classes) {
        if (!members.has(set)) continue;
        const reached = others.flatMap((o) =>
          (asked.reads[o] ?? []).filter(([s]) => members.has(s)).map(([, target]) => target),
        );
        const then = closure(asked, reached, false, false);
        for (const target of closure(given, [to], false, false)) visit(target, then, false);
      }
  }
  return verdict;
}

/** The states reached without reading a character, sorted. */
function closure(of: Automaton, from: readonly number[], atStart: boolean, atEnd: boolean): readonly number[] {
  const reached = new Set(from);
  for (const state of reached)
    for (const [to, at] of of.free[state] ?? []) if (at === null || (at === 'start' ? atStart : atEnd)) reached.add(to);
  return [...reached].sort((a, b) => a - b);
}

/** @throws TooLarge also for what an automaton of this kind cannot say */
function build(node: PatternNode, sets: Ranges[]): Automaton {
  const reads: [number, number][][] = [];
  const free: [number, 'start' | 'end' | null][][] = [];
  const state = (): number => {
    if (reads.length >= MOST_STATES) throw new TooLarge();
    free.push([]);
    return reads.push([]) - 1;
  };
  const skip = (from: number, to: number, at: 'start' | 'end' | null = null): void => {
    free[from]?.push([to, at]);
  };
  /** From a state, through the tree, to the state returned. */
  const add = (one: PatternNode, from: number): number => {
    switch (one.is) {
      case 'set': {
        const to = state();
        reads[from]?.push([numberOf(one.ranges, sets), to]);
        return to;
      }
      case 'sequence':
        return one.items.reduce((at, item) => add(item, at), from);
      case 'choice': {
        const to = state();
        for (const option of one.options) {
          // A beginning of its own: a loop in one option must not lead into another.
          const begin = state();
          skip(from, begin);
          skip(add(option, begin), to);
        }
        return to;
      }
      case 'repeat': {
        let at = from;
        for (let i = 0; i < one.min; i++) at = add(one.item, at);
        if (one.max === null) {
          const loop = state();
          skip(at, loop);
          skip(add(one.item, loop), loop);
          return loop;
        }
        const to = state();
        for (let i = one.min; i < one.max; i++) {
          skip(at, to);
          at = add(one.item, at);
        }
        skip(at, to);
        return to;
      }
      case 'start':
      case 'end': {
        const to = state();
        skip(from, to, one.is);
        return to;
      }
      case 'boundary':
        throw new TooLarge();
    }
  };
  const first = state();
  const last = add(node, first);
  return { reads, free, first, last };
}

function numberOf(ranges: Ranges, sets: Ranges[]): number {
  const at = sets.findIndex((set) => set === ranges || JSON.stringify(set) === JSON.stringify(ranges));
  return at >= 0 ? at : sets.push(ranges) - 1;
}

/** Characters that no set tells apart are one class: for each, the sets that hold it. */
function classesOf(sets: readonly Ranges[]): readonly ReadonlySet<number>[] {
  const cuts = [...new Set(sets.flat().flatMap(([from, to]) => [from, to + 1]))].sort((a, b) => a - b);
  const classes = new Map<string, ReadonlySet<number>>();
  const next = sets.map(() => 0);
  for (const code of cuts) {
    const members: number[] = [];
    for (const [i, set] of sets.entries()) {
      let at = next[i] ?? 0;
      while ((set[at]?.[1] ?? code) < code) at++;
      next[i] = at;
      if ((set[at]?.[0] ?? code + 1) <= code) members.push(i);
    }
    if (members.length > 0) classes.set(members.join(), new Set(members));
  }
  return [...classes.values()];
}
