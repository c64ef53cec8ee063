/** Adds looks to the styles.xml of a workbook that came back. Rule: looks that are there keep their numbers. */
import { Fault } from '../../../config/fault.ts';
import { alignXml, BUILT_IN, borderXml, fontXml, type Look, type Overlay, type Styles, solid } from '../styles.ts';
import { Edits, type Element, elementsOf, isEmptyTag, withAttribute } from './edits.ts';

const GROUPS = ['fonts', 'fills', 'borders', 'cellXfs'] as const;
type Group = (typeof GROUPS)[number];

/** Colour of a refused cell; no other cell of the form has it, so that an earlier mark is known again. */
const MARK = 'F7C59F';

export class StylePatch implements Styles {
  readonly #xml: string;
  readonly #groups: Record<Group, Element>;
  /** Items of each group: those there, then those added. */
  readonly #items: Record<Group, string[]>;
  readonly #there: Record<Group, number>;

  constructor(xml: string) {
    this.#xml = xml;
    const found = elementsOf(xml, (name, depth) => depth === 1 && GROUPS.some((group) => group === name));
    const items = elementsOf(xml, (name, depth) => depth === 2 && ['font', 'fill', 'border', 'xf'].includes(name));
    const group = (name: Group): Element => {
      const element = found.find((one) => one.name === name);
      if (element === undefined || isEmptyTag(xml, element))
        throw new Fault('reply/styles', `the workbook has no ${name}`, {
          hint: 'open the file in Excel or LibreOffice, save it as .xlsx and try again',
        });
      return element;
    };
    const inside = (name: Group): string[] => {
      const { start, end } = group(name);
      return items.filter((one) => one.start > start && one.end < end).map((one) => xml.slice(one.start, one.end));
    };
    this.#groups = {
      fonts: group('fonts'),
      fills: group('fills'),
      borders: group('borders'),
      cellXfs: group('cellXfs'),
    };
    this.#items = {
      fonts: inside('fonts'),
      fills: inside('fills'),
      borders: inside('borders'),
      cellXfs: inside('cellXfs'),
    };
    this.#there = {
      fonts: this.#items.fonts.length,
      fills: this.#items.fills.length,
      borders: this.#items.borders.length,
      cellXfs: this.#items.cellXfs.length,
    };
  }

  /** Looks with one of the built in formats only. */
  place(look: Look): number {
    const font = this.#add('fonts', fontXml(look.font ?? {}));
    const fill = look.fill === undefined ? 0 : this.#add('fills', solid(look.fill));
    const border = look.border === undefined ? 0 : this.#add('borders', borderXml(look.border));
    const format = BUILT_IN[look.format ?? 'General'] ?? 0;
    const quoted = look.quoted === true ? ' quotePrefix="1"' : '';
    const parts = `${alignXml(look.align)}${look.unlocked === true ? '<protection locked="0"/>' : ''}`;
    return this.#add(
      'cellXfs',
      `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${quoted} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">${parts}</xf>`,
    );
  }

  /** Sheets of a reply have no conditions of their own. */
  overlay(_overlay: Overlay): number {
    return 0;
  }

  /** The look of a refused cell: as it was, with the colour and lines of the mark. */
  marked(base: number): number {
    return this.#variant(base, this.#add('fills', solid(MARK)), this.#add('borders', borderXml('heavy')));
  }

  /** The look without a mark of an earlier reply. */
  unmarked(base: number): number {
    if (!this.isMarked(base)) return base;
    return this.#variant(base, 0, this.#add('borders', borderXml('all')));
  }

  isMarked(style: number): boolean {
    const fill = Number(/\sfillId\s*=\s*["'](\d+)/.exec(this.#items.cellXfs[style] ?? '')?.[1] ?? 0);
    return new RegExp(`fgColor[^>]*rgb=["'](?:FF)?${MARK}`, 'i').test(this.#items.fills[fill] ?? '');
  }

  xml(): string {
    const edits = new Edits();
    for (const name of GROUPS) {
      const element = this.#groups[name];
      const added = this.#items[name].slice(this.#there[name]);
      if (added.length === 0) continue;
      const tag = this.#xml.slice(element.start, element.openEnd);
      edits.replace(element.start, element.openEnd, withAttribute(tag, 'count', String(this.#items[name].length)));
      edits.insert(this.#xml.lastIndexOf('</', element.end - 1), added.join(''));
    }
    return edits.apply(this.#xml);
  }

  #variant(base: number, fill: number, border: number): number {
    const xf = this.#items.cellXfs[base] ?? this.#items.cellXfs[0] ?? '<xf/>';
    const end = xf.indexOf('>') + 1;
    let tag = xf.slice(0, end);
    for (const [name, value] of [
      ['fillId', fill],
      ['borderId', border],
      ['applyFill', 1],
      ['applyBorder', 1],
    ] as const)
      tag = withAttribute(tag, name, String(value));
    return this.#add('cellXfs', `${tag}${xf.slice(end)}`);
  }

  #add(group: Group, xml: string): number {
    const items = this.#items[group];
    const known = items.indexOf(xml);
    return known >= 0 ? known : items.push(xml) - 1;
  }
}
