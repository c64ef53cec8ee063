/** A refusal in words: the reason and the remedy, as the label file has them, with what was typed in its places. */
import type { Form } from '../../config/form/form.ts';
import { wordOf } from '../../config/form/lists.ts';
import { BODY_ROW, HEADER_FIELDS } from '../../config/form/places.ts';
import type { RefusedCell } from '../../config/form/reading.ts';
import { viNumber } from '../../config/format.ts';
import type { Labels } from '../../config/labels.ts';
import { cellText } from '../xlsx/xml.ts';

/** Most characters of what was typed that are said again. */
const QUOTED = 80;

export function refusalWords(cell: RefusedCell, labels: Labels): { reason: string; remedy: string } {
  const values: Record<string, string> = { nearest: '' };
  for (const [key, value] of Object.entries(cell.params))
    values[key] = typeof value === 'number' ? viNumber(value) : short(value);
  const say = (part: 'text' | 'remedy'): string =>
    labels.format(['form', 'refusals', cell.code, part], values).replaceAll(/\s+/g, ' ').trim();
  return { reason: say('text'), remedy: say('remedy') };
}

function short(text: string): string {
  const clean = cellText(text).replaceAll(/\s+/g, ' ').trim();
  return clean.length <= QUOTED ? clean : `${clean.slice(0, QUOTED).trimEnd()}…`;
}

/** Name of the column (or header field) a cell stands in. */
export function columnWords(cell: RefusedCell, form: Form, labels: Labels): string {
  if (HEADER_FIELDS.some((field) => field.key === cell.column)) return labels.text('form', 'header', cell.column);
  if (labels.has('form', 'columns', cell.sheet, cell.column))
    return labels.text('form', 'columns', cell.sheet, cell.column).replaceAll('\n', ' ');
  // Sheet 2: the column is a database, named beside; what tells more is the criterion of the row.
  const criterion = form.criteria[cell.row - BODY_ROW.criteria];
  return wordOf(form.lists.topic, `criterion.${criterion}`) ?? '';
}
