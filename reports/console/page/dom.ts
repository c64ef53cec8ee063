/** Making and finding elements of the page. Rule: every text goes in as text, never as markup. */

/** The element of the template with this id. @throws Error where the template lacks it */
export function part<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks ${id}`);
  return found;
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A new element; `false` leaves an attribute out, `true` sets it without a value. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, content);
}

export function draw(tag: string, attributes: Attributes = {}, ...content: (Node | string)[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, content);
}

function fill<E extends Element>(element: E, attributes: Attributes, content: readonly (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  element.append(...content);
  return element;
}
