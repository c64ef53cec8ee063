/** How a paragraph and its runs look in the end: defaults, styles from the root on, then what is said directly. */
import { at, below, child, type Element, value } from './xml-tree.ts';

/** Measures in points and millimetres. */
export interface StyledParagraph {
  readonly kind: 'paragraph';
  readonly text: string;
  readonly align: string;
  readonly before: number;
  readonly after: number;
  /** Lines; 0 where the height is fixed. */
  readonly line: number;
  readonly firstLine: number;
  /** An upper or lower border, as a drawn line is made. */
  readonly isRule: boolean;
  readonly runs: readonly StyledRun[];
  readonly hasPageField: boolean;
}

export interface StyledRun {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
  readonly font: string;
  readonly colour: string;
}

const OFF = new Set(['0', 'false', 'off', 'none']);
const MM_PER_TWIP = 25.4 / 1440;
/** What Word takes where nothing is said. */
const WORD_SIZE = 20;
const WORD_FONT = 'Times New Roman';

export class Styles {
  readonly #styles = new Map<string, Element>();
  readonly #defaults: Element | undefined;
  #standard: string | undefined;

  constructor(root: Element) {
    const styles = child(root, 'w:styles');
    this.#defaults = child(styles, 'w:docDefaults');
    for (const style of styles?.children ?? []) {
      const id = value(style, 'w:styleId');
      if (style.name !== 'w:style' || id === undefined) continue;
      this.#styles.set(id, style);
      if (value(style, 'w:type') === 'paragraph' && value(style, 'w:default') === '1') this.#standard = id;
    }
  }

  paragraph(element: Element): StyledParagraph {
    const own = child(element, 'w:pPr');
    const chain = this.#chain(value(child(own, 'w:pStyle')) ?? this.#standard);
    const places = [at(this.#defaults, 'w:pPrDefault', 'w:pPr'), ...chain.map((one) => child(one, 'w:pPr')), own];
    const letters = [at(this.#defaults, 'w:rPrDefault', 'w:rPr'), ...chain.map((one) => child(one, 'w:rPr'))];
    const spacing = (attribute: string): string | undefined => last(places, 'w:spacing', attribute);
    const runs = [...below(element, 'w:r')].map((run) => styledRun(run, [...letters, child(run, 'w:rPr')]));
    const lineRule = spacing('w:lineRule') ?? 'auto';
    return {
      kind: 'paragraph',
      text: runs.map((run) => run.text).join(''),
      align: last(places, 'w:jc', 'w:val') ?? 'left',
      before: Number(spacing('w:before') ?? 0) / 20,
      after: Number(spacing('w:after') ?? 0) / 20,
      line: lineRule === 'auto' ? Number(spacing('w:line') ?? 240) / 240 : 0,
      firstLine: Number(last(places, 'w:ind', 'w:firstLine') ?? 0) * MM_PER_TWIP,
      isRule: places.some((one) => at(one, 'w:pBdr', 'w:top') ?? at(one, 'w:pBdr', 'w:bottom')),
      runs: runs.filter((run) => run.text.trim() !== ''),
      hasPageField:
        [...below(element, 'w:instrText')].some((field) => /^\s*PAGE\b/.test(field.text)) ||
        [...below(element, 'w:fldSimple')].some((field) => /^\s*PAGE\b/.test(value(field, 'w:instr') ?? '')),
    };
  }

  /** From the oldest style to the one named. */
  #chain(id: string | undefined): Element[] {
    const chain: Element[] = [];
    const seen = new Set<string>();
    for (let here = id; here !== undefined && !seen.has(here); ) {
      seen.add(here);
      const style = this.#styles.get(here);
      if (style === undefined) break;
      chain.unshift(style);
      here = value(child(style, 'w:basedOn'));
    }
    return chain;
  }
}

function styledRun(run: Element, looks: readonly (Element | undefined)[]): StyledRun {
  const isOn = (name: string): boolean => {
    const said = looks.map((one) => child(one, name)).filter((one) => one !== undefined);
    const word = said.at(-1);
    return word !== undefined && !OFF.has(value(word) ?? '1');
  };
  return {
    text: run.children
      .map((one) => (one.name === 'w:t' ? one.text : one.name === 'w:br' || one.name === 'w:tab' ? ' ' : ''))
      .join(''),
    size: Number(last(looks, 'w:sz', 'w:val') ?? WORD_SIZE) / 2,
    bold: isOn('w:b'),
    italic: isOn('w:i'),
    underlined: isOn('w:u'),
    font: last(looks, 'w:rFonts', 'w:ascii') ?? WORD_FONT,
    colour: last(looks, 'w:color', 'w:val') ?? 'auto',
  };
}

/** What was said last of an attribute. */
function last(places: readonly (Element | undefined)[], name: string, attribute: string): string | undefined {
  return places
    .map((one) => value(child(one, name), attribute))
    .filter((one) => one !== undefined)
    .at(-1);
}
