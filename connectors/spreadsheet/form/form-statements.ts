/**
 * A form that was read → statements. What its owner typed is his word outside a document (E1); a number of a document
 * typed beside it is kept as the place to look, and raises nothing. A database without change gives no fact of its own:
 * only that somebody looked, said of the agency.
 */
import { NO_PERSONS } from '../../../config/form/lists.ts';
import { cutOffOf } from '../../../config/form/period.ts';
import type { FormValue, StatusRow } from '../../../config/form/reading.ts';
import { viDate } from '../../../config/format.ts';
import type { DocumentStatement, Locator, ObservationStatement } from '../../contract.ts';
import { observeStatus } from '../../document/facts/observe.ts';
import { foldLetters, slug } from '../../document/language/fold.ts';
import { type Hedge, interval } from '../../document/language/numbers.ts';
import { cellAt } from '../../document/model.ts';
import type { FormSheet } from './form-file.ts';
import type { OpenRow } from './open-sheets.ts';
import type { FilledForm } from './read-form.ts';

export interface FormStatements {
  document: DocumentStatement;
  observations: ObservationStatement[];
}

export interface FormOrigin {
  file: string;
  sha256: string;
  size: number;
  grade: DocumentStatement['grade'];
  received?: Pick<DocumentStatement, 'received_at' | 'received_by'>;
}

type Values = StatusRow['values'];

export function formStatements(form: FilledForm, origin: FormOrigin): FormStatements {
  const { agencyId, period } = form.reading;
  const { labels, form: own } = form.context;
  const { sha256 } = origin;
  const stated = cutOffOf(period);
  const document: DocumentStatement = {
    type: 'document',
    id: `bieu-${slug(agencyId)}-${period}-${sha256.slice(0, 6)}`,
    title: `${labels.text('form', 'number')}, ${labels.format(['form', 'file_subject'], { agency: own.agency.name, date: viDate(period) })}`,
    stated_at: stated,
    grade: origin.grade,
    said_by: 'owner',
    sha256,
    file: origin.file,
    size: origin.size,
    ...origin.received,
    series: `form: ${agencyId}`,
    rejections: form.reading.cells.filter(({ verdict }) => verdict === 'refused').length,
  };
  const facts = new Facts(form, document.id);
  for (const row of form.status) {
    if (row.change === 'changed') facts.status(row);
    else if (row.change === 'unchanged') facts.unchanged(row, stated);
  }
  facts.criteria();
  for (const row of form.localities) facts.locality(row);
  for (const row of form.difficulties) facts.difficulty(row);
  return { document, observations: facts.list };
}

const STATES = [
  ['c12_connection', 'c12.connection'],
  ['c12_sync', 'c12.sync'],
  ['c06_connection', 'c06.connection'],
  ['cleaning', 'c06.cleaning'],
  ['security', 'security.assessment'],
] as const;
/** Bodies that are waited for, as they are named in a text. */
const HOLDERS = [
  ['c12', /\bc12\b|trung tam du lieu quoc gia/],
  ['c06', /\bc06\b|\bdan cu\b/],
  ['a05', /\ba05\b|cuc an ninh mang/],
] as const;

class Facts {
  readonly list: ObservationStatement[] = [];
  readonly #form: FilledForm;
  readonly #document: string;

  constructor(form: FilledForm, document: string) {
    this.#form = form;
    this.#document = document;
  }

