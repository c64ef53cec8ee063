/** Fills a form by a script, cell by cell, and leaves all else as it was. */
import { PackagePatch } from '../../reports/xlsx/patch/package-patch.ts';
import { columnOf, SheetPatch } from '../../reports/xlsx/patch/sheet-patch.ts';
import { stringXml } from '../../reports/xlsx/xml.ts';
import { zip } from '../../reports/xlsx/zip.ts';
import { partsOf } from './forms.ts';

export type Answers = Readonly<Record<number, Readonly<Record<string, string | number>>>>;

/** @param answers number of the sheet → address → what is typed */
export async function filled(file: Uint8Array, answers: Answers): Promise<Uint8Array> {
  const pack = new PackagePatch(await partsOf(file));
  for (const [at, cells] of Object.entries(answers)) {
    const path = pack.sheets()[Number(at)]?.path ?? '';
    const sheet = new SheetPatch(pack.text(path) ?? '');
    for (const [address, value] of Object.entries(cells)) {
      const row = Number(/\d+$/.exec(address)?.[0]);
      const column = columnOf(address) ?? 1;
      const s = sheet.styleOf(row, column);
      sheet.put(
        row,
        column,
        typeof value === 'number'
          ? `<c r="${address}" s="${s}"><v>${value}</v></c>`
          : `<c r="${address}" s="${s}" t="inlineStr"><is>${stringXml(value)}</is></c>`,
      );
    }
    pack.parts.set(path, sheet.xml());
  }
  return zip(pack.parts);
}
