/**
 * Reads one YAML file against a zod schema and reports every problem at the line where the user wrote it.
 * ${ENV_NAME} is expanded after parsing, so a secret with quotes or # cannot reshape the document.
 */
import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { compiledYaml } from './compiled-yaml.ts';
import type { Problem } from './fault.ts';
import { expandEnvironment, mask, variablesIn } from './interpolate.ts';
import { knownFault } from './system-fault.ts';
import { issueProblem } from './zod-problem.ts';

type Path = readonly PropertyKey[];

const UNSET_VARIABLE = 'config/unset-variable';

/** Finds the place of a key path in the source text; used for problems found after parsing, too. */
export class YamlSource {
  readonly file: string;
  readonly #text: string;
  readonly #lines = new LineCounter();
  #parsed: Document | string | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
  }

  /** Parsed when first asked for: most files have no problem whose place is wanted. A string says why there is none. */
  get document(): Document | string {
    this.#parsed ??= parse(this.#text, this.#lines);
    return this.#parsed;
  }

  /** Line and column of the value at `path` (or of the key itself with `atKey`), else of its nearest parent. */
  locate(path: Path, atKey = false): { line: number | null; column: number | null } {
    const { document } = this;
    if (typeof document === 'string') return { line: null, column: null };
    for (let depth = path.length; depth >= 0; depth--) {
      const part = path.slice(0, depth).map((p) => (typeof p === 'symbol' ? String(p) : p));
      let node: unknown = depth === 0 ? document.contents : document.getIn(part, true);
      if (atKey && depth > 0 && depth === path.length) {
        const parent = document.getIn(part.slice(0, -1), true) ?? document.contents;
        const last = part.at(-1);
        if (isMap(parent)) {
          node = parent.items.find((i) => isScalar(i.key) && String(i.key.value) === String(last))?.key ?? node;
        }
      }
      const start = isNode(node) ? node.range?.[0] : undefined;
      if (start !== undefined) return this.at(start);
    }
    return { line: null, column: null };
  }

  /** Line and column of a place in the text. */
  at(place: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(place);
    return { line, column: col };
  }

  problem(path: Path, code: string, message: string, hint: string | null = null, atKey = false): Problem {
    const variable = code === UNSET_VARIABLE ? undefined : this.#variableAt(path);
    // What is wrong is then not in this file, and the value is not shown.
    const remedy =
      variable === undefined ? hint : `correct the value of ${variable} in the environment (the file of secrets)`;
    return {
      file: this.file,
      ...this.locate(path, atKey),
      key: path.map(String).join('.'),
      code,
      message,
      hint: remedy,
    };
  }

  /** Name of the environment variable from which the value at `path` is taken. */
  #variableAt(path: Path): string | undefined {
    const { document } = this;
    const written = typeof document === 'string' ? undefined : document.getIn(path);
    return typeof written === 'string' ? variablesIn(written)[0] : undefined;
  }
}

export interface YamlFile<T> {
  /** Null where the file could not be read as the schema wants; `problems` then says why. */
  value: T | null;
  problems: Problem[];
  source: YamlSource;
  secrets: string[];
  /** Environment variables it names, set or not. */
  variables: string[];
}

/** A warning of the parser would go to standard error with words of the file; what is wrong is a problem with a place. */
const OPTIONS = { uniqueKeys: false, prettyErrors: false, maxAliasCount: 100, logLevel: 'error' };

/** Far more than any settings file needs, and little enough to read. */
const MOST_CHARACTERS = 16_000_000;

/** NFC, so that a word typed on another system equals the same word of another file. @throws what the file system throws */
export const textOfFile = (path: string): string => readFileSync(path, 'utf8').normalize('NFC');

/**
 * Reads, parses, expands and validates; never throws for what the user wrote.
 * @param environment where ${ENV_NAME} is taken from; null: nothing is expanded, for files that others write
 */
