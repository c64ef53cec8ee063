/** A fact of the contract → an observation, or a rejection that says which key is at fault without repeating what it held. */
import type { z } from 'zod';
import { didYouMean } from '../../../config/nearest.ts';
import type { Collected } from '../../contract.ts';
import { type Fact, fact as factSchema } from './contract.ts';

const KEYS = Object.keys(factSchema.shape);
const MOST_REASONS = 3;
const MOST_RAW = 300;

/** @param raw anything a source may send; null counts as left out */
export function collectedFact(raw: unknown, document: string, at: string): Collected {
  const parsed = factSchema.safeParse(withoutNulls(raw));
  if (parsed.success) return { kind: 'statement', statement: observation(parsed.data, document), at };
  const message = reasons(parsed.error.issues, KEYS);
  return { kind: 'rejection', code: 'status/wrong-fact', message, raw: excerpt(raw), at };
}

function withoutNulls(raw: unknown): unknown {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}

function observation(fact: Fact, document: string): Record<string, unknown> {
  const { database, agency, attribute, state, text, number, of, low, high, time, note, flags, ...rest } = fact;
  const value = {
    value_text: state ?? text,
    value_number: number,
    value_total: of,
    value_low: low,
    value_high: high,
    value_time: time,
    flags,
  };
  const given = Object.entries({ ...value, ...rest }).filter(([, part]) => part !== undefined);
  return {
    type: 'observation',
    document,
    subject_type: database === undefined ? 'agency' : 'database',
    subject_id: database ?? agency,
    attribute,
    ...Object.fromEntries(given),
    // No index: a fact stays the same fact when others are added before it.
    evidence: note === undefined ? {} : { quote: note },
  };
}

/** The first few things that are wrong. Words of zod name types, never values. */
export function reasons(issues: readonly z.core.$ZodIssue[], keys: readonly string[]): string {
  const all = issues.flatMap((issue) => {
    const place = issue.path.map((part) => String(part).slice(0, 40)).join('.');
    if (issue.code !== 'unrecognized_keys') return [place === '' ? issue.message : `${place}: ${issue.message}`];
    return issue.keys.slice(0, MOST_REASONS).map((key) => {
      const name = key.slice(0, 40);
      const near = didYouMean(name, keys);
      return `"${name}" is no key of the contract${near === null ? '' : `; ${near}`}`;
    });
  });
  const shown = all.slice(0, MOST_REASONS).join('; ');
  return all.length > MOST_REASONS ? `${shown}; and ${all.length - MOST_REASONS} more` : shown;
}

/** The beginning of what was sent; nothing where it cannot be written as text. */
function excerpt(raw: unknown): string {
  try {
    return (JSON.stringify(raw) ?? '').slice(0, MOST_RAW);
  } catch {
    return '';
  }
}
