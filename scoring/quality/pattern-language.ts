/**
 * What one pattern says of every text that another accepts, worked out on their automata: all of them, none of them, or
 * unknown. Unknown is always a right answer; the others are proofs.
 */
import { EVERYTHING, type Ranges } from './code-points.ts';
import type { PatternNode } from './pattern.ts';

/** Beyond this, asking costs more than knowing would save. */
const MOST_STATES = 600;
const MOST_STEPS = 2_500;

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
  const others = new Situations(asked);
  const seen = new Set<number>();
  const queue: (readonly [state: number, situation: number, atStart: boolean])[] = [];
  const visit = (state: number, situation: number, atStart: boolean): void => {
    const pair = (situation * MOST_STATES + state) * 2 + Number(atStart);
    if (seen.has(pair)) return;
    if (seen.size >= MOST_STEPS) throw new TooLarge();
    seen.add(pair);
    queue.push([state, situation, atStart]);
  };
  let verdict: boolean | undefined;
  const begin = others.number([asked.first], true);
  for (const state of closure(given, [given.first], true, false)) visit(state, begin, true);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [state, situation, atStart] = next;
    if (closure(given, [state], atStart, true).has(given.last)) {
      const says = others.accepts(situation, atStart);
      if (verdict !== undefined && says !== verdict) return undefined;
      verdict = says;
    }
    for (const [set, to] of given.reads[state] ?? []) {
      const targets = closure(given, [to], false, false);
      for (const [i, members] of classes.entries()) {
        if (!members.has(set)) continue;
        const then = others.after(situation, i, members);
        for (const target of targets) visit(target, then, false);
      }
    }
  }
  return verdict;
}

/** The sets of states an automaton may be in, each found once. */
class Situations {
  readonly #of: Automaton;
  readonly #states: ReadonlySet<number>[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #after = new Map<number, number>();

  constructor(of: Automaton) {
    this.#of = of;
  }

  number(from: Iterable<number>, atStart: boolean): number {
    const states = closure(this.#of, from, atStart, false);
    const key = [...states].sort((a, b) => a - b).join();
    const known = this.#numbers.get(key) ?? this.#states.push(states) - 1;
    this.#numbers.set(key, known);
    return known;
  }

  after(situation: number, character: number, members: ReadonlySet<number>): number {
    const step = situation * 1_000 + character;
    const known = this.#after.get(step);
    if (known !== undefined) return known;
    const reached = new Set<number>();
    for (const state of this.#states[situation] ?? [])
      for (const [set, to] of this.#of.reads[state] ?? []) if (members.has(set)) reached.add(to);
    const then = this.number(reached, false);
    this.#after.set(step, then);
    return then;
  }

  accepts(situation: number, atStart: boolean): boolean {
    return closure(this.#of, this.#states[situation] ?? [], atStart, true).has(this.#of.last);
  }
}

/** The states reached without reading a character. */
function closure(of: Automaton, from: Iterable<number>, atStart: boolean, atEnd: boolean): ReadonlySet<number> {
  const reached = new Set(from);
  for (const state of reached)
    for (const [to, at] of of.free[state] ?? []) if (at === null || (at === 'start' ? atStart : atEnd)) reached.add(to);
  return reached;
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

const keys = new WeakMap<Ranges, string>();

function numberOf(ranges: Ranges, sets: Ranges[]): number {
  const keyOf = (set: Ranges): string => {
    const key = keys.get(set) ?? set.join(';');
    keys.set(set, key);
    return key;
  };
  const at = sets.findIndex((set) => set === ranges || keyOf(set) === keyOf(ranges));
  if (sets.length > 200) throw new TooLarge();
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
    if (classes.size > 500) throw new TooLarge();
  }
  return [...classes.values()];
}

/** About how many texts it accepts, as the logarithm to base 2: what accepts fewer answers for more. */
export function sizeOf(node: PatternNode): number {
  switch (node.is) {
    case 'set':
      return Math.log2(node.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0));
    case 'sequence':
      return node.items.reduce((sum, item) => sum + sizeOf(item), 0);
    case 'choice':
      return Math.log2(node.options.length) + Math.max(...node.options.map(sizeOf));
    case 'repeat':
      return (1 + sizeOf(node.item)) * (node.max ?? 10_000);
    default:
      return 0;
  }
}
