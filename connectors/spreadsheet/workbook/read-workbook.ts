/**
 * A workbook (.xlsx) from its bytes, as far as its cells: through the gate for archives, part by part, nothing run and
 * nothing fetched. What is no workbook, or one that could do something (macros, DDE), is refused by name.
 */
import { type Archive, type InflateBudget, openArchive } from '../../document/formats/archive-gate.ts';
import { broken, fromGate, SPREADSHEET_LIMITS, type SpreadsheetLimits, spreadsheetFault, tooLarge } from './fault.ts';
import { checkFileKind, checkParts } from './file-kind.ts';
import type { Sheet, Workbook, WorkbookNote } from './model.ts';
import { readNumberFormats } from './number-formats.ts';
import { type Relation, relationsOf } from './relations.ts';
import { cellText, readSharedStrings } from './shared-strings.ts';
import { type SheetContext, SheetReader } from './sheet-reader.ts';
import { readPart } from './xml-part.ts';

/**
 * @throws Fault `spreadsheet/<why>`: empty, legacy-xls, encrypted, csv, ods, xlsb, macro, dde, not-a-workbook, broken,
 * bomb, unsafe-path, too-large
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: Partial<SpreadsheetLimits> = {},
  budget?: InflateBudget,
): Promise<Workbook> {
  const bound = { ...SPREADSHEET_LIMITS, ...limits };
  if (bytes.length > bound.bytes) throw tooLarge(`the file has ${bytes.length} bytes, more than ${bound.bytes}`);
  checkFileKind(bytes);
  const archive = await opened(bytes, bound, budget);
  checkParts(archive.keys());
  await checkContentTypes(archive);
  const main = (await relationsOf(archive, '')).find(({ kind }) => kind === 'officeDocument')?.target;
  const part = main !== undefined && archive.has(main) ? main : 'xl/workbook.xml';
  if (!archive.has(part)) throw broken('the file has no workbook in it');
  return workbookOf(archive, part, bound);
}

async function opened(bytes: Uint8Array, bound: SpreadsheetLimits, budget?: InflateBudget): Promise<Archive> {
  try {
    return await openArchive(bytes, { entries: bound.entries, inflated: bound.inflated }, budget);
  } catch (error) {
    throw fromGate(error);
  }
}

/** A macro workbook under another name says so here. */
async function checkContentTypes(archive: Archive): Promise<void> {
  await readPart(archive, '[Content_Types].xml', {
    open(_name, { ContentType = '' }) {
      if (/macroEnabled|vbaProject/i.test(ContentType))
        throw spreadsheetFault(
          'macro',
          'the workbook is of a kind that holds macros',
          'save it as "Excel Workbook (.xlsx)", which leaves the macros out; do not enable them',
        );
    },
  });
}

interface SheetEntry {
  name: string;
  relation: string;
  hidden: boolean;
}

async function workbookOf(archive: Archive, part: string, limits: SpreadsheetLimits): Promise<Workbook> {
  const relations = await relationsOf(archive, part);
  const { entries, from1904 } = await readSheetList(archive, part, limits);
  const first = (kind: string): string | undefined => relations.find((one) => one.kind === kind)?.target;
  const notes = await outsideNotes(archive, relations);
  const context: SheetContext = {
    strings: await readSharedStrings(archive, first('sharedStrings'), limits),
    formats: await readNumberFormats(archive, first('styles')),
    from1904,
    limits,
    used: { cells: 0, text: 0 },
  };
  const sheets: Sheet[] = [];
  const byId = new Map(relations.map((one) => [one.id, one]));
  for (const entry of entries) {
    const relation = byId.get(entry.relation);
    if (relation?.kind === 'chartsheet') continue;
    const reader = new SheetReader(entry.name, context);
    if (relation === undefined || !(await readPart(archive, relation.target, reader)))
      throw broken(`sheet ${entry.name} is missing from the file`);
    const { merged, hiddenRows, hiddenColumns } = reader;
    sheets.push({
      name: entry.name,
      hidden: entry.hidden,
      rows: inOrder(reader.rows),
      merged,
      hiddenRows,
      hiddenColumns,
    });
  }
  if (sheets.length === 0) throw broken('the workbook has no sheet with cells');
  return { sheets, properties: await readProperties(archive), from1904, notes };
}

async function readSheetList(
  archive: Archive,
  part: string,
  limits: SpreadsheetLimits,
): Promise<{ entries: SheetEntry[]; from1904: boolean }> {
  const entries: SheetEntry[] = [];
  let from1904 = false;
  await readPart(archive, part, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      else if (name === 'sheet' && attributes.name !== undefined) {
        if (entries.length >= limits.sheets) throw tooLarge(`the workbook has more than ${limits.sheets} sheets`);
        const relation = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? '';
        const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
        entries.push({ name: cellText(attributes.name).slice(0, 100), relation, hidden });
      }
    },
  });
  return { entries, from1904 };
}

/** Links to other workbooks are never followed: their cells keep the values last seen. Programs are not even that. */
async function outsideNotes(archive: Archive, relations: readonly Relation[]): Promise<WorkbookNote[]> {
  const notes: WorkbookNote[] = [];
  const links = relations.filter(({ kind }) => kind === 'externalLink');
  for (const { target } of links)
    await readPart(archive, target, {
      open(name) {
        if (name === 'ddeLink' || name === 'oleLink')
          throw spreadsheetFault(
            'dde',
            'the workbook asks another program for data (DDE or OLE link)',
            'break the links (Data, Edit Links, Break Link), save it and send it again',
          );
      },
    });
  if (links.length > 0)
    notes.push({ code: 'external-link', message: 'the workbook refers to other workbooks; they are not opened' });
  if ([...archive.keys()].some((name) => /^xl\/connections\.xml$/i.test(name)))
    notes.push({ code: 'data-connection', message: 'the workbook has data connections; they are not used' });
  if ([...archive.keys()].some((name) => /^xl\/(?:embeddings|activex)\//i.test(name)))
    notes.push({ code: 'embedded', message: 'the workbook holds other files or controls; they are not read' });
  return notes;
}

/** Custom properties (docProps/custom.xml): where a form says which form it is. */
async function readProperties(archive: Archive): Promise<Map<string, string>> {
  const properties = new Map<string, string>();
  let name: string | null = null;
  let value = '';
  await readPart(archive, 'docProps/custom.xml', {
    open(tag, attributes) {
      if (tag === 'property') {
        name = (attributes.name ?? '').slice(0, 100);
        value = '';
      }
    },
    text(text) {
      if (name !== null && value.length < 1_000) value += text;
    },
    close(tag) {
      if (tag !== 'property' || name === null) return;
      if (properties.size < 100) properties.set(name, cellText(value.slice(0, 1_000)));
      name = null;
    },
  });
  return properties;
}

function inOrder(rows: SheetReader['rows']): Sheet['rows'] {
  let last = 0;
  let sorted = true;
  for (const [row, cells] of rows) {
    if (row < last) sorted = false;
    last = row;
    let column = 0;
    for (const at of cells.keys()) {
      if (at < column) {
        rows.set(row, new Map([...cells].sort(([a], [b]) => a - b)));
        break;
      }
      column = at;
    }
  }
  return sorted ? rows : new Map([...rows].sort(([a], [b]) => a - b));
}
