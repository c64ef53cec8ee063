/**
 * A mapping proposed for a workbook: the row that looks most like titles, what each title means by its words, and how many
 * of the cells below are read that way. A proposal is checked by a person; nothing is read by it unasked.
 */
import { columnLetters } from '../../../config/form/places.ts';
import { foldLetters } from '../../document/language/fold.ts';
import { usable } from '../cells/parsed.ts';
import { plainWord } from '../cells/word-cell.ts';
import { cellOf, type Sheet, type Workbook } from '../workbook/model.ts';
import { type MappedContext, readMapped } from './mapped-cell.ts';
import { type MappedColumn, mappedColumn } from './mapping.ts';
import { type MappedReader, mappedContext } from './read-mapped.ts';

export interface SuggestedColumn {
  letter: string;
  title: string;
  /** null: the title is not known. */
  means: MappedColumn | 'database' | 'number' | null;
  /** Of how many filled cells how many are read; null where that is not tried. */
  read: { cells: number; ok: number } | null;
}

export interface SuggestedMapping {
  sheet: string;
  headerRow: number;
  columns: SuggestedColumn[];
}

/** Rows in which titles are looked for. */
const HEADER_ROWS = 40;
const SAMPLE = 300;
const LONGEST_TITLE = 160;

type Meaning = 'database' | 'number' | Omit<Partial<MappedColumn>, 'column'>;

/** Titles by their folded words, the narrower before the wider; units folded too. */
const TITLES: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:stt|tt|so tt|so thu tu)$/, 'number'],
  [/^ma (?:csdl|co so du lieu)/, 'database'],
  [
    /^(?:ten )?(?:cac )?(?:csdl|co so du lieu|he thong thong tin|nhiem vu)\b(?!.*\b(?:ket noi|dong bo|tinh trang)\b)/,
    'database',
  ],
  [/tieu chi/, { attribute: 'checklist.met' }],
  [/cap do/, { attribute: 'security.level_approval' }],
  [/an ninh|an toan|antt|anat|attt/, { attribute: 'security.assessment' }],
  [/ngay.*(?:dong bo|cap nhat)|(?:dong bo|cap nhat).*(?:gan nhat|cuoi)/, { attribute: 'update.last' }],
  [/dong bo/, { attribute: 'c12.sync' }],
  [/lam sach|doi soat/, { attribute: 'c06.cleaning' }],
  [/ket noi.*(?:c06|dan cu)|(?:c06|dan cu).*ket noi/, { attribute: 'c06.connection' }],
  [/ket noi/, { attribute: 'c12.connection' }],
  [/(?:tong so|so).*(?:phai co|phai quan ly|phai tao lap)/, { attribute: 'records.expected', unit: 'ban ghi' }],
  [
    /so ban ghi|so luong (?:ban ghi|ho so|du lieu)|so (?:luong )?ho so|du lieu da (?:tao lap|thu thap|nhap)/,
    { attribute: 'records.count', unit: 'ban ghi' },
  ],
  [/dia phuong|so (?:tinh|xa|don vi)/, { attribute: 'units.ratio', role: 'data_entered', unit: 'dia phuong' }],
  [/phuong thuc cap nhat/, { attribute: 'update.mode' }],
  [/tao lap du lieu|nhap lieu/, { attribute: 'data.created' }],
  [/phan mem|bo cong cu|ung dung/, { attribute: 'software.state' }],
  [/phap ly|van ban quy pham/, { attribute: 'legal.basis' }],
  [/tinh hinh|ket qua (?:thuc hien|trien khai)|tien do|hien trang|kho khan|vuong mac/, { status_text: true }],
];

/** The sheet and row with the most titles that are known; null where there is none with a database and a fact. */
export function suggestMapping(workbook: Workbook, reader: MappedReader, asOf: string): SuggestedMapping | null {
  let best: { sheet: Sheet; row: number; known: number } | null = null;
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) continue;
    let rows = 0;
    for (const [row, cells] of sheet.rows) {
      if (++rows > HEADER_ROWS) break;
      const meanings = [...cells.values()].map(({ text }) => meaningOf(text)).filter((one) => one !== null);
      const facts = meanings.filter((one) => typeof one === 'object').length;
      if (facts === 0 || !meanings.includes('database')) continue;
      if (best === null || meanings.length > best.known) best = { sheet, row, known: meanings.length };
    }
  }
  return best === null ? null : described(best.sheet, best.row, mappedContext(workbook, reader, asOf), reader);
}

function meaningOf(title: string): Meaning | null {
  if (title.length > LONGEST_TITLE) return null;
  const plain = foldLetters(title).replace(/\s+/g, ' ').trim();
  return TITLES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

function described(sheet: Sheet, headerRow: number, context: MappedContext, reader: MappedReader): SuggestedMapping {
  const taken = new Set<string>();
  const columns = [...(sheet.rows.get(headerRow) ?? [])].map(([number, cell]): SuggestedColumn => {
    const letter = columnLetters(number);
    const title = cell.text.replace(/\s+/g, ' ').slice(0, LONGEST_TITLE);
    const meaning = meaningOf(cell.text);
    const key = typeof meaning === 'object' && meaning !== null ? (meaning.attribute ?? letter) : (meaning ?? letter);
    // Of two columns with one meaning the first has it.
    if (meaning === null || taken.has(key)) return { letter, title, means: null, read: null };
    taken.add(key);
    if (meaning === 'number' || meaning === 'database') return { letter, title, means: meaning, read: null };
    const means = mappedColumn.parse({ column: letter, ...meaning, ...spelt(meaning, cell.text, reader) });
    return { letter, title, means, read: tried(sheet, headerRow, number, means, context, reader) };
  });
  return { sheet: sheet.name, headerRow, columns };
}

/** The unit that the title names, else the usual one, in the spelling of the vocabulary; the number of criteria in force. */
function spelt(
  { unit, attribute }: Exclude<Meaning, string>,
  title: string,
  { config, documents }: MappedReader,
): Partial<MappedColumn> {
  const plain = plainWord(title);
  const named =
    attribute?.startsWith('records.') === true ? documents.units.find(([folded]) => plain.includes(folded)) : undefined;
  const known = Object.values(config.attributes.unit_classes).flat();
  const spelling = named?.[1] ?? known.find((one) => plainWord(one) === unit);
  return {
    ...(spelling === undefined ? {} : { unit: spelling }),
    ...(attribute === 'checklist.met' ? { total: config.criteria.total } : {}),
  };
}

function tried(
  sheet: Sheet,
  headerRow: number,
  number: number,
  column: MappedColumn,
  context: MappedContext,
  { config }: MappedReader,
): SuggestedColumn['read'] {
  const definition = column.attribute === undefined ? undefined : config.attributes.attributes[column.attribute];
  if (definition === undefined) return null;
  let [cells, ok] = [0, 0];
  for (const row of sheet.rows.keys()) {
    const cell = row > headerRow ? cellOf(sheet, row, number) : null;
    if (usable(cell) === null) continue;
    if (++cells > SAMPLE) break;
    if (readMapped(cell, column, definition, context)?.ok === true) ok++;
  }
  return { cells: Math.min(cells, SAMPLE), ok };
}
