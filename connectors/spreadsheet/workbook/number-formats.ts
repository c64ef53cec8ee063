/** Number formats of cells: Excel saves a day as a number, and only its format tells that it is a day. */
import type { Archive } from '../../document/formats/archive-gate.ts';
import { tooLarge } from './fault.ts';
import { readPart } from './xml-part.ts';

export interface NumberFormat {
  /** As written; the empty string for the general format. */
  code: string;
  date: boolean;
}

const GENERAL: NumberFormat = { code: '', date: false };
const MOST = 100_000;
const LONGEST_CODE = 255;

/** Formats that are not written out in the file, by number. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  49: '@',
};

/** The format of each cell style, by the number a cell gives. */
export class NumberFormats {
  readonly #styles: readonly NumberFormat[];

  constructor(styles: readonly NumberFormat[]) {
    this.#styles = styles;
  }

  of(style: string | undefined): NumberFormat {
    return (style === undefined ? undefined : this.#styles[Number(style)]) ?? GENERAL;
  }
}

export async function readNumberFormats(archive: Archive, part: string | undefined): Promise<NumberFormats> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inside = '';
  if (part !== undefined)
    await readPart(archive, part, {
      open(name, attributes) {
        if (name === 'cellXfs' || name === 'cellStyleXfs' || name === 'dxfs' || name === 'numFmts') inside = name;
        else if (name === 'numFmt' && inside === 'numFmts')
          codes.set(Number(attributes.numFmtId), (attributes.formatCode ?? '').slice(0, LONGEST_CODE));
        else if (name === 'xf' && inside === 'cellXfs') ids.push(Number(attributes.numFmtId ?? 0));
        if (ids.length > MOST || codes.size > MOST) throw tooLarge('the workbook has too many cell styles');
      },
    });
  const formats = new Map<number, NumberFormat>();
  return new NumberFormats(
    ids.map((id) => {
      let format = formats.get(id);
      if (format === undefined) {
        format = formatOf(id, codes.get(id));
        formats.set(id, format);
      }
      return format;
    }),
  );
}

function formatOf(id: number, written: string | undefined): NumberFormat {
  if (written !== undefined) return { code: written === 'General' ? '' : written, date: isDateFormat(written) };
  // 14–17, 22 and the East Asian ones are days; 18–21 and 45–47 only times.
  const date = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return { code: date ? 'dd/mm/yyyy' : (BUILT_IN[id] ?? ''), date };
}

/** Whether a format shows a day: letters of year, month or day outside quotes and brackets; a bare time is none. */
export function isDateFormat(code: string): boolean {
  const bare = code
    .replace(/"[^"]*"?/g, '')
    .replace(/\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]?/g, '')
    .replace(/general/gi, '')
    .split(';')[0]
    ?.toLowerCase();
  if (bare === undefined || /[#0?]/.test(bare.replace(/[.]0+/g, ''))) return false;
  return /[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
}
