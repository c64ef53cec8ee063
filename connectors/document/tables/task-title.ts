/** The title of a task: the agency put before it, and the databases it is about. */
import { expandNames } from '../language/abbreviations.ts';
import { foldLetters } from '../language/fold.ts';
import type { Names } from '../names/names.ts';
import type { Match } from '../registry.ts';

export interface TaskTitle {
  text: string;
  /** The agency printed before the title ("EVN - ..."). */
  owner: string | null;
}

/** The title in one line without the agency before it. */
export function readTitle(printed: string, names: Names, day: string | undefined): TaskTitle {
  const text = printed.replace(/\s+/g, ' ').trim();
  const prefix = /^(\S.{0,90}?)\s+[-\u2013]\s+(?=\S)/.exec(text);
  if (prefix === null) return { text, owner: null };
  const owner = names.agencies.resolve(prefix[1] ?? '', day);
  return owner.id === null || owner.score < 0.9
    ? { text, owner: null }
    : { text: text.slice(prefix[0].length), owner: owner.id };
}

/** What a task is about stands at the beginning of its title; further items of a list follow closely. */
const SUBJECT = 120;
const ITEM = 60;

/**
 * The databases a task is about: the one its title names as a whole; or those named inside it that belong to an agency
 * of the task. (A database that others must connect to is named in many titles without being their subject.)
 */
export function databasesOf(title: string, agencies: readonly string[], names: Names): string[] {
  const found = databasesIn(title, agencies, names);
  if (found.length > 0 || !/\p{Lu}{2}/u.test(title)) return found;
  const expanded = expandNames(title);
  return expanded === title ? [] : databasesIn(expanded, agencies, names);
}

function databasesIn(title: string, agencies: readonly string[], names: Names): string[] {
  for (const agency of agencies.length === 0 ? [undefined] : agencies) {
    const whole = names.databases.resolve(title, agency);
    if (whole.id !== null) return [whole.id];
    // Another agency helps only to decide between names that are close.
    if (whole.candidates.length === 0) break;
  }
  const ids = new Set<string>();
  let near = SUBJECT;
  const named = namedIn(title, agencies[0], names);
  for (const match of named) {
    if (match.start > near && !opensItem(title.slice(Math.max(0, match.start - 30), match.start))) continue;
    near = Math.max(near, match.end + ITEM);
    const owner = names.ownerOf(match.id);
    // Where the registry knows no owner, nobody else is named by it. A part of a database that is to be joined to the
    // whole ("the land system of the province with the national land database") is what the task is about.
    const part = named.some((other) => other !== match && other.id === match.id);
    if (owner === null || part || agencies.includes(owner)) ids.add(match.id);
  }
  return ids.size > 0 ? [...ids] : ofData(title, agencies, names);
}

/** What is done to data, before what they are of. */
const DATA = /^(?:[a-z]+ ){0,4}?(?:lam sach|chuan hoa|tao lap|so hoa|cap nhat|hoan thien|bo sung) du lieu (?=[a-z])/;

/** "Lam sach du lieu X": the agency's own database of X, when X is its whole name. */
function ofData(title: string, agencies: readonly string[], names: Names): string[] {
  const head = DATA.exec(foldLetters(title.slice(0, SUBJECT)))?.[0].length ?? 0;
  if (head === 0) return [];
  const name = title.slice(head).split(/[,;.:()]|\s[-\u2013]\s/, 1)[0] ?? '';
  const { id, score } = names.databases.resolve(name, agencies[0]);
  return id !== null && score >= 0.97 && agencies.includes(names.ownerOf(id) ?? '') ? [id] : [];
}

/** The databases named in a title, in order; where two names are close, the agency's own. */
function namedIn(title: string, agency: string | undefined, names: Names): Match[] {
  const found = names.databases.find(title);
  const own = agency === undefined ? [] : names.databases.find(title, agency);
  const further = own.filter((one) => found.every((other) => one.end <= other.start || other.end <= one.start));
  return [...found, ...further].sort((one, other) => one.start - other.start);
}

/** The end of a text after which another item of a list, or what is said apart of one database, begins. */
function opensItem(before: string): boolean {
  return /(?:;|[.;]\s+rieng(?: doi)?(?: voi)?)\s*$/.test(foldLetters(before));
}
