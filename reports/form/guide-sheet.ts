/** Sheet 6: how to fill in the form, as the label file words it. */
import { Fault } from '../../config/fault.ts';
import { FIRST_COLUMN } from '../../config/form/places.ts';
import { range, Sheet } from '../xlsx/sheet.ts';
import { heightFor } from './cells.ts';
import type { TemplateInput } from './input.ts';
import * as looks from './looks.ts';
import { footer } from './status-sheet.ts';

const WIDTH = 100;
/** Written out at the end: the short forms the sheets use. */
const SHORT = ['CSDL', 'C12', 'C06', 'A05'] as const;

export function guideSheet(input: TemplateInput): Sheet {
  const { form, labels } = input;
  const sheet = new Sheet(form.sheetNames.guide);
  sheet.widths.set(1, 0).set(FIRST_COLUMN, WIDTH);
  sheet.set(FIRST_COLUMN, 2, labels.text('form', 'titles', 'guide'), looks.title);
  sheet.row(2).height = 28;
  let row = 3;
  for (const line of lines(input)) {
    const isHead = line.kind === 'head';
    sheet.set(FIRST_COLUMN, row, line.text, isHead ? looks.guideHead : looks.guideText);
    sheet.row(row).height = isHead ? 22 : heightFor([[line.text, WIDTH * 1.12]], 17);
    row += 1;
  }
  sheet.print = { landscape: false, area: range(FIRST_COLUMN, 2, FIRST_COLUMN, row - 1), ...footer(input) };
  return sheet;
}

function lines({ labels }: TemplateInput): { kind: 'head' | 'text'; text: string }[] {
  const found = labels.node('form', 'guide');
  const system = labels.text('things', 'tracking_system');
  const list = Array.isArray(found) ? found : [];
  const told = list.flatMap((one: unknown): { kind: 'head' | 'text'; text: string }[] => {
    const { head, text } = (one ?? {}) as { head?: unknown; text?: unknown };
    if (typeof head === 'string') return [{ kind: 'head', text: head }];
    return typeof text === 'string' ? [{ kind: 'text', text: text.replace('{system}', system) }] : [];
  });
  if (told.length === 0)
    throw new Fault('labels/missing', 'form.guide has no lines', { hint: 'add them to the label file' });
  const short = SHORT.map((word) => ({
    kind: 'text' as const,
    text: `${word}: ${labels.text('abbreviations', word)}.`,
  }));
  return [...told, ...short];
}
