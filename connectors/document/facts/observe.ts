/** Gives the facts of one status text to the databases (or the agency) it is about, as statements of the contract. */
import type { DocumentCheckStatement, Locator, ObservationStatement } from '../../contract.ts';
import type { Found, Rejected } from '../extraction.ts';
import { foldLetters } from '../language/fold.ts';
import { placeAt } from '../model.ts';
import type { Names } from '../names/names.ts';
import type { StatusText } from '../tables/task-table.ts';
import type { CriterionWords } from './not-fitting.ts';
import { findOddDates } from './odd-dates.ts';
import { readStatus, type StatusFact, type StatusReading } from './read-status.ts';

export interface ObserveContext {
  names: Names;
  units: readonly (readonly [string, string])[];
  criteria: CriterionWords;
  document: string;
  /** Day the text was stated. */
  stated: string;
}

export interface Observed {
  observations: Found<ObservationStatement>[];
  checks: Found<DocumentCheckStatement>[];
  rejections: Rejected[];
}

/** Texts of tasks that name no database are read only where they are about data and its systems at all. */
const ABOUT_DATA = /\b(?:csdl|co so du lieu|cong nghe thong tin|an toan thong tin|attt|he thong thong tin|httt)\b/;
/** Without a database of its own a text has facts only where it names one, or is about data at all. */
const NAMES_SYSTEM =
  /\b(?:csdl|co so du lieu|he thong|kho du lieu|cong thong tin|cong nghe thong tin|an toan thong tin|attt|httt)\b/;
const NOTHING: StatusReading = { facts: [], refusals: [] };
/** Bodies that every text speaks of as the other side of a connection. */
const CENTRES = new Set(['c12', 'c06', 'a05', 'bo-cong-an']);
/** Facts that an agency itself may be the subject of; everything else needs a database. */
const OF_AGENCIES = new Set(['blocked_by', 'security.level_approval', 'c12.agent', 'commitment']);

export function observeStatus(status: StatusText, context: ObserveContext): Observed {
  const { names, stated } = context;
  const agency = status.agency ?? undefined;
  const owners = new Set<string | null>(status.database_ids.map((id) => names.ownerOf(id)).filter((id) => id !== null));
  if (status.agency !== null) owners.add(status.agency);
  const about = status.database_ids.length > 0 || NAMES_SYSTEM.test(foldLetters(status.cell.text));
  const reading = !about
    ? NOTHING
    : readStatus(status.cell, {
        stated,
        databases: status.database_ids,
        namesOther: (text) =>
          names.agencies
            .find(text, stated)
            .some(({ id }) => !owners.has(id) && !owners.has(names.agencies.parentOf(id)) && !CENTRES.has(id)),
        isOwn: (id) => owners.has(names.ownerOf(id)),
        findDatabases: (text) => names.databases.find(text, agency),
        units: context.units,
        criteria: context.criteria,
      });
  const observed: Observed = { observations: [], checks: [], rejections: [] };
  for (const fact of reading.facts) {
    const evidence = locate(status, fact.at, fact.quote);
    const subjects = subjectsOf(fact, status);
    if (subjects.length === 0) continue;
    for (const subject of subjects) {
      observed.observations.push({
        statement: statement(fact, subject, status, context.document, evidence),
        confidence: fact.confidence,
        words: { start: fact.at, end: fact.to },
      });
    }
  }
  for (const odd of status.inherited_from === undefined ? findOddDates(status.cell.text, stated) : []) {
    observed.checks.push({
      statement: {
        type: 'document_check',
        document: context.document,
        kind: 'odd_date',
        where: `${status.table}/${status.row}`,
        printed: odd.printed,
        counted: odd.against,
        evidence: locate(status, odd.at, odd.quote),
      },
      confidence: 0.9,
    });
  }
  for (const { refusal, at, quote } of reading.refusals) {
    if (status.database_ids.length === 0) continue;
    observed.rejections.push({
      code: refusal.code,
      message: refusal.message,
      raw: quote,
      evidence: locate(status, at, quote),
    });
  }
  return observed;
}

interface Subject {
  type: 'database' | 'agency';
  id: string;
}

function subjectsOf(fact: StatusFact, status: StatusText): Subject[] {
  // What is installed "at the ministry's seat" is the ministry's.
  if (fact.attribute === 'c12.agent' && status.agency !== null) return [{ type: 'agency', id: status.agency }];
  if (fact.database !== null) return [{ type: 'database', id: fact.database }];
  if (status.database_ids.length > 0) return status.database_ids.map((id) => ({ type: 'database', id }));
  // A level counts for an agency only with the number of databases it is said of.
  const counted = fact.attribute !== 'security.level_approval' || fact.flags.databases !== undefined;
  const ofAgency = OF_AGENCIES.has(fact.attribute) && counted && ABOUT_DATA.test(foldLetters(status.cell.text));
  return ofAgency && status.agency !== null ? [{ type: 'agency', id: status.agency }] : [];
}

function statement(
  fact: StatusFact,
  subject: Subject,
  status: StatusText,
  document: string,
  evidence: Locator,
): ObservationStatement {
  const { start: _start, end: _end, at: _at, to: _to, quote: _quote, database: _database, confidence, ...value } = fact;
  return {
    type: 'observation',
    document,
    subject_type: subject.type,
    subject_id: subject.id,
    ...value,
    shared_n: fact.database === null ? status.shared_n : 1,
    said_by: 'owner',
    confidence,
    evidence,
  };
}

function locate(status: StatusText, at: number, quote: string): Locator {
  const place = placeAt(status.cell, at);
  return {
    table: status.table,
    row: status.row,
    ...(status.inherited_from === undefined ? {} : { inherited_from: status.inherited_from }),
    column: status.column,
    line: place.line,
    ...(place.page === undefined ? {} : { page: place.page }),
    quote,
  };
}
