/**
 * The evidence table of a database or agency, and short links into it from everywhere else.
 * Rule: each fact stands once, with document and row; all other places point at it.
 */
import { localDay as dayOf, fromSqlTimestamp } from '../config/time.ts';
import type { CurrentRow, ObservationRow } from '../scoring/contract.ts';
import { factDetails, factValue } from './fact-words.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import type { Evidence, Fact } from './view-parts.ts';

interface Book {
  facts: Fact[];
  byObservation: Map<string, Evidence>;
}

/** What is worded of a fact, whether it speaks or not. */
type WordedRow = Omit<
  CurrentRow,
  | 'given_from'
  | 'given_by'
  | 'is_conflict'
  | 'is_live'
  | 'live_until'
  | 'observation_id'
  | 'lo'
  | 'hi'
  | 'observed_on'
  | 'stated_on'
  | 'subject_type'
  | 'subject_id'
>;

export class FactBooks {
  readonly #ctx: ViewContext;
  readonly #books = new Map<string, Book>();
  readonly #stated: Map<string, ObservationRow[]>;
  readonly #order: Map<string, number>;

  constructor(ctx: ViewContext) {
    this.#ctx = ctx;
    this.#stated = groupBy(ctx.data.observation, (row) => row.subject_id);
    this.#order = new Map(Object.keys(ctx.config.attributes.attributes).map((name, index) => [name, index]));
  }

  /** All facts of a subject: those that speak first, then what was said before or beside them. */
  facts(subjectId: string): Fact[] {
    return this.#book(subjectId).facts;
  }

  /** Lets go of a subject whose page is made; asked for again, its book is made anew. */
  forget(subjectId: string): void {
    this.#books.delete(subjectId);
  }

