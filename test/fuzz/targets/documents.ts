/** Files of documents and workbooks, damaged as bytes and inside their archive; every reader behind the same door. */
import fc from 'fast-check';
import { documentReader, extractDocument } from '../../../connectors/document/extract.ts';
import { Allowance } from '../../../connectors/document/formats/allowance.ts';
import { openArchive } from '../../../connectors/document/formats/archive-gate.ts';
import { LIMITS } from '../../../connectors/document/formats/limits.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import { readHtml } from '../../../connectors/document/formats/read-html.ts';
import { XmlProblem, XmlScanner } from '../../../connectors/spreadsheet/workbook/xml-scanner.ts';
import { docxFile, htmlFile, markdownFile, pdfFile, textFile } from '../../support/document-files.ts';
import { documentWorkbook, workbookParts } from '../../support/workbook-files.ts';
import { zip } from '../../support/zip-files.ts';
import { files, texts } from '../inputs.ts';
import { blocks, config, documentTexts, WORDS } from '../samples.ts';
import { file, must, type Targets } from '../target.ts';

const bound = { ...LIMITS, bytes: 5_000_000, inflated: 20_000_000 };

/** All that `csdl extract` does with a file. */
function extraction(): (input: { bytes: Uint8Array; name: string }) => Promise<void> {
  const reader = documentReader(config);
  return async ({ bytes, name }) => {
    for (const { document, name: part, sha256 } of await readDocuments(bytes, name, bound)) {
      const read = extractDocument(document, part, sha256, reader, { received: '2026-06-30' });
      must(read.document.sha256.length === 64, 'the document is named by its hash');
    }
  };
}

/** An archive whose texts are damaged, packed again as it should be. */
function packed(parts: Readonly<Record<string, string>>, damage: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(...damage).chain((name) =>
    texts([parts[name] ?? ''], MARKS).map((changed) =>
      zip(
        Object.entries({ ...parts, [name]: changed }).map(([part, data]) => ({
          name: part,
          data: Buffer.from(data),
        })),
      ),
    ),
  );
}

const MARKS: readonly string[] = [
  ...[
    '<w:p>',
    '</w:p>',
    '<w:tbl>',
    '</w:tbl>',
    '<w:tr>',
    '<w:tc>',
    '</w:tc>',
    '<w:vMerge/>',
    '<w:gridSpan w:val="9999"/>',
  ],
  ...[
    '<w:t>',
    '</w:t>',
    '<row r="1048577">',
    '<c r="XFE1" t="s">',
    '<v>',
    '</v>',
    '<v>99999</v>',
    '<f>',
    '<is>',
    '</c>',
  ],
  ...['<mergeCell ref="A1:XFD1048576"/>', '<table>', '</table>', '<td rowspan="65000" colspan="1000">', '<tr>', '<th>'],
  ...[
    '<p>',
    '</p>',
    '<div>',
    '<br>',
    '<!--',
    '-->',
    '<script>',
    '<style>',
    '<pre>',
    '&nbsp;',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
  ],
  ...[
    '<?xml version="1.0"?>',
    'xml:space="preserve"',
    ' a="',
    '"',
    "='",
    '<a',
    '/>',
    '</',
    '\t',
    ' | ',
    '|---|',
    '# ',
    '```',
  ],
  ...WORDS.slice(0, 30),
];
const named = (inputs: fc.Arbitrary<Uint8Array>, name: string) => inputs.map((bytes) => ({ bytes, name }));

/** Names of the members of an archive, and what they hold as text. */
async function partsOf(bytes: Uint8Array): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const entry of (await openArchive(bytes, bound, { left: bound.inflated })).values())
    parts[entry.name] = Buffer.from(await entry.read()).toString('utf8');
  return parts;
}

export const targets: Targets = {
  'file: text and Markdown documents': () => {
    const samples = [
      ...documentTexts,
      Buffer.from(textFile(blocks)).toString(),
      Buffer.from(markdownFile(blocks)).toString(),
    ];
    const inputs = fc
      .tuple(texts(samples, MARKS), fc.constantFrom('a.txt', 'a.md'))
      .map(([content, name]) => ({ bytes: Buffer.from(content), name }));
    return file({ inputs, feed: extraction() });
  },
  'file: HTML documents': () =>
    file({
      inputs: named(
        texts([Buffer.from(htmlFile(blocks)).toString()], MARKS).map((html) => Buffer.from(html)),
        'a.html',
      ),
      feed: extraction(),
    }),
  'file: HTML reader alone': () =>
    file({
      inputs: texts([Buffer.from(htmlFile(blocks)).toString()], MARKS),
      feed: (html) => must(Array.isArray(readHtml(html, new Allowance(bound)).blocks), 'has blocks'),
    }),
  'file: Word documents, bytes': async () =>
    file({ inputs: named(files([await docxFile(blocks)]), 'a.docx'), feed: extraction() }),
  'file: Word documents, parts': async () => {
    const parts = await partsOf(await docxFile(blocks));
    const damage = Object.keys(parts).filter((name) => /document|styles|numbering|rels|Types/.test(name));
    return file({ inputs: named(packed(parts, damage), 'a.docx'), feed: extraction() });
  },
  'file: PDF documents': async () =>
    file({ inputs: named(files([await pdfFile(blocks)]), 'a.pdf'), feed: extraction() }),
  'file: workbooks, bytes': () =>
    file({ inputs: named(files([documentWorkbook(blocks)]), 'a.xlsx'), feed: extraction() }),
  'file: workbooks, parts': () => {
    const parts = Object.fromEntries(
      Object.entries(
        workbookParts({
          sheets: [
            {
              rows: [
                ['STT', 'Tên'],
                [1, { day: 46000 }],
                ['x', true],
              ],
              merged: ['A1:B1'],
            },
          ],
        }),
      ).map(([name, data]) => [name, Buffer.from(data as string).toString('utf8')]),
    );
    return file({ inputs: named(packed(parts, Object.keys(parts)), 'a.xlsx'), feed: extraction() });
  },
  'file: archives of documents': () => {
    const member = (name: string) => ({ name, data: Buffer.from(documentTexts[0] ?? '') });
    const samples = [
      zip([member('a.txt'), member('thư mục/b.md')]),
      zip([{ ...member('a.txt'), declared: 7 }, member('../b')]),
    ];
    return file({ inputs: named(files(samples), 'a.zip'), feed: extraction() });
  },
  'file: XML scanner': () =>
    file({
      inputs: texts(
        ['<a b="c">d<e/>&amp;<![CDATA[f]]></a>', '<?xml version="1.0"?><x:y xmlns:x="z"><!-- k --></x:y>'],
        MARKS,
      ),
      refuses: [XmlProblem],
      feed: (xml) => {
        let depth = 0;
        const scanner = new XmlScanner({
          open() {
            depth += 1;
          },
          close() {
            depth -= 1;
          },
          text: () => undefined,
        });
        for (const piece of [xml.slice(0, xml.length / 2), xml.slice(xml.length / 2)]) scanner.write(piece);
        scanner.end();
        must(depth === 0, 'what is opened is closed');
      },
    }),
};
