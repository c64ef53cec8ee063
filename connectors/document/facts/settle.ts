/**
 * One status text often says the same thing several times, and stages it has passed beside the one it is at. Facts of
 * one key and one day are brought to what the text as a whole says; real contradictions are left standing, because
 * they are findings.
 */
import type { StatusFact } from './read-status.ts';

/** Stages of the software, in the order they are passed. */
const SOFTWARE = ['none', 'planned', 'building', 'built', 'under_test', 'trial', 'deploying', 'deployed', 'operating'];
/** Weakest first: said side by side, the weaker one is what is true of the whole. */
const CLEANING = ['none', 'planned', 'own_only', 'in_progress', 'done'];
const SYNC = ['none', 'planned', 'requested', 'aimed_full', 'in_progress', 'partial', 'full'];
/** Steps before a connection is made, in order. */
const ON_THE_WAY = ['requested', 'ready', 'in_progress', 'linked', 'test'];
/** States that say nothing has happened yet; they fall away beside one that says something has. */
const NOT_YET = new Set(['planned', 'aimed_full']);

export function settle(facts: readonly StatusFact[]): StatusFact[] {
  const groups = new Map<string, StatusFact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  const kept = [...groups.values()].flatMap((group) => choose(withoutRepeats(group)));
  return withoutCentreDoubles(kept).sort((a, b) => a.at - b.at);
}

function keyOf(fact: StatusFact): string {
  const dated = fact.attribute === 'security.assessment' || fact.attribute === 'software.state' ? fact.observed_at : '';
  // What a body is quoted with stands beside what the owner says.
  return [
    fact.database,
    fact.quoted,
    fact.attribute,
    fact.target,
    fact.extent,
    fact.unit,
    fact.role,
    fact.stage,
    dated,
  ].join('|');
}

/** The same value said twice: the surer one, else the first. */
function withoutRepeats(group: readonly StatusFact[]): StatusFact[] {
  const byValue = new Map<string, StatusFact>();
  for (const fact of group) {
    const value = [fact.value_text, fact.value_number, fact.value_total, fact.value_low, fact.value_high].join('|');
    const known = byValue.get(value);
    if (known === undefined || fact.confidence > known.confidence) byValue.set(value, fact);
  }
  return [...byValue.values()].sort((a, b) => a.at - b.at);
}

function choose(group: StatusFact[]): StatusFact[] {
  if (group.length === 1) return group;
  switch (group[0]?.attribute) {
    case 'software.state':
      return [software(group)];
    case 'c06.cleaning': {
      // Cleaned by itself, not yet against the population database: that is what "own_only" says.
      const own = group.find((fact) => fact.value_text === 'own_only');
      if (own !== undefined && group.every((fact) => ['own_only', 'none', 'planned'].includes(fact.value_text ?? '')))
        return [own];
      // "Đã làm sạch nhưng chưa đối soát với dân cư": said of the same data in one sentence.
      const done = group.find((fact) => fact.value_text === 'done');
      const not = group.find((fact) => fact.value_text === 'none' && fact.at > (done?.at ?? 0));
      if (done !== undefined && not?.quote === done.quote) return [{ ...done, value_text: 'own_only' }];
      // Beside the cleaning with the population database that of the own data says nothing more.
      const matched = group.filter((fact) => ['in_progress', 'done'].includes(fact.value_text ?? ''));
      const told = matched.length > 0 ? group.filter((fact) => fact.value_text !== 'own_only') : group;
      return [weakest(told.some(real) ? told.filter(real) : told, CLEANING)];
    }
    case 'c12.sync':
      return [weakest(group.filter(real).length > 0 ? group.filter(real) : group, SYNC)];
    case 'c12.connection':
    case 'c06.connection':
    case 'other_db.connection':
      return connection(group);
    case 'data.created':
      return group.some(real) ? group.filter(real) : group;
    case 'security.level_approval': {
      // "đã trình, chưa được phê duyệt"
      const submitted = group.find((fact) => fact.value_text === 'submitted');
      return submitted !== undefined && group.every((fact) => fact.value_text !== 'approved') ? [submitted] : group;
    }
    case 'security.assessment':
      return [group.at(-1) as StatusFact];
    default:
      return group;
  }
}

function real(fact: StatusFact): boolean {
  return !NOT_YET.has(fact.value_text ?? '');
}

/** The stage reached is the most advanced one; "built" of the database beside "building" of its tool is building. */
function software(group: readonly StatusFact[]): StatusFact {
  const states = group.map((fact) => fact.value_text ?? '');
  const rank = (fact: StatusFact): number => SOFTWARE.indexOf(fact.value_text ?? '');
  const highest = [...group].sort((a, b) => rank(b) - rank(a))[0] as StatusFact;
  if (highest.value_text === 'built' && states.includes('building')) {
    return group[states.indexOf('building')] as StatusFact;
  }
  return highest;
}

function weakest(group: readonly StatusFact[], order: readonly string[]): StatusFact {
  const rank = (fact: StatusFact): number => order.indexOf(fact.value_text ?? '');
  return [...group].sort((a, b) => rank(a) - rank(b))[0] as StatusFact;
}

/** Steps on the way to a connection that the same text reports as made are its history, not its state. */
function connection(group: readonly StatusFact[]): StatusFact[] {
  const made = group.filter((fact) => ['connected', 'one_way', 'two_way', 'partial'].includes(fact.value_text ?? ''));
  const rest = group.filter((fact) => !made.includes(fact));
  const told = rest.filter((fact) => ['none', 'refused', 'interrupted', 'requested'].includes(fact.value_text ?? ''));
  if (made.length > 0) {
    const precise = made.filter((fact) => fact.value_text !== 'connected');
    return [...(precise.length > 0 ? precise.slice(-1) : made.slice(-1)), ...told];
  }
  const current = rest.filter(real);
  if (current.length === 0) return rest.slice(-1);
  const rank = (fact: StatusFact): number => ON_THE_WAY.indexOf(fact.value_text ?? '');
  // The step furthest on, unless the text ends by saying that there is nothing or that it broke.
  const last = current.at(-1) as StatusFact;
  return rank(last) < 0 ? [last] : [[...current].sort((a, b) => rank(b) - rank(a))[0] as StatusFact];
}

/** "liên thông" and "kết nối" of one clause read by two rules. */
function withoutCentreDoubles(facts: readonly StatusFact[]): StatusFact[] {
  return facts.filter(
    (fact, index) =>
      !facts.some(
        (other, position) =>
          position < index &&
          other.at === fact.at &&
          other.attribute === fact.attribute &&
          other.value_text === fact.value_text &&
          other.target === fact.target,
      ),
  );
}
