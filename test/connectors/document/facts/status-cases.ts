/** Status texts and what is expected of them: one text, one line a fact. */
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../../config/load.ts';
import { documentReader } from '../../../../connectors/document/extract.ts';
import type { CountContext } from '../../../../connectors/document/facts/counts.ts';
import { readStatus, type StatusFact, type StatusReading } from '../../../../connectors/document/facts/read-status.ts';
import { cellAt } from '../../../../connectors/document/model.ts';

/** The day on which every text of these tests is stated. */
export const STATED = '2030-06-30';
/** What the texts are about, unless they say otherwise: a database of the registry, chosen by chance. */
export const SUBJECT = 'tre-em';

/** What the program reads documents with. */
export const reader = documentReader(loadConfig(undefined, {}).config);
const CENTRES = new Set(['c12', 'c06', 'a05', 'bo-cong-an']);

/** The surroundings of a status text as a task row gives them. */
export function contextOf(databases: readonly string[] = [SUBJECT]): CountContext {
  const { names, ...words } = reader;
  const owners = new Set<string | null>(databases.map((id) => names.ownerOf(id)));
  return {
    ...words,
    stated: STATED,
    databases,
    isOwn: (id) => owners.has(names.ownerOf(id)),
    namesOther: (text) => names.agencies.find(text, STATED).some(({ id }) => !owners.has(id) && !CENTRES.has(id)),
    findDatabases: (text) => names.databases.find(text),
  };
}

export function read(text: string, databases?: readonly string[]): StatusReading {
  return readStatus(cellAt(text, { line: 1 }), contextOf(databases));
}

/** A fact in one line: attribute, value, and whatever is not the usual (extent, speaker, day, modality, role, stage). */
export function tell(fact: StatusFact): string {
  const number =
    fact.value_low === undefined
      ? [fact.value_number, fact.value_total].filter((n) => n !== undefined).join('/')
      : `${fact.value_low}–${fact.value_high}`;
  return [
    fact.attribute,
    fact.target,
    number,
    fact.attribute === 'commitment' ? undefined : fact.value_text === fact.target ? undefined : fact.value_text,
    fact.unit,
    fact.stage,
    fact.role,
    fact.extent === 'whole' ? undefined : `(${fact.extent})`,
    fact.quoted === undefined ? undefined : `said by ${fact.quoted}`,
    fact.observed_at === undefined ? undefined : `on ${fact.observed_at}`,
    fact.modality === 'done' || fact.attribute === 'commitment' ? undefined : `[${fact.modality}]`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** The facts of a text whose attribute begins with one of `attributes`, told. */
export function told(text: string, attributes: readonly string[], databases?: readonly string[]): string[] {
  return read(text, databases)
    .facts.filter((fact) => attributes.some((prefix) => fact.attribute.startsWith(prefix)))
    .map(tell);
}

/** A text and its facts of the family; facts of other families are not looked at. */
export type Case = readonly [text: string, ...facts: string[]];

/** One test a case. */
export function statusCases(title: string, attributes: readonly string[], cases: readonly Case[]): void {
  describe(title, () => {
    for (const [text, ...facts] of cases) {
      test(text, () => {
        expect(told(text, attributes)).toEqual(facts);
      });
    }
  });
}

/**
 * Texts that are not read as they should be yet: not run, unless CSDL_TODO is set, so that one sees which of them are
 * read by now and may move to the others.
 */
export function statusTodos(attributes: readonly string[], cases: readonly Case[]): void {
  describe('not read so yet', () => {
    for (const [text, ...facts] of cases) {
      const title = `${text} → ${facts.join(', ') || 'nothing'}`;
      if (process.env.CSDL_TODO === undefined) test.todo(title);
      else test(title, () => expect(told(text, attributes)).toEqual(facts));
    }
  });
}
