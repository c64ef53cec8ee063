/** Forms for the tests: built from the shipped settings, with values by hand, and read back with a second library. */
import ExcelJs from 'exceljs';
import { buildForm, type Form } from '../../config/form/form.ts';
import { Labels } from '../../config/labels.ts';
import { type Config, loadConfig } from '../../config/load.ts';
import { openArchive } from '../../connectors/document/formats/archive-gate.ts';
import type { TemplateInput } from '../../reports/form/input.ts';
import type { Prefill } from '../../reports/form/prefill.ts';
import { templateFile } from '../../reports/form/template.ts';

export const shipped: Config = loadConfig(undefined, {}).config;
export const labels = new Labels(shipped.labels);
export const PERIOD = '2026-06-29';
export const NONE: Prefill = { status: new Map(), criteria: new Map(), localities: [] };

export function formOf(agencyId: string, config: Config = shipped): Form {
  return buildForm(config, labels, { agencyId, period: PERIOD });
}

export function inputOf(form: Form, prefill: Prefill | null = NONE): TemplateInput {
  return {
    form,
    labels,
    config: shipped,
    prefill,
    asOf: prefill === null ? null : '2026-06-29',
    publication: prefill === null ? null : 'run-1',
    madeAt: new Date('2026-06-29T16:00:00Z'),
  };
}

export function template(agencyId: string, prefill: Prefill | null = NONE): Uint8Array {
  return templateFile(inputOf(formOf(agencyId), prefill));
}

/** The shipped settings with `n` databases of one agency, named by `name`. */
export function withDatabases(agencyId: string, n: number, name: (i: number) => string): Config {
  const model = shipped.databases.find((one) => one.row_kind === 'database');
  if (model === undefined) throw new Error('no database in the catalogue');
  const databases = Array.from({ length: n }, (_, i) => ({
    ...model,
    database_id: `csdl-${i + 1}`,
    name: name(i),
    agency_id: agencyId,
    part_of: null,
  }));
  return { ...shipped, databases, deadlines: [] };
}

/** Path → bytes. */
export async function partsOf(file: Uint8Array): Promise<Map<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array>();
  for (const [name, entry] of await openArchive(file)) parts.set(name, await entry.read());
  return parts;
}

export async function textsOf(file: Uint8Array): Promise<Map<string, string>> {
  return new Map([...(await partsOf(file))].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]));
}

/** The file as another library reads it. */
export async function secondReading(file: Uint8Array): Promise<ExcelJs.Workbook> {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load(Buffer.from(file) as unknown as ArrayBuffer);
  return workbook;
}

export function sheetAt(workbook: ExcelJs.Workbook, at: number): ExcelJs.Worksheet {
  const sheet = workbook.worksheets[at];
  if (sheet === undefined) throw new Error(`no sheet ${at}`);
  return sheet;
}

/** Values, formulas, locks and checks of a workbook as a second library sees them, for a golden file. */
export function structureOf(workbook: ExcelJs.Workbook): unknown {
  return workbook.worksheets.map((sheet) => {
    const cells: Record<string, unknown> = {};
    sheet.eachRow((row) =>
      row.eachCell({ includeEmpty: false }, (cell) => {
        if (cell.master !== cell || cell.value === null) return;
        cells[cell.address] =
          cell.value instanceof Date ? { date: cell.value.toISOString().slice(0, 10) } : (cell.value as unknown);
      }),
    );
    const open: string[] = [];
    sheet.eachRow((row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        if (cell.protection?.locked === false) open.push(cell.address);
      }),
    );
    const checks = new Map<string, string[]>();
    for (const [at, one] of Object.entries(validations(sheet))) {
      const key = JSON.stringify(one);
      checks.set(key, [...(checks.get(key) ?? []), at]);
    }
    return {
      name: sheet.name,
      state: sheet.state,
      merges: sheet.model.merges,
      columns: sheet.columns?.map((column) => [column.width, column.hidden]),
      page: {
        ...sheet.pageSetup,
        footer: (sheet.headerFooter as ExcelJs.HeaderFooter | null)?.oddFooter,
      },
      view: sheet.views[0],
      unlocked: open.length === 0 ? [] : [open.length, open[0], open.at(-1)],
      checks: [...checks].map(([one, at]) => ({ at: [at[0], at.at(-1), at.length], ...(JSON.parse(one) as object) })),
      cells,
    };
  });
}

export function validations(sheet: ExcelJs.Worksheet): Record<string, ExcelJs.DataValidation> {
  return (sheet as unknown as { dataValidations: { model: Record<string, ExcelJs.DataValidation> } }).dataValidations
    .model;
}

/** Children of a worksheet in the order of ECMA-376, part 1, CT_Worksheet. */
export const WORKSHEET_ORDER = [
  'sheetPr',
  'dimension',
  'sheetViews',
  'sheetFormatPr',
  'cols',
  'sheetData',
  'sheetCalcPr',
  'sheetProtection',
  'protectedRanges',
  'scenarios',
  'autoFilter',
  'sortState',
  'dataConsolidate',
  'customSheetViews',
  'mergeCells',
  'phoneticPr',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'colBreaks',
  'customProperties',
  'cellWatches',
  'ignoredErrors',
  'smartTags',
  'drawing',
  'legacyDrawing',
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
];
