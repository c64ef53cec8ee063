/** Paragraph styles of a Word document. */
import { Parser } from 'htmlparser2';

/** What a paragraph style says about the text under it. */
export interface WordStyle {
  font?: string;
  numId?: string;
  depth?: number;
}

/** Fonts and lists of the paragraph styles of `word/styles.xml`, inherited ones included; '' is the default style. */
export function wordStyles(xml: string): ReadonlyMap<string, WordStyle> {
  const own = new Map<string, WordStyle & { basedOn?: string }>();
  const defaults: WordStyle = {};
  let open: (WordStyle & { basedOn?: string }) | null = null;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'w:style') {
          open = {};
          own.set(attributes['w:styleId'] ?? '', open);
          if (attributes['w:type'] === 'paragraph' && attributes['w:default'] === '1') own.set('', open);
        }
        if (name === 'w:rFonts') {
          const font = attributes['w:ascii'] ?? attributes['w:hAnsi'];
          if (font !== undefined) (open ?? defaults).font = font;
        }
        if (open === null) return;
        if (name === 'w:basedOn') open.basedOn = value;
        else if (name === 'w:numId') open.numId = value;
        else if (name === 'w:ilvl') open.depth = Number.parseInt(value, 10);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  if (!own.has('')) own.set('', {});
  const styles = new Map<string, WordStyle>();
  for (const id of own.keys()) {
    const style: WordStyle = {};
    let from = own.get(id);
    // A chain of styles is short; a longer one is a circle.
    for (let step = 0; from !== undefined && step < 20; step++) {
      style.font ??= from.font as string;
      style.numId ??= from.numId as string;
      style.depth ??= from.depth as number;
      from = from.basedOn === undefined ? undefined : own.get(from.basedOn);
    }
    style.font ??= defaults.font as string;
    styles.set(id, style);
  }
  return styles;
}