export function readYaml<S extends z.ZodType>(
  path: string,
  file: string,
  schema: S,
  environment: NodeJS.ProcessEnv | null = {},
): YamlFile<z.output<S>> {
  let text: string;
  try {
    text = textOfFile(path);
  } catch (error) {
    const source = new YamlSource(file, '');
    const hint = knownFault(error)?.hint ?? null;
    const problem = source.problem([], 'config/unreadable', `cannot be read: ${(error as Error).message}`, hint);
    return { value: null, problems: [problem], source, secrets: [], variables: [] };
  }
  const source = new YamlSource(file, text);
  const read = compiledYaml(text) ?? plainOf(source);
  if ('problems' in read) return { value: null, problems: read.problems, source, secrets: [], variables: [] };
  const { plain } = read;
  const problems: Problem[] = [];
  const expanded =
    environment === null
      ? { value: plain, names: [], missing: [], secrets: [] }
      : expandEnvironment(plain, environment);
  for (const missing of expanded.missing) {
    problems.push(
      source.problem(
        missing.path,
        UNSET_VARIABLE,
        `environment variable ${missing.name} is not set`,
        `set it for the run: a line ${missing.name}='…' in the file of secrets that the schedule reads (/etc/csdl/secrets.env), by hand export ${missing.name}='…'`,
      ),
    );
  }
  const told = { source, secrets: expanded.secrets, variables: expanded.names };
  const parsed = schema.safeParse(expanded.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      for (const found of issueProblem(issue, schema, expanded.value)) {
        // A wrong value is shown to the user, but never one that came from the environment.
        const message = mask(found.message, expanded.secrets);
        problems.push(source.problem(found.path, found.code, message, found.hint, found.atKey));
      }
    }
    return { value: null, problems, ...told };
  }
  return { value: problems.length > 0 ? null : parsed.data, problems, ...told };
}

/** What a document says, or what is wrong with it. */
function plainOf(source: YamlSource): { plain: unknown } | { problems: Problem[] } {
  const broken = (message: string): Problem => source.problem([], 'config/broken-yaml', `not valid YAML: ${message}`);
  const { document } = source;
  if (typeof document === 'string') return { problems: [broken(document)] };
  // One stray bracket can make a thousand; nobody reads past the first.
  const at = (place: number, code: string, message: string): Problem => {
    const hint = 'check indentation and quotes at this line';
    return { file: source.file, ...source.at(place), key: '', code, message: `not valid YAML: ${message}`, hint };
  };
  const problems = [
    ...document.errors.map((error) => at(error.pos[0], 'config/broken-yaml', error.message)),
    ...wrongKeys(document.contents).map(({ place, code, message }) => at(place, code, message)),
  ].slice(0, 50);
  if (problems.length > 0) return { problems };
  try {
    const plain: unknown = document.toJS({ maxAliasCount: 100 });
    return holdsItself(plain) ? { problems: [broken('an alias stands in what it names')] } : { plain };
  } catch (error) {
    // An alias without its anchor, or aliases of aliases that would fill the memory.
    return { problems: [broken((error as Error).message)] };
  }
}

/** Whether a value is part of itself: whoever walks it never comes to an end. */
function holdsItself(value: unknown, above: Set<unknown> = new Set()): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (above.has(value)) return true;
  above.add(value);
  const is = Object.values(value).some((part) => holdsItself(part, above));
  above.delete(value);
  return is;
}

/** The document, or why there is none. */
function parse(text: string, lineCounter: LineCounter): Document | string {
  if (text.length > MOST_CHARACTERS) return `longer than ${MOST_CHARACTERS} characters`;
  const { stackTraceLimit } = Error;
  try {
    // A broken file makes thousands of errors, and where in the parser they arose is for nobody.
    Error.stackTraceLimit = 0;
    return parseDocument(text, { ...OPTIONS, lineCounter } as never);
  } catch {
    // The parser goes down into what is nested by calling itself, and nothing else makes it throw.
    return 'nested too deep';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

interface WrongKey {
  place: number;
  code: string;
  message: string;
}

/**
 * Keys that stand for the second time, and keys that are no word. The parser would compare each key with all before it, and
 * write out what is no word as often as it is nested: a small file made for it takes minutes.
 */
function wrongKeys(node: unknown, found: WrongKey[] = []): WrongKey[] {
  if (isSeq(node)) for (const item of node.items) wrongKeys(item, found);
  if (!isMap(node)) return found;
  const seen = new Set<unknown>();
  for (const { key, value } of node.items) {
    const place = (isNode(key) ? key.range?.[0] : undefined) ?? 0;
    if (isScalar(key)) {
      if (seen.has(key.value)) found.push({ place, code: 'config/duplicate-key', message: 'Map keys must be unique' });
      seen.add(key.value);
    } else if (key !== null) {
      found.push({ place, code: 'config/broken-yaml', message: 'a key must be a word, not a list or a map' });
    }
    wrongKeys(value, found);
  }
  return found;
}
