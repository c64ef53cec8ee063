/** How cells look, as values; the register gives each look a number once and prints styles.xml. */
import { DECLARATION, escapeXml, MAIN } from './xml.ts';

export interface Look {
  font?: { bold?: boolean; italic?: boolean; size?: number; colour?: string };
  /** RRGGBB. */
  fill?: string;
  /** Lines on all sides: thin, or heavy for a cell that must be seen; or pale lines between rows. */
  border?: 'all' | 'heavy' | 'rows';
  align?: {
    h?: 'left' | 'center' | 'right' | 'justify';
    v?: 'top' | 'center' | 'bottom';
    wrap?: boolean;
    rotate?: number;
    indent?: number;
  };
  /** Format code of a number or date. */
  format?: string;
  /** Cells are locked unless said otherwise; it takes effect where the sheet is protected. */
  unlocked?: boolean;
  /** The text is text although it begins like a formula. */
  quoted?: boolean;
}

/** A look that a condition puts over a cell. */
export interface Overlay {
  fill?: string;
  colour?: string;
}

export const FONT = 'Times New Roman';
const SIZE = 11;
/** Built in formats with a number of their own; other codes count from 164. */
export const BUILT_IN: Record<string, number> = { General: 0, '0': 1, '#,##0': 3, '@': 49 };

/** A list without repetition; gives each piece of XML its place. */
class Pool {
  readonly items: string[];
  constructor(first: readonly string[]) {
    this.items = [...first];
  }
  place(xml: string): number {
    const found = this.items.indexOf(xml);
    return found >= 0 ? found : this.items.push(xml) - 1;
  }
  xml(tag: string): string {
    return `<${tag} count="${this.items.length}">${this.items.join('')}</${tag}>`;
  }
}

/** Gives looks their numbers. */
export interface Styles {
  /** Number of a look, for the `s` of a cell. */
  place(look: Look): number;
  /** Number of an overlay, for the `dxfId` of a condition. */
  overlay(overlay: Overlay): number;
}

export class StyleRegister implements Styles {
  readonly #fonts = new Pool([fontXml({})]);
  readonly #fills = new Pool([
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
  ]);
  readonly #borders = new Pool(['<border><left/><right/><top/><bottom/><diagonal/></border>']);
  readonly #formats = new Map<string, number>();
  readonly #looks = new Pool(['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']);
  readonly #overlays = new Pool([]);
  readonly #known = new Map<Look, number>();

  place(look: Look): number {
    const known = this.#known.get(look);
    if (known !== undefined) return known;
    const font = this.#fonts.place(fontXml(look.font ?? {}));
    const fill = look.fill === undefined ? 0 : this.#fills.place(solid(look.fill));
    const border = look.border === undefined ? 0 : this.#borders.place(borderXml(look.border));
    const format = this.#format(look.format ?? 'General');
    const quoted = look.quoted === true ? ' quotePrefix="1"' : '';
    const parts = `${alignXml(look.align)}${look.unlocked === true ? '<protection locked="0"/>' : ''}`;
    const applied = `applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"`;
    const place = this.#looks.place(
      `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${quoted} ${applied}>${parts}</xf>`,
    );
    this.#known.set(look, place);
    return place;
  }

  overlay({ fill, colour }: Overlay): number {
    const font = colour === undefined ? '' : `<font><color rgb="FF${colour}"/></font>`;
    // In an overlay the colour of a solid fill is its background.
    const back =
      fill === undefined
        ? ''
        : `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/><bgColor rgb="FF${fill}"/></patternFill></fill>`;
    return this.#overlays.place(`<dxf>${font}${back}</dxf>`);
  }

  xml(): string {
    const formats = [...this.#formats].map(
      ([code, id]) => `<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`,
    );
    return [
      `${DECLARATION}<styleSheet xmlns="${MAIN}">`,
      formats.length === 0 ? '' : `<numFmts count="${formats.length}">${formats.join('')}</numFmts>`,
      this.#fonts.xml('fonts'),
      this.#fills.xml('fills'),
      this.#borders.xml('borders'),
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      this.#looks.xml('cellXfs'),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      this.#overlays.xml('dxfs'),
      '</styleSheet>',
    ].join('');
  }

  #format(code: string): number {
    const known = BUILT_IN[code] ?? this.#formats.get(code);
    if (known !== undefined) return known;
    const id = 164 + this.#formats.size;
    this.#formats.set(code, id);
    return id;
  }
}

export function fontXml({ bold, italic, size, colour }: NonNullable<Look['font']>): string {
  return `<font>${bold === true ? '<b/>' : ''}${italic === true ? '<i/>' : ''}<sz val="${size ?? SIZE}"/><color rgb="FF${colour ?? '000000'}"/><name val="${FONT}"/><family val="1"/></font>`;
}

export function solid(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
}

const BORDERS = { all: ['thin', '7F7F7F'], heavy: ['medium', '9C4A00'], rows: ['thin', 'C8CED6'] } as const;

export function borderXml(kind: NonNullable<Look['border']>): string {
  const [style, colour] = BORDERS[kind];
  const sides = ['left', 'right', 'top', 'bottom'].map((name) =>
    kind === 'rows' && (name === 'left' || name === 'right')
      ? `<${name}/>`
      : `<${name} style="${style}"><color rgb="FF${colour}"/></${name}>`,
  );
  return `<border>${sides.join('')}<diagonal/></border>`;
}

export function alignXml(align: Look['align']): string {
  if (align === undefined) return '';
  const { h, v, wrap, rotate, indent } = align;
  const attributes = [
    h === undefined ? '' : ` horizontal="${h}"`,
    v === undefined ? '' : ` vertical="${v}"`,
    rotate === undefined ? '' : ` textRotation="${rotate}"`,
    wrap === true ? ' wrapText="1"' : '',
    indent === undefined ? '' : ` indent="${indent}"`,
  ];
  return `<alignment${attributes.join('')}/>`;
}
