/** Comments of a sheet and the drawing they are shown in: those of others stay, ours of an earlier reply go. */
import { DECLARATION, escapeXml, MAIN, stringXml } from '../xml.ts';
import { elementsOf } from './edits.ts';

export interface Comment {
  readonly column: number;
  readonly row: number;
  readonly address: string;
  readonly text: string;
}

const VML =
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"';
const SHAPE_TYPE =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';

/** @returns the new parts, and the cells whose shapes must go */
export function commentsXml(
  before: string | null,
  author: string,
  comments: readonly Comment[],
): { xml: string; gone: Set<string> } {
  const xml = before ?? `${DECLARATION}<comments xmlns="${MAIN}"><authors/><commentList/></comments>`;
  const cut = (name: string): { raw: string; attributes: Readonly<Record<string, string>> }[] =>
    elementsOf(xml, (one) => one === name).map(({ start, end, attributes }) => ({
      raw: xml.slice(start, end),
      attributes,
    }));
  const authors = cut('author').map((one) => one.raw);
  const own = `<author>${escapeXml(author)}</author>`;
  const ownId = authors.includes(own) ? authors.indexOf(own) : authors.push(own) - 1;
  const theirs = cut('comment').filter((one) => one.attributes.authorId !== String(ownId) || before === null);
  const kept = new Map(theirs.map((one) => [one.attributes.ref ?? '', one.raw]));
  const gone = new Set(
    cut('comment')
      .map((one) => one.attributes.ref ?? '')
      .filter((ref) => !kept.has(ref)),
  );
  for (const { address, text } of comments) {
    const run = `<r><rPr><sz val="10"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>${stringXml(text)}</r>`;
    const there = kept.get(address);
    // Somebody's own note on the cell: ours is put under it.
    const under = there?.lastIndexOf('</text>') ?? -1;
    if (there !== undefined && under >= 0) {
      const old = there.indexOf(run);
      if (old < 0) kept.set(address, `${there.slice(0, under)}${run}${there.slice(under)}`);
    } else kept.set(address, `<comment ref="${address}" authorId="${ownId}"><text>${run}</text></comment>`);
  }
  const root = /<comments[^>]*>/.exec(xml)?.[0].replace(/\/>$/, '>') ?? `<comments xmlns="${MAIN}">`;
  const list = [...kept.values()].join('');
  return {
    xml: `${DECLARATION}${root}<authors>${authors.join('')}</authors><commentList>${list}</commentList></comments>`,
    gone,
  };
}

/** The drawing with a shape for every comment of ours; shapes of cells in `gone` and of our cells are made anew. */
export function drawingXml(
  before: string | null,
  gone: ReadonlySet<string>,
  comments: readonly Comment[],
  addressOf: (column: number, row: number) => string,
): string {
  const xml =
    before ??
    `<xml ${VML}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>${SHAPE_TYPE}</xml>`;
  const ours = new Set([...gone, ...comments.map((one) => one.address)]);
  const shapes = elementsOf(xml, (name) => name === 'v:shape');
  let text = '';
  let from = 0;
  let last = 1024;
  for (const { start, end, attributes } of shapes) {
    const raw = xml.slice(start, end);
    last = Math.max(last, Number(/_s(\d+)$/.exec(attributes.id ?? '')?.[1] ?? 0));
    const place = (name: string): number => Number(new RegExp(`<x:${name}>\\s*(\\d+)`).exec(raw)?.[1] ?? -2) + 1;
    if (!ours.has(addressOf(place('Column'), place('Row')))) continue;
    text += xml.slice(from, start);
    from = end;
  }
  text += xml.slice(from);
  const type = text.includes('_x0000_t202"') ? '' : SHAPE_TYPE;
  const added = comments.map((comment, i) => shapeXml(comment, last + 1 + i)).join('');
  const at = text.lastIndexOf('</');
  return `${text.slice(0, at)}${type}${added}${text.slice(at)}`;
}

function shapeXml({ column, row, text }: Comment, id: number): string {
  const lines = Math.ceil(text.length / 42) + 1;
  // Left column and row, right column and row (from 0), each with an offset in pixels.
  const anchor = [
    column,
    12,
    Math.max(0, row - 1),
    4,
    column + 3,
    40,
    Math.max(0, row - 1) + Math.max(2, Math.ceil(lines / 2)),
    10,
  ];
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:230pt;height:${lines * 14}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>' +
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor.join(', ')}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`
  );
}
