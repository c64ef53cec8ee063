/** A Word file as the check sees it: sections with their paper, heads, paragraphs and tables. */
import { Fault } from '../../config/fault.ts';
import { type StyledParagraph, Styles } from './styled.ts';
import { at, below, child, type Element, numberOf, value, xmlTree } from './xml-tree.ts';

export interface TableRow {
  /** Repeated on every page. */
  readonly isHead: boolean;
  readonly cells: readonly (readonly StyledParagraph[])[];
}

export interface ReadTable {
  readonly kind: 'table';
  readonly columns: number;
  readonly hasLines: boolean;
  readonly rows: readonly TableRow[];
}

export interface ReadSection {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  readonly isLandscape: boolean;
  readonly margins: Readonly<Record<'top' | 'bottom' | 'left' | 'right' | 'header', number>>;
  readonly pagesFrom: number | null;
  /** The first page has a head of its own. */
  readonly firstDiffers: boolean;
  readonly head: readonly StyledParagraph[];
  readonly firstHead: readonly StyledParagraph[];
  readonly foot: readonly StyledParagraph[];
  readonly blocks: readonly (StyledParagraph | ReadTable)[];
}

export interface ReadDocument {
  readonly sections: readonly ReadSection[];
  readonly parts: readonly string[];
  /** Targets outside the file. */
  readonly outside: readonly string[];
}

const MM_PER_TWIP = 25.4 / 1440;

/** @param parts path → content of the parts; @throws Fault `report/not-word` */
export function readDocx(parts: ReadonlyMap<string, string>): ReadDocument {
  const body = at(part(parts, 'word/document.xml'), 'w:document', 'w:body');
  if (body === undefined)
    throw new Fault('report/not-word', 'the file holds no Word document', { hint: 'name a Word file (.docx)' });
  const styles = new Styles(part(parts, 'word/styles.xml'));
  const relations = at(part(parts, 'word/_rels/document.xml.rels'), 'Relationships')?.children ?? [];
  const target = (id: string | undefined): string | undefined =>
    relations.find((one) => value(one, 'Id') === id)?.attributes.Target;
  const sections: ReadSection[] = [];
  let blocks: (StyledParagraph | ReadTable)[] = [];
  const close = (properties: Element): void => {
    const frame = (kind: 'w:headerReference' | 'w:footerReference', type: string): StyledParagraph[] => {
      const reference = properties.children.find((one) => one.name === kind && value(one, 'w:type') === type);
      const path = target(value(reference, 'r:id'));
      return path === undefined
        ? []
        : [...below(part(parts, `word/${path}`), 'w:p')].map((one) => styles.paragraph(one));
    };
    sections.push({
      ...measures(properties),
      head: frame('w:headerReference', 'default'),
      firstHead: frame('w:headerReference', 'first'),
      foot: [...frame('w:footerReference', 'default'), ...frame('w:footerReference', 'first')],
      blocks,
    });
    blocks = [];
  };
  for (const element of body.children) {
    if (element.name === 'w:tbl') blocks.push(readTable(element, styles));
    if (element.name === 'w:p') {
      blocks.push(styles.paragraph(element));
      const properties = at(element, 'w:pPr', 'w:sectPr');
      if (properties !== undefined) close(properties);
    }
    if (element.name === 'w:sectPr') close(element);
  }
  return {
    sections,
    parts: [...parts.keys()],
    outside: [...parts]
      .filter(([path]) => path.endsWith('.rels'))
      .flatMap(([, xml]) => [...below(xmlTree(xml), 'Relationship')])
      .filter((one) => value(one, 'TargetMode') === 'External')
      .map((one) => value(one, 'Target') ?? ''),
  };
}

function part(parts: ReadonlyMap<string, string>, path: string): Element {
  return xmlTree(parts.get(path) ?? '');
}

function measures(properties: Element): Omit<ReadSection, 'head' | 'firstHead' | 'foot' | 'blocks'> {
  const size = child(properties, 'w:pgSz');
  const margin = child(properties, 'w:pgMar');
  const mm = (element: Element | undefined, attribute: string): number =>
    (numberOf(element, attribute) ?? 0) * MM_PER_TWIP;
  const first = child(properties, 'w:titlePg');
  return {
    width: mm(size, 'w:w'),
    height: mm(size, 'w:h'),
    isLandscape: value(size, 'w:orient') === 'landscape',
    margins: {
      top: mm(margin, 'w:top'),
      bottom: mm(margin, 'w:bottom'),
      left: mm(margin, 'w:left'),
      right: mm(margin, 'w:right'),
      header: mm(margin, 'w:header'),
    },
    pagesFrom: numberOf(child(properties, 'w:pgNumType'), 'w:start') ?? null,
    firstDiffers: first !== undefined && !['0', 'false', 'off'].includes(value(first) ?? '1'),
  };
}

function readTable(element: Element, styles: Styles): ReadTable {
  const properties = child(element, 'w:tblPr');
  return {
    kind: 'table',
    columns: child(element, 'w:tblGrid')?.children.length ?? 0,
    // A table without lines only places things side by side.
    hasLines: value(child(properties, 'w:tblStyle')) !== 'plain',
    rows: element.children
      .filter((one) => one.name === 'w:tr')
      .map((row) => ({
        isHead: at(row, 'w:trPr', 'w:tblHeader') !== undefined,
        cells: row.children
          .filter((one) => one.name === 'w:tc')
          .map((cell) => [...below(cell, 'w:p')].map((one) => styles.paragraph(one))),
      })),
  };
}