  /** Link to the row of a fact, on the page of the subject if it stands there, else where it was stated. */
  evidence(observationId: string | null, subjectId: string): Evidence | null {
    if (observationId === null) return null;
    const own = this.#book(subjectId).byObservation.get(observationId);
    if (own !== undefined) return own;
    const stated = this.#ctx.observations.get(observationId);
    return stated === undefined || stated.subject_id === subjectId
      ? null
      : (this.#book(stated.subject_id).byObservation.get(observationId) ?? null);
  }

  #book(subjectId: string): Book {
    const known = this.#books.get(subjectId);
    if (known !== undefined) return known;
    const ctx = this.#ctx;
    const current = [...(ctx.current.get(subjectId) ?? [])].sort(
      (a, b) => this.#rank(a.attribute) - this.#rank(b.attribute),
    );
    const spoken = new Set(current.map((row) => row.observation_id));
    const silent = (this.#stated.get(subjectId) ?? []).filter((row) => !spoken.has(row.id));
    const book: Book = { facts: [], byObservation: new Map() };
    this.#books.set(subjectId, book);
    const add = (fact: Omit<Fact, 'anchor'>, observationId: string): void => {
      const anchor = `can-cu-${book.facts.length + 1}`;
      book.facts.push(Object.assign(fact, { anchor }));
      const text = fact.place ?? fact.document;
      const title = [fact.document, fact.place, fact.inherited].filter((part) => part !== null).join(', ');
      book.byObservation.set(observationId, { text, href: `${this.#page(subjectId)}#${anchor}`, title });
    };
    for (const row of current) add(this.#spoken(row, subjectId), row.observation_id);
    for (const row of silent) add(this.#stale(row, subjectId), row.id);
    return book;
  }

  #rank(attribute: string): number {
    return this.#order.get(attribute) ?? Number.MAX_SAFE_INTEGER;
  }

  #page(subjectId: string): string {
    return this.#ctx.databases.has(subjectId) ? `databases/${subjectId}.html` : `agencies/${subjectId}.html`;
  }

  #spoken(row: CurrentRow, subjectId: string): Omit<Fact, 'anchor'> {
    const ctx = this.#ctx;
    return this.#fact(row, subjectId, ctx.observations.get(row.observation_id), {
      date: this.#date(row.observed_on, row.stated_on),
      given_from: row.given_from === null ? null : ctx.databaseLink(row.given_from),
      given_by: row.given_by === null ? null : ctx.t('given_by', row.given_by),
      conflict: row.is_conflict ? ctx.t('result_states', 'conflict') : null,
      stale: row.is_live ? null : ctx.t('result_states', 'stale'),
      silenced: null,
      is_current: true,
    });
  }

  #stale(row: ObservationRow, subjectId: string): Omit<Fact, 'anchor'> {
    const worded = { ...row, state: row.value_text, low: row.value_low, high: row.value_high };
    return this.#fact(worded, subjectId, row, {
      date: this.#date(localDay(row.observed_at), localDay(row.stated_at)),
      given_from: null,
      given_by: null,
      conflict: null,
      stale: null,
      silenced: row.rejected_by === null ? null : this.#ctx.t('pages', 'site', 'silenced'),
      is_current: false,
    });
  }

  /** One literal: there are a quarter of a million of them in a register of thousands, and copying one into another shows. */
  #fact(
    row: WordedRow,
    subjectId: string,
    stated: ObservationRow | undefined,
    standing: Pick<Fact, 'date' | 'given_from' | 'given_by' | 'conflict' | 'stale' | 'silenced' | 'is_current'>,
  ): Omit<Fact, 'anchor'> {
    const ctx = this.#ctx;
    const database = ctx.databases.get(subjectId);
    const owner = database === undefined ? ctx.agencyName(subjectId) : ctx.agencyName(database.agency_id);
    const hidden = ctx.meta.edition === 'chia_se' && row.attribute.startsWith('security.');
    return {
      what: attributeName(ctx, row.attribute),
      value: hidden ? ctx.t('pages', 'common', 'not_in_edition') : factValue(ctx, row, database),
      details: hidden ? [] : factDetails(ctx, row),
      said_by: ctx.t('said_by', row.said_by),
      quoted:
        row.quoted === null
          ? null
          : ctx.f(['pages', 'common', 'quoted_by'], { owner, holder: ctx.maybe('holders', row.quoted) ?? ctx.none }),
      grade: ctx.t('grades', row.grade),
      document: this.#document(stated),
      place: place(ctx, stated),
      inherited:
        stated?.evidence_inherited_from == null
          ? null
          : ctx.f(['pages', 'site', 'inherited'], { from: stated.evidence_inherited_from }),
      shared: row.shared_n > 1 ? sharedMark(ctx, row.shared_n) : null,
      date: standing.date,
      given_from: standing.given_from,
      given_by: standing.given_by,
      conflict: standing.conflict,
      stale: standing.stale,
      silenced: standing.silenced,
      is_current: standing.is_current,
    };
  }

  #document(stated: ObservationRow | undefined): string {
    const title = stated?.evidence_title ?? null;
    if (stated === undefined || title === null) return this.#ctx.none;
    if (stated.evidence_number !== null)
      return this.#ctx.f(['pages', 'common', 'evidence_number'], {
        document: title,
        number: stated.evidence_number,
        date: this.#ctx.date(stated.evidence_date),
      });
    return stated.evidence_date === null ? title : `${title} (${this.#ctx.date(stated.evidence_date)})`;
  }

  #date(observed: string | null, stated: string | null): string {
    const ctx = this.#ctx;
    if (observed === null || stated === null || observed === stated) return ctx.date(stated ?? observed);
    return `${ctx.date(observed)} (${ctx.f(['pages', 'site', 'stated_on'], { date: ctx.date(stated) })})`;
  }
}

/** Name of an attribute; a criterion is called by its title. */
export function attributeName(ctx: ViewContext, attribute: string): string {
  const criterion = /^criterion\.(.+)$/.exec(attribute)?.[1];
  if (criterion !== undefined) return ctx.data.criterion.find((row) => row.criterion === criterion)?.title ?? ctx.none;
  return ctx.maybe('attributes', attribute) ?? ctx.none;
}

/** "hàng 5 (dòng 64)", or the row alone, or nothing. */
function place(ctx: ViewContext, stated: ObservationRow | undefined): string | null {
  if (stated === undefined || stated.evidence_row === null) return null;
  if (stated.evidence_line === null) return ctx.f(['format', 'one_row'], { from: stated.evidence_row });
  return ctx.f(['format', 'place'], { row: stated.evidence_row, line: stated.evidence_line });
}

/** "Nội dung chung của 09 CSDL". */
export function sharedMark(ctx: ViewContext, n: number): string {
  return ctx.f(['pages', 'common', 'shared_mark'], { n: ctx.written.count(n) });
}

/** Day in Viet Nam of a UTC time "YYYY-MM-DD HH:MM:SS". */
export function localDay(utc: string): string {
  const instant = fromSqlTimestamp(utc);
  return Number.isNaN(instant.getTime()) ? utc.slice(0, 10) : dayOf(instant);
}
