/**
 * Changes to an XML part that leave every byte around them as it was: elements are found with their places, and
 * replacements are put in from the end backwards. A workbook keeps what we know nothing of.
 */
import { Parser } from 'htmlparser2';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements it stands in: 0 for the root. */
  readonly depth: number;
  /** Places in the text: of `<`, after the `>` of the opening tag, after the whole element. */
  readonly start: number;
  readonly openEnd: number;
  end: number;
}

/** Elements that `wanted` names, in the order in which they begin. */
export function elementsOf(xml: string, wanted: (name: string, depth: number) => boolean): Element[] {
  const found: Element[] = [];
  const open: (Element | null)[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const depth = open.length;
        const element = wanted(name, depth)
          ? {
              name,
              attributes,
              depth,
              start: parser.startIndex,
              openEnd: parser.endIndex + 1,
              end: parser.endIndex + 1,
            }
          : null;
        if (element !== null) found.push(element);
        open.push(element);
      },
      onclosetag() {
        const element = open.pop();
        if (element != null) element.end = parser.endIndex + 1;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

export function isEmptyTag(xml: string, element: Element): boolean {
  return xml[element.openEnd - 2] === '/';
}

/** Replacements gathered while a part is looked through; `apply` makes the new text. */
export class Edits {
  readonly #list: { start: number; end: number; text: string; order: number }[] = [];

  replace(start: number, end: number, text: string): void {
    this.#list.push({ start, end, text, order: this.#list.length });
  }

  /** Two insertions at one place stand in the order in which they were asked for. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  apply(xml: string): string {
    const pieces: string[] = [];
    let from = 0;
    for (const edit of this.#list.sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order)) {
      pieces.push(xml.slice(from, edit.start), edit.text);
      from = Math.max(from, edit.end);
    }
    return `${pieces.join('')}${xml.slice(from)}`;
  }
}

/** The opening tag of an element with an attribute set (or, with null, taken out). */
export function withAttribute(tag: string, name: string, value: string | null): string {
  const pattern = new RegExp(`\\s${name.replace(':', '\\:')}\\s*=\\s*("[^"]*"|'[^']*')`);
  const text = value === null ? '' : ` ${name}="${value}"`;
  if (pattern.test(tag)) return tag.replace(pattern, () => text);
  return value === null ? tag : tag.replace(/^<[^\s/>]+/, (head) => `${head}${text}`);
}

/** Puts `inside` at the end of an element, also where it was written as an empty tag. */
export function appendInside(edits: Edits, xml: string, element: Element, inside: string): void {
  if (inside === '') return;
  if (isEmptyTag(xml, element)) {
    const tag = `${xml.slice(element.start, element.openEnd - 2).trimEnd()}>`;
    edits.replace(element.start, element.end, `${tag}${inside}</${element.name}>`);
  } else edits.insert(xml.lastIndexOf('</', element.end - 1), inside);
}
