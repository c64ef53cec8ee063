/** The facts that one answer states: each as an observation, or as a rejection that says which column was at fault. */
import { didYouMean } from '../../../config/nearest.ts';
import type { AttributeDefinition } from '../../../config/schema/attributes.ts';
import type { CollectContext, Collected } from '../../contract.ts';
import type { Answer } from './answer.ts';
import { type Cell, count, flag, Refused, state, time } from './cell.ts';
import type { FactOptions, QueryOptions } from './options.ts';

export interface FactContext {
  document: string;
  /** When the database was asked. */
  now: Date;
  registry: CollectContext['registry'];
}

/** @returns one piece a fact, or one rejection where the query did not give one row */
export function factsOf(query: QueryOptions, answer: Answer, context: FactContext): Collected[] {
  const [row, ...more] = answer.rows;
  if (row === undefined || more.length > 0) {
    const found = row === undefined ? 'no row' : 'more than one row';
    return [rejection(query.id, 'sql/not-one-row', `query ${query.id} gave ${found}; one row answers it`)];
  }
  const cellOf = (name: string): Cell => {
    const places = answer.columns.flatMap((column, i) => (column.name === name ? [i] : []));
    const [place] = places;
    if (place === undefined) {
      const hint = didYouMean(
        name,
        answer.columns.map((column) => column.name),
      );
      throw new Refused('sql/missing-column', `the query has no column ${name}${hint === null ? '' : `; ${hint}`}`);
    }
    if (places.length > 1) throw new Refused('sql/double-column', `the query has two columns ${name}; name them apart`);
    const column = answer.columns[place];
    if (column === undefined) throw new Error('a column without a description');
    return { column, value: row[place] ?? null };
  };
  return query.facts.map((fact, i) => {
    const at = `${query.id} fact ${i + 1}`;
    try {
      return { kind: 'statement', statement: observation(fact, query.id, cellOf, context), at };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return rejection(at, error.code, `${at}, ${fact.attribute}: ${error.message}`);
    }
  });
}

export function rejection(at: string, code: string, message: string): Collected {
  return { kind: 'rejection', code, message, raw: '', at };
}

function observation(fact: FactOptions, query: string, cellOf: (name: string) => Cell, context: FactContext) {
  const { attributes, scales, vocabularies } = context.registry.attributes;
  const definition = Object.hasOwn(attributes, fact.attribute) ? attributes[fact.attribute] : undefined;
  if (definition === undefined) {
    const hint = didYouMean(fact.attribute, Object.keys(attributes));
    throw new Refused('sql/unknown-attribute', `not in the vocabulary${hint === null ? '' : `; ${hint}`}`);
  }
  const amount = (part: string | number | undefined): number | undefined =>
    typeof part === 'string' ? count(cellOf(part)) : part;
  const scale = scales[definition.scale ?? ''] ?? [];
  const value = {
    value_number: amount(fact.number),
    value_total: amount(fact.of),
    value_low: amount(fact.low),
    value_high: amount(fact.high),
    value_text: fact.state === undefined ? undefined : state(cellOf(fact.state), definition, scale, fact.words),
    value_time: fact.time === undefined ? undefined : time(cellOf(fact.time), context.now),
  };
  const observedAt =
    fact.observed_at === undefined ? context.now.toISOString() : time(cellOf(fact.observed_at), context.now);
  const { unit, stage, role, target, extent } = fact;
  const given = Object.entries({ ...value, unit, stage, role, target, extent }).filter(
    ([, part]) => part !== undefined,
  );
  return {
    type: 'observation',
    document: context.document,
    subject_type: fact.database === undefined ? 'agency' : 'database',
    subject_id: fact.database ?? fact.agency ?? '',
    attribute: fact.attribute,
    ...Object.fromEntries(given),
    flags: flagsOf(fact, definition, cellOf, vocabularies.holder),
    observed_at: observedAt,
    evidence: { query },
  };
}

function flagsOf(
  fact: FactOptions,
  definition: AttributeDefinition,
  cellOf: (name: string) => Cell,
  holders: readonly string[],
): Record<string, string | number | boolean> {
  const flags: Record<string, string | number | boolean> = {};
  for (const [name, from] of Object.entries(fact.flags)) {
    const type = Object.hasOwn(definition.flags, name) ? definition.flags[name] : undefined;
    if (type === undefined) {
      const hint = didYouMean(name, Object.keys(definition.flags));
      throw new Refused('sql/unknown-flag', `flag ${name} is not declared${hint === null ? '' : `; ${hint}`}`);
    }
    const value = typeof from === 'string' ? flag(cellOf(from), type, holders) : from.literal;
    if (value !== undefined) flags[name] = value;
  }
  return flags;
}
