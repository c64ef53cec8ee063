/** Expands ${ENV_NAME} in parsed settings and remembers the values, so that logs can mask them. */

export interface Expanded {
  value: unknown;
  /** Every variable that is named, set or not, in order of the alphabet. */
  names: string[];
  missing: { path: PropertyKey[]; name: string }[];
  /** The expanded values: secrets, masked in every log. */
  secrets: string[];
}

const VARIABLE = /\$\{([A-Z_][A-Z0-9_]*)\}/g;

/** Names of the variables that a text asks for. */
export const variablesIn = (text: string): string[] => [...text.matchAll(VARIABLE)].map(([, name = '']) => name);

/** Walks a parsed document; strings may hold ${NAME} anywhere. Keys are never expanded. */
export function expandEnvironment(input: unknown, environment: NodeJS.ProcessEnv): Expanded {
  const missing: Expanded['missing'] = [];
  const secrets = new Set<string>();
  const names = new Set<string>();
  const walk = (node: unknown, path: PropertyKey[]): unknown => {
    if (typeof node === 'string') {
      return node.replace(VARIABLE, (whole, name: string) => {
        const found = environment[name];
        names.add(name);
        if (found === undefined) {
          missing.push({ path, name });
          return whole;
        }
        if (found !== '') secrets.add(found);
        return found;
      });
    }
    if (Array.isArray(node)) return node.map((child, i) => walk(child, [...path, i]));
    if (node !== null && typeof node === 'object' && Object.getPrototypeOf(node) === Object.prototype) {
      return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child, [...path, key])]));
    }
    return node;
  };
  const value = walk(input, []);
  return { value, names: [...names].sort(), missing, secrets: [...secrets] };
}

/** Text in which no secret stands; values of one to three signs would garble it and are left. */
export function mask(text: string, secrets: readonly string[]): string {
  const found = secrets.filter((secret) => secret.length > 3).sort((a, b) => b.length - a.length);
  return found.reduce((masked, secret) => masked.split(secret).join('•••'), text);
}
