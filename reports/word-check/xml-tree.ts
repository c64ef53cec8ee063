/** XML as a tree, for parts of a Word file that may come from anybody. Rule: depth and number of elements are bounded. */
import { Parser } from 'htmlparser2';
import { Fault } from '../../config/fault.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const MOST_ELEMENTS = 2_000_000;
const MOST_DEPTH = 200;

/** @throws Fault `report/not-word` for what is too large or too deep to be a report */
export function xmlTree(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  let seen = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        seen += 1;
        if (seen > MOST_ELEMENTS || open.length > MOST_DEPTH)
          throw new Fault('report/not-word', 'the document is larger or deeper than a report can be', {
            hint: 'name a Word file (.docx) of a report',
          });
        const element: Element = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const top = open.at(-1);
        if (top !== undefined) top.text += text;
      },
      onclosetag() {
        open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return root;
}

/** The first child of a name. */
export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}

/** The element at the end of a path of names. */
export function at(element: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>((here, name) => child(here, name), element);
}

/** Every element of a name below, in order. */
export function* below(element: Element, name: string): Generator<Element> {
  for (const one of element.children) {
    if (one.name === name) yield one;
    yield* below(one, name);
  }
}

export function value(element: Element | undefined, attribute = 'w:val'): string | undefined {
  return element?.attributes[attribute];
}

/** A number in an attribute; undefined where there is none. */
export function numberOf(element: Element | undefined, attribute = 'w:val'): number | undefined {
  const text = value(element, attribute);
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}
