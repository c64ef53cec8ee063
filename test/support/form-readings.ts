/** Forms filled in by a test and read, over the shipped settings: what became of every cell. */
import type { FormReading, FormValue, ReadCell } from '../../config/form/reading.ts';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { readForm } from '../../connectors/spreadsheet/form/read-form.ts';
import { formReader } from '../../connectors/spreadsheet/form/typed-cell.ts';
import { type FilledSource, filledForm } from './form-files.ts';
import type { CellSource } from './workbook-files.ts';

export const { config } = loadConfig(undefined, {});
export const labels = new Labels(config.labels);
export const reader = formReader(config, labels);

/** Databases of the Bộ Nội vụ. */
export const A = 'tai-nan-lao-dong';
export const B = 'hoi-quy-to-chuc-phi-chinh-phu';
export const CHANGED = { change: 'Có thay đổi' };
export const read = (source: FilledSource): Promise<FormReading> =>
  readForm(filledForm(config, labels, source), reader);
/** One row of sheet 1 that changed. */
export const row = (typed: Record<string, CellSource>): Promise<FormReading> =>
  read({ status: { [A]: { ...CHANGED, ...typed } } });

const plain = (value: FormValue): string | number =>
  value.kind === 'state'
    ? value.id
    : value.kind === 'number'
      ? value.number
      : value.kind === 'date'
        ? value.day
        : value.text;
/** column → value, or the code of the refusal. */
export const verdicts = (reading: FormReading, sheet = 'status'): Record<string, string | number> =>
  Object.fromEntries(
    reading.cells
      .filter((cell) => cell.sheet === sheet && cell.column !== 'change')
      .map((cell) => [cell.column, cell.verdict === 'accepted' ? plain(cell.value) : `! ${cell.code}`]),
  );
export const refused = (reading: FormReading): (ReadCell & { verdict: 'refused' })[] =>
  reading.cells.filter((cell) => cell.verdict === 'refused');
