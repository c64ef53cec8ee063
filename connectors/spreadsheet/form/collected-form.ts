/** A form that was read, as a connector yields it: its document, its facts, and every cell that was refused. */
import type { RefusedCell } from '../../../config/form/reading.ts';
import type { Labels } from '../../../config/labels.ts';
import type { Collected } from '../../contract.ts';
import { type FormOrigin, formStatements } from './form-statements.ts';
import type { FilledForm } from './read-form.ts';

export function* collectedForm(form: FilledForm, origin: FormOrigin): Iterable<Collected> {
  const { document, observations } = formStatements(form, origin);
  const { labels } = form.context;
  yield { kind: 'statement', statement: document, at: origin.file };
  for (const note of form.notes)
    yield { kind: 'rejection', code: note.code, message: note.message, raw: '', at: origin.file };
  for (const statement of observations) {
    const { table = '', column = '' } = statement.evidence;
    yield { kind: 'statement', statement, at: `${origin.file}: ${table}!${column}` };
  }
  for (const cell of form.reading.cells) {
    if (cell.verdict !== 'refused') continue;
    const at = `${origin.file}: ${cell.sheetName}!${cell.address}`;
    yield { kind: 'rejection', code: `form/${cell.code}`, message: refusalText(cell, labels), raw: cell.raw, at };
  }
}

/** Reason and remedy as the focal point reads them. */
export function refusalText({ code, params }: Pick<RefusedCell, 'code' | 'params'>, labels: Labels): string {
  const say = (part: 'text' | 'remedy'): string => labels.format(['form', 'refusals', code, part], params).trim();
  return `${say('text')} ${say('remedy')}`;
}
