/** The checks of single statements: vocabulary, values, flags, dates. Each throws a Refusal with a code and a sentence. */
import type { Config } from '../../config/load.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { AttributeDefinition } from '../../config/schema/attributes.ts';
import type { SourceSetting } from '../../config/schema/operation.ts';
import { isDay } from '../../config/schema/parts.ts';
import { parseInstant } from '../../config/time.ts';
import type { ObservationStatement } from '../../connectors/contract.ts';

/** Why a statement is refused; recorded, never thrown to the user. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function checkVocabulary(input: ObservationStatement, config: Config): void {
  const words = config.attributes.vocabularies;
  for (const part of ['modality', 'extent', 'stage', 'role', 'quoted'] as const) {
    const value = input[part];
    if (value !== undefined && !words[part].includes(value)) {
      throw new Refusal(`unknown_${part}`, `${part} "${value}" is not in the vocabulary${hintOf(value, words[part])}`);
    }
  }
}

export function checkValue(input: ObservationStatement, definition: AttributeDefinition, config: Config): void {
  const { value_number: number, value_total: total, value_low: low, value_high: high } = input;
  if (definition.scale !== undefined) {
    const states = config.attributes.scales[definition.scale] ?? [];
    if (input.value_text === undefined || !states.includes(input.value_text)) {
      const got = input.value_text ?? '';
      throw new Refusal('unknown_state', `"${got}" is not a state of ${input.attribute}${hintOf(got, states)}`);
    }
  }
  for (const n of [number, total, low, high]) {
    if (n !== undefined && (!Number.isFinite(n) || n < 0))
      throw new Refusal('negative_count', 'a count cannot be negative');
    if (n !== undefined && n > Number.MAX_SAFE_INTEGER) throw new Refusal('too_large', `${n} is too large to be exact`);
  }
  if ((low === undefined) !== (high === undefined) || (low !== undefined && high !== undefined && low > high)) {
    throw new Refusal('wrong_interval', 'an interval needs a lower and a higher end, in this order');
  }
  if (total !== undefined && (number === undefined || !Number.isInteger(number) || !Number.isInteger(total))) {
    throw new Refusal('wrong_ratio', 'a ratio needs two whole numbers');
  }
  if (total !== undefined && number !== undefined && number > total) {
    throw new Refusal('ratio_out_of_range', `${number}/${total}: the part is larger than the whole`);
  }
  if (definition.type === 'ratio' && total === undefined)
    throw new Refusal('missing_value', `${input.attribute} needs value_number and value_total`);
  if (input.attribute === 'checklist.met' && total !== config.criteria.total) {
    throw new Refusal(
      'wrong_total',
      `${number}/${total}: the checklist in force has ${config.criteria.total} criteria`,
    );
  }
  if (definition.type === 'quantity' && number === undefined && low === undefined) {
    throw new Refusal('missing_value', `${input.attribute} needs value_number or value_low and value_high`);
  }
  if (definition.type === 'time' && input.value_time === undefined)
    throw new Refusal('missing_value', `${input.attribute} needs value_time`);
}

export function checkFlags(input: ObservationStatement, definition: AttributeDefinition, config: Config): void {
  for (const [name, value] of Object.entries(input.flags)) {
    const type = Object.hasOwn(definition.flags, name) ? definition.flags[name] : undefined;
    if (type === undefined)
      throw new Refusal(
        'unknown_flag',
        `flag "${name}" is not declared for ${input.attribute}${hintOf(name, Object.keys(definition.flags))}`,
      );
    const right =
      type === 'boolean'
        ? typeof value === 'boolean'
        : type === 'integer'
          ? Number.isInteger(value)
          : type === 'date'
            ? typeof value === 'string' && isDay(value)
            : type === 'holder'
              ? config.attributes.vocabularies.holder.includes(String(value))
              : typeof value === 'string';
    if (!right)
      throw new Refusal(
        type === 'date' ? 'invalid_date' : 'wrong_flag',
        `flag ${name}: ${JSON.stringify(value)} is not a ${type}`,
      );
  }
}

/** A source cannot make itself stronger than the operator lets it be. */
export function checkTrust(grade: string, saidBy: string, trust: SourceSetting['trust']): void {
  if (trust === undefined) return;
  if (grade > trust.grade)
    throw new Refusal('grade_not_trusted', `grade ${grade} is more than this source is trusted with (${trust.grade})`);
  if (!(trust.said_by as string[]).includes(saidBy)) {
    throw new Refusal(
      'speaker_not_trusted',
      `this source may not speak for "${saidBy}"; trusted: ${trust.said_by.join(', ')}`,
    );
  }
}

/** `; did you mean …` or nothing. */
export function hintOf(word: string, valid: Iterable<string>): string {
  const hint = didYouMean(word, valid);
  return hint === null ? '' : `; ${hint}`;
}

/** An instant, or a refusal naming the field. */
export function instant(text: string, field: string): Date {
  const date = parseInstant(text);
  if (date === null)
    throw new Refusal('invalid_date', `${field} "${text}" is not a day that exists (YYYY-MM-DD) or a time with offset`);
  return date;
}

/** Refuses what is not a day that exists. */
export function day(text: string, field: string): void {
  if (!isDay(text)) throw new Refusal('invalid_date', `${field} "${text}" is not a day that exists (YYYY-MM-DD)`);
}
