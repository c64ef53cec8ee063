/** What the annexes have in common: the tasks of the newest list in words, and the spelling of names. Rule: blanks stay blank. */
import type { Row } from '../scoring/contract.ts';
import { hidesAmounts } from './fact-words.ts';
import type { ViewContext } from './view-context.ts';

/** A task of the newest overdue list as the forms print it. */
export interface AnnexTask {
  row: Row<'task'>;
  title: string;
  basis: string;
  lead: string;
  /** Where the block of one leading agency stands among others. */
  lead_key: string;
  /** dd/mm/yyyy, or as written where it is no day. */
  deadline: string;
  agencies: { id: string; name: string; status: string; difficulty: string }[];
}

/** The tasks of the newest list, in its order. */
export function annexTasks(ctx: ViewContext): AnnexTask[] {
  return ctx.data.task.map((row) => {
    const leads = (row.lead_agencies ?? '').split(';').filter((id) => id !== '');
    const lead =
      row.lead_raw === null
        ? leads.map((id) => ctx.agencyName(id)).join(ctx.t('format', 'list_comma'))
        : spelled(ctx, row.lead_raw);
    return {
      row,
      title: spelled(ctx, row.title ?? ''),
      basis: spelled(ctx, row.legal_basis ?? ''),
      lead,
      lead_key: lead.toLocaleLowerCase('vi'),
      deadline: row.deadline === null ? (row.deadline_raw ?? '') : ctx.written.datePadded(row.deadline),
      agencies: [
        ...ctx.rows('task_agency', 'task_id', row.task_id).map((one) => ({
          id: one.agency_id,
          name: ctx.agencyName(one.agency_id),
          status: words(ctx, row, one, 'status'),
          difficulty: words(ctx, row, one, 'difficulty'),
        })),
        // Bodies the registry does not have are printed as the document names them.
        ...row.overdue_raw
          .split(';')
          .filter((name) => name !== '')
          .map((name) => ({ id: '', name: spelled(ctx, name), status: '', difficulty: '' })),
      ],
    };
  });
}

/** Vietnamese alphabetical order, the same in every run. */
const collator = new Intl.Collator('vi');
export function byName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Proper names as they are to be written, whatever a document wrote (never_print of the label file). */
export function spelled(ctx: ViewContext, text: string): string {
  let out = text;
  for (const [wrong, right] of Object.entries(ctx.labels.group('never_print')))
    if (/\p{Lu}/u.test(wrong) || !wrong.includes(' ')) out = out.replaceAll(wrong, right);
  return out;
}

/** Names of the documents that make up the newest list. */
export function listDocuments(ctx: ViewContext): string[] {
  return [...new Set(ctx.data.task.map((row) => row.document_title ?? ''))].filter((title) => title !== '');
}

/**
 * What the agency wrote; blank where it wrote nothing; where it stands in the source where the words are not kept here,
 * are not for this edition, may hold amounts of a database whose amounts are not shown, or name a weakness or an address.
 */
function words(ctx: ViewContext, task: Row<'task'>, one: Row<'task_agency'>, which: 'status' | 'difficulty'): string {
  if (one[which] !== 'reported') return '';
  const text = which === 'status' ? one.status_text : one.difficulty_text;
  if (text !== null && mayPrint(ctx, task.task_id) && !isWithheld(ctx, text)) return text;
  const documents = listDocuments(ctx);
  const source = documents.length === 1 ? ctx.t('tables', 'annex', 'source') : (task.document_title ?? ctx.none);
  const row = one.inherited ?? one.row;
  return row === null
    ? ctx.f(['tables', 'annex', 'full_text_document'], { source })
    : ctx.f(['tables', 'annex', 'full_text'], { source, row });
}

const ADDRESS = /https?:\/\/|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;

/** Weaknesses and addresses of a named system are never shown. */
function isWithheld(ctx: ViewContext, text: string): boolean {
  const words = ctx.labels.node('tables', 'annex', 'withheld_words');
  const lower = text.normalize('NFC').toLocaleLowerCase('vi');
  return (
    ADDRESS.test(text) ||
    (Array.isArray(words) &&
      words.some((word) => typeof word === 'string' && lower.includes(word.toLocaleLowerCase('vi'))))
  );
}

function mayPrint(ctx: ViewContext, taskId: string): boolean {
  if (ctx.meta.edition !== 'noi_bo') return false;
  return ctx.rows('task_database', 'task_id', taskId).every((one) => !hidesAmounts(ctx.databases.get(one.database_id)));
}
