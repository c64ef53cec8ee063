/** The parts of a workbook that came back, with what joins them: relations, content types, the list of sheets. */
import { posix } from 'node:path';
import { Fault } from '../../../config/fault.ts';
import { CONTENT_TYPES, DECLARATION, escapeXml, PACKAGE_RELATIONSHIPS, RELATIONSHIPS } from '../xml.ts';
import { appendInside, Edits, elementsOf, withAttribute } from './edits.ts';

export type Parts = Map<string, string | Uint8Array>;

interface Relation {
  readonly id: string;
  /** Last word of the type: worksheet, comments, vmlDrawing … */
  readonly kind: string;
  readonly path: string;
}

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export class PackagePatch {
  readonly parts: Parts;
  readonly #workbook: string;

  constructor(parts: ReadonlyMap<string, Uint8Array>) {
    this.parts = new Map(parts);
    const main = this.relations('').find((one) => one.kind === 'officeDocument')?.path;
    this.#workbook = main !== undefined && this.parts.has(main) ? main : 'xl/workbook.xml';
  }

  text(path: string): string | null {
    const part = this.parts.get(path);
    if (part === undefined) return null;
    return typeof part === 'string' ? part : new TextDecoder('utf-8').decode(part);
  }

  relations(path: string): Relation[] {
    const xml = this.text(relationsPath(path));
    if (xml === null) return [];
    return elementsOf(xml, (name) => name === 'Relationship')
      .filter(({ attributes }) => attributes.TargetMode !== 'External')
      .map(({ attributes: { Id = '', Type = '', Target = '' } }) => ({
        id: Id,
        kind: Type.slice(Type.lastIndexOf('/') + 1),
        path: Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(path), Target).replace(/^\.\//, ''),
      }));
  }

  /** @returns the id of the new relation */
  relate(path: string, kind: string, target: string): string {
    const file = relationsPath(path);
    const xml = this.text(file) ?? `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONSHIPS}"></Relationships>`;
    const ids = new Set(elementsOf(xml, (name) => name === 'Relationship').map((one) => one.attributes.Id));
    let n = ids.size + 1;
    while (ids.has(`rId${n}`)) n += 1;
    const line = `<Relationship Id="rId${n}" Type="${RELATIONSHIPS}/${kind}" Target="${escapeXml(posix.relative(posix.dirname(path), target))}"/>`;
    this.#append(file, xml, 'Relationships', line);
    return `rId${n}`;
  }

  /** Declares what a part is; a part that is declared already stays as it is. */
  declare(path: string, type: string): void {
    const file = '[Content_Types].xml';
    const xml = this.text(file) ?? `${DECLARATION}<Types xmlns="${CONTENT_TYPES}"></Types>`;
    const known = elementsOf(xml, (name) => name === 'Override').some((one) => one.attributes.PartName === `/${path}`);
    if (!known) this.#append(file, xml, 'Types', `<Override PartName="/${path}" ContentType="${type}"/>`);
  }

  declareEnding(ending: string, type: string): void {
    const file = '[Content_Types].xml';
    const xml = this.text(file) ?? `${DECLARATION}<Types xmlns="${CONTENT_TYPES}"></Types>`;
    const known = elementsOf(xml, (name) => name === 'Default').some((one) => one.attributes.Extension === ending);
    if (known) return;
    const edits = new Edits();
    const root = elementsOf(xml, (_name, depth) => depth === 0)[0];
    edits.insert(root?.openEnd ?? 0, `<Default Extension="${ending}" ContentType="${type}"/>`);
    this.parts.set(file, edits.apply(xml));
  }

  /** Path of the part of styles. */
  get styles(): string {
    return this.relations(this.#workbook).find((one) => one.kind === 'styles')?.path ?? 'xl/styles.xml';
  }

  /** Number under which a text is kept for all sheets; null where it is not. */
  sharedNumber(text: string): number | null {
    const path = this.relations(this.#workbook).find((one) => one.kind === 'sharedStrings')?.path;
    const xml = path === undefined ? null : this.text(path);
    if (xml === null) return null;
    const at = elementsOf(xml, (name, depth) => name === 'si' && depth === 1).findIndex(({ openEnd, end }) =>
      xml.slice(openEnd, end).includes(`>${text}<`),
    );
    return at < 0 ? null : at;
  }

  /** Names and paths of the sheets. */
  sheets(): { name: string; path: string }[] {
    const targets = new Map(this.relations(this.#workbook).map((one) => [one.id, one]));
    return elementsOf(this.#main(), (name) => name === 'sheet').flatMap(({ attributes }) => {
      const relation = targets.get(
        attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
      );
      return relation === undefined || relation.kind !== 'worksheet'
        ? []
        : [{ name: attributes.name ?? '', path: relation.path }];
    });
  }

  /** Adds a sheet at the end, or takes the place of the one of this name; it is the one shown first. */
  putSheet(name: string, xml: string): void {
    const there = this.sheets().find((one) => one.name === name);
    const path = there?.path ?? this.free('xl/worksheets/sheet', '.xml');
    this.parts.set(path, xml);
    const edits = new Edits();
    const main = this.#main();
    const all = elementsOf(main, (one) => one === 'sheet');
    if (there === undefined) {
      this.declare(path, `${SHEET}.worksheet+xml`);
      const id = this.relate(this.#workbook, 'worksheet', path);
      const next = Math.max(0, ...all.map((one) => Number(one.attributes.sheetId ?? 0))) + 1;
      const list = elementsOf(main, (one, depth) => depth === 1 && one === 'sheets')[0];
      if (list !== undefined)
        appendInside(
          edits,
          main,
          list,
          `<sheet xmlns:r="${RELATIONSHIPS}" name="${escapeXml(name)}" sheetId="${next}" r:id="${id}"/>`,
        );
    }
    const index = there === undefined ? all.length : all.findIndex((one) => one.attributes.name === name);
    for (const view of elementsOf(main, (one) => one === 'workbookView')) {
      const tag = withAttribute(main.slice(view.start, view.openEnd), 'activeTab', String(index));
      edits.replace(view.start, view.openEnd, withAttribute(tag, 'firstSheet', null));
    }
    this.parts.set(this.#workbook, edits.apply(main));
  }

  /** A path nobody uses. */
  free(start: string, ending: string): string {
    let n = 1;
    while (this.parts.has(`${start}${n}${ending}`)) n += 1;
    return `${start}${n}${ending}`;
  }

  #main(): string {
    const xml = this.text(this.#workbook);
    if (xml === null)
      throw new Fault('reply/workbook', 'the file has no workbook in it', { hint: 'get the file again' });
    return xml;
  }

  #append(file: string, xml: string, root: string, line: string): void {
    const element = elementsOf(xml, (name, depth) => depth === 0 && name === root)[0];
    if (element === undefined)
      throw new Fault('reply/package', `${file} is not as it should be`, { hint: 'get the file again' });
    const edits = new Edits();
    appendInside(edits, xml, element, line);
    this.parts.set(file, edits.apply(xml));
  }
}

function relationsPath(path: string): string {
  return posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`).replace(/^\.\//, '');
}
