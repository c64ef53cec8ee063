/** Turns zod issues into sentences with the user's own key names; a typo names the nearest valid key. */
import type { z } from 'zod';
import { didYouMean } from './nearest.ts';

export interface FoundProblem {
  path: PropertyKey[];
  code: string;
  message: string;
  hint: string | null;
  /** The problem is the key itself, not its value. */
  atKey: boolean;
}

/** The parts of a zod schema's definition that are needed to list the keys valid at a place. */
interface Definition {
  shape?: Record<string, Schema>;
  innerType?: Schema;
  in?: Schema;
  element?: Schema;
  valueType?: Schema;
  options?: Schema[];
}
interface Schema {
  _zod: { def: unknown };
}

function keysAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  const def = schema._zod.def as Definition;
  if (def.innerType) return keysAt(def.innerType, path);
  if (def.in) return keysAt(def.in, path);
  if (def.options) return def.options.flatMap((option) => keysAt(option, path));
  const [head, ...rest] = path;
  if (head === undefined) return Object.keys(def.shape ?? {});
  const child = def.shape?.[String(head)] ?? def.element ?? def.valueType;
  return child ? keysAt(child, rest) : [];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let node = value;
  for (const part of path) node = (node as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return node;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** One zod issue → one or more problems. `root` is the value that was validated. */
export function issueProblem(issue: z.core.$ZodIssue, schema: Schema, root: unknown): FoundProblem[] {
  const path = [...issue.path];
  const got = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const valid = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'config/unknown-key',
        message: `"${key}" is not a setting`,
        hint: didYouMean(key, valid),
        atKey: true,
      }));
    }
    case 'invalid_value': {
      const valid = issue.values.map(String);
      const message = got === undefined ? 'is missing' : `${shown(got)} is not one of the valid values`;
      return [
        {
          path,
          code: 'config/invalid-value',
          message,
          hint: didYouMean(String(got), valid) ?? `valid: ${valid.join(', ')}`,
          atKey: false,
        },
      ];
    }
    case 'invalid_type': {
      const code = got === undefined ? 'config/missing' : 'config/invalid-type';
      const message =
        got === undefined ? `is missing (expected ${issue.expected})` : `expected ${issue.expected}, got ${shown(got)}`;
      return [{ path, code, message, hint: null, atKey: false }];
    }
    case 'invalid_union': {
      // The option that got furthest speaks: its issues are the ones the user can act on.
      const best = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
      if (best.length === 0)
        return [
          { path, code: 'config/invalid-value', message: `${shown(got)}: ${issue.message}`, hint: null, atKey: false },
        ];
      return best.flatMap((inner) =>
        issueProblem({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue, schema, root),
      );
    }
    default:
      return [
        { path, code: 'config/invalid-value', message: `${shown(got)}: ${issue.message}`, hint: null, atKey: false },
      ];
  }
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((i) => i.path.length));
}
