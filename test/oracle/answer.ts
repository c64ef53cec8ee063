/** The answer for the whole database to one attribute: DESIGN section 5 with SEMANTICS section 1 on extent. */

import type { OracleFact, Valued } from './fact.ts';
import type { KnownFacts } from './known.ts';
import { isIndependent, type Spoken, whoSpeaks } from './speak.ts';

export type Voice = 'all' | 'independent';

/** One key: what it says, and whether anything but claims was ever known of it. */
export interface KeySays {
  says: Spoken;
  facts: readonly Valued[];
  founded: boolean;
  fact: OracleFact;
}

/** How one question believes: the grade from which it does, and who is believed earlier. */
export interface Bar {
  from: string;
  saidBy: Readonly<Record<string, string>>;
}

/** The weakest grade that anything is believed from; a fact below it is nowhere more than a claim. */
export const WEAKEST_BELIEVED = 'E2';

export function barFor(bar: Bar, fact: OracleFact): string {
  return bar.saidBy[fact.saidBy] ?? bar.from;
}

/** Admissions are believed from anybody. */
export function isBelieved(says: Spoken, bar: Bar): boolean {
  return says.admission || says.winner.fact.grade >= barFor(bar, says.winner.fact);
}

/** A speaker who is believed earlier than others stands above them at the same grade, below the next. */
function strengthFor(bar: Bar | null): (fact: OracleFact) => string {
  return (fact) =>
    bar !== null && fact.grade < bar.from && fact.grade >= barFor(bar, fact) ? `${fact.grade}+` : fact.grade;
}

/** Every key of the attribute that the voice knows of. */
export function keysOf(known: KnownFacts, attribute: string, voice: Voice, bar: Bar | null = null): KeySays[] {
  return known.keys(attribute).flatMap((all) => {
    const facts = voice === 'all' ? all : all.filter((f) => isIndependent(f.fact));
    const says = whoSpeaks(facts, strengthFor(bar));
    if (says === null) return [];
    return [
      {
        says,
        facts,
        founded: facts.some((f) => f.admission || f.fact.grade >= WEAKEST_BELIEVED),
        fact: says.winner.fact,
      },
    ];
  });
}

/**
 * What is known of the whole goes before what is known of a part, and claims never before what is believed. Of several
 * partners one that works is enough.
 */
export function answerOf(known: KnownFacts, attribute: string, voice: Voice, bar: Bar | null = null): Spoken | null {
  const keys = keysOf(known, attribute, voice, bar).filter((k) => k.fact.extent !== 'component');
  const whole = (k: KeySays): boolean => k.fact.extent === 'whole';
  const tiers = [
    keys.filter((k) => k.founded && whole(k)),
    keys.filter((k) => k.founded && !whole(k)),
    keys.filter((k) => !k.founded && whole(k)),
    keys.filter((k) => !k.founded && !whole(k)),
  ];
  const tier = tiers.find((t) => t.length > 0) ?? [];
  const better = (a: KeySays, b: KeySays): boolean => {
    const order = (k: KeySays): (bigint | boolean | string)[] => [
      k.says.live,
      k.says.admission || k.fact.grade >= WEAKEST_BELIEVED,
      k.says.lo,
      k.says.hi,
      k.fact.grade,
    ];
    const left = order(a);
    const right = order(b);
    const at = left.findIndex((value, i) => value !== right[i]);
    return at >= 0 && (left[at] ?? 0n) > (right[at] ?? 0n);
  };
  return (
    tier.reduce<KeySays | null>((best, next) => (best === null || better(next, best) ? next : best), null)?.says ?? null
  );
}