  status({ database, row, values }: StatusRow): void {
    const sheet = this.#form.sheets.get('status') as FormSheet;
    const at = (column: string, topic: string): Locator => this.#place(sheet, row, column, database, topic);
    const say = (attribute: string, column: string, fact: Partial<ObservationStatement>): void =>
      this.#add({ type: 'database', id: database }, attribute, at(column, attribute), fact);
    const met = numberOf(values.criteria_met);
    if (met !== null)
      say('checklist.met', 'criteria_met', { value_number: met, value_total: this.#form.context.form.criteria.length });
    const software = stateOf(values.software);
    if (software !== null)
      say('software.state', 'software', { value_text: software, extent: stateOf(values.extent) ?? 'whole' });
    this.#amounts(values, say);
    for (const [column, attribute] of STATES) {
      const state = stateOf(values[column]);
      if (state !== null && state !== NO_PERSONS) say(attribute, column, { value_text: state });
    }
    if (values.synced_on?.kind === 'date') say('update.last', 'synced_on', { value_time: values.synced_on.day });
    const holder = stateOf(values.blocked_by);
    if (holder !== null) {
      const flags = {
        holder,
        ...(values.waiting_since?.kind === 'date' ? { since: values.waiting_since.day } : {}),
        ...(values.waiting_for?.kind === 'text' ? { reference: values.waiting_for.text } : {}),
      };
      say('blocked_by', 'blocked_by', { value_text: holder, target: holder, flags });
    }
  }

  #amounts(
    values: Values,
    say: (attribute: string, column: string, fact: Partial<ObservationStatement>) => void,
  ): void {
    const unit = textOf(values.unit);
    const records = numberOf(values.records);
    const stage = stateOf(values.stage);
    if (records !== null && unit !== null) {
      const precision = stateOf(values.precision);
      const hedge = precision === null || precision === 'exact' ? undefined : (precision as Hedge);
      const amount = precision === 'exact' ? null : interval(records, 1, hedge);
      say('records.count', 'records', {
        ...(amount === null || amount.exact
          ? { value_number: records }
          : { value_low: amount.low, value_high: amount.high }),
        unit,
        ...(stage === null ? {} : { stage }),
        flags: hedge === undefined ? {} : { hedge },
      });
    }
    const expected = numberOf(values.expected);
    if (expected === null || unit === null) return;
    // Only a document that is named beside it is a source of the total.
    say('records.expected', 'expected', { value_number: expected, unit });
    const last = this.list.at(-1);
    if (last?.evidence.quote !== undefined) last.flags = { source: last.evidence.quote };
  }

  unchanged({ database, row }: StatusRow, stated: string): void {
    const sheet = this.#form.sheets.get('status') as FormSheet;
    const name = this.#form.context.form.databases.find(({ id }) => id === database)?.name ?? database;
    this.#add(
      { type: 'agency', id: this.#form.reading.agencyId },
      'report.unchanged',
      this.#place(sheet, row, 'change', null, ''),
      {
        target: name,
        value_time: stated,
      },
    );
  }

  criteria(): void {
    const sheet = this.#form.sheets.get('criteria');
    if (sheet === undefined) return;
    for (const [database, states] of this.#form.criteria)
      for (const [criterion, { state, row, stated }] of states) {
        if (!stated) continue;
        const attribute = `criterion.${criterion}`;
        const proof = this.#form.evidence.find((one) => one.database === database && one.topic === attribute);
        const ground = state === 'na_requested' ? textOf(proof?.values.na_reason) : null;
        this.#add(
          { type: 'database', id: database },
          attribute,
          this.#place(sheet, row, database, database, attribute),
          {
            value_text: state,
            flags: ground === null ? {} : { ground },
          },
        );
      }
  }

  locality({ row, database, values }: OpenRow): void {
    const sheet = this.#form.sheets.get('localities') as FormSheet;
    const [done, total] = [numberOf(values.done), numberOf(values.total)];
    const [role, unit] = [stateOf(values.role), textOf(values.unit)];
    if (database === null || done === null || total === null || role === null || unit === null) return;
    const at = this.#place(sheet, row, 'done', database, 'units.ratio');
    this.#add({ type: 'database', id: database }, 'units.ratio', at, {
      value_number: done,
      value_total: total,
      role,
      unit,
    });
  }

  difficulty({ row, database, values }: OpenRow): void {
    const sheet = this.#form.sheets.get('difficulties') as FormSheet;
    const content = textOf(values.content);
    if (database === null || content === null) return;
    const holder = this.#holderOf(database, content, values);
    this.#add({ type: 'database', id: database }, 'blocked_by', this.#place(sheet, row, 'content', database, ''), {
      value_text: holder,
      target: content.slice(0, 120),
      flags: { holder, reference: content.slice(0, 300) },
    });
  }

  /** What the words say stands in the way; else the authority chosen; nobody where it is the owner itself. */
  #holderOf(database: string, content: string, values: OpenRow['values']): string {
    const { agencyId, period } = this.#form.reading;
    const { names, units } = this.#form.context;
    const text = [content, textOf(values.cause)].filter((part) => part !== null).join('. ');
    const cell = cellAt(text, { line: 1 });
    const status = {
      cell,
      agency: agencyId,
      database_ids: [database],
      task_no: 0,
      shared_n: 1,
      table: '',
      row: 0,
      column: 'kho_khan' as const,
    };
    const read = observeStatus(status, { names, units, criteria: [], document: this.#document, stated: period });
    const said = read.observations.find(({ statement }) => statement.attribute === 'blocked_by')?.statement.value_text;
    if (said !== undefined) return said;
    const words = foldLetters([text, textOf(values.authority)].join('. '));
    const named = HOLDERS.find(([, pattern]) => pattern.test(words));
    if (named !== undefined) return named[0];
    const authority = stateOf(values.authority) ?? textOf(values.authority);
    return authority === null || authority === agencyId ? 'none_stated' : 'other_agency';
  }

  #add(
    subject: { type: 'database' | 'agency'; id: string },
    attribute: string,
    evidence: Locator,
    fact: Partial<ObservationStatement>,
  ): void {
    this.list.push({
      type: 'observation',
      document: this.#document,
      subject_type: subject.type,
      subject_id: subject.id,
      attribute,
      modality: 'done',
      extent: 'whole',
      shared_n: 1,
      flags: {},
      ...fact,
      evidence,
    });
  }

  /** Sheet, row and address; with the document that the form names for it, as typed. */
  #place(sheet: FormSheet, row: number, column: string, database: string | null, topic: string): Locator {
    const proof = this.#form.evidence.find((one) => one.database === database && one.topic === topic);
    const quote = proof === undefined ? '' : this.#named(proof.values);
    return {
      table: sheet.name,
      row,
      column: sheet.address(row, column),
      ...(quote === '' ? {} : { quote: quote.slice(0, 300) }),
    };
  }

  #named(values: Values): string {
    const { labels } = this.#form.context;
    const kind = values.document_kind;
    const parts = [
      kind?.kind === 'state' ? labels.text('form', 'lists', 'document_kind', kind.id) : textOf(kind),
      textOf(values.number),
      values.date?.kind === 'date' ? viDate(values.date.day) : null,
      textOf(values.issuer),
      textOf(values.summary),
    ];
    return values.number === undefined ? '' : parts.filter((part) => part !== null && part !== '').join(', ');
  }
}

function numberOf(value: FormValue | undefined): number | null {
  return value?.kind === 'number' ? value.number : null;
}

function stateOf(value: FormValue | undefined): string | null {
  return value?.kind === 'state' ? value.id : null;
}

/** Words as typed, or an entry whose id is its word (units). */
function textOf(value: FormValue | undefined): string | null {
  return value?.kind === 'text' ? value.text : value?.kind === 'state' ? value.id : null;
}
