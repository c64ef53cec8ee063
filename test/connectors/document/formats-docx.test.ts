import * as docx from 'docx';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { Allowance } from '../../../connectors/document/formats/allowance.ts';
import { BlockBuilder } from '../../../connectors/document/formats/block-builder.ts';
import { BlockSink } from '../../../connectors/document/formats/block-sink.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import { WordBody } from '../../../connectors/document/formats/word-body.ts';
import { WordNumbering } from '../../../connectors/document/formats/word-numbering.ts';
import { wordStyles } from '../../../connectors/document/formats/word-styles.ts';

/** The paragraphs and rows of a body of WordprocessingML, with the parts beside it. */
function bodyOf(xml: string, numbering = '', styles = ''): { shown: string[]; notes: string[] } {
  const blocks = new BlockBuilder(new Allowance({ tableRows: 100, tableText: 100_000 }));
  const body = new WordBody(new BlockSink(blocks), new WordNumbering(numbering), wordStyles(styles));
  const parser = new Parser(body, { xmlMode: true, decodeEntities: true });
  parser.write(`<w:document><w:body>${xml}</w:body></w:document>`);
  parser.end();
  body.end();
  expect(body.complete).toBe(true);
  const shown = blocks.blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? [block.text.text]
      : [
          block.header.map((cell) => cell.text).join(' / '),
          ...block.rows.map((row) =>
            row.kind === 'heading' ? `# ${row.text.text}` : row.cells.map((cell) => cell?.text ?? '~').join(' / '),
          ),
        ],
  );
  return { shown, notes: body.notes.map((note) => note.code) };
}

const p = (text: string, properties = '', run = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${run}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const tc = (content: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
const tr = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`;
const listed = (id: number, depth = 0): string =>
  `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr>`;

const NUMBERING = `<w:numbering>
  <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`;

describe('Word', () => {
  test('numbers that Word prints, also in cells that have nothing else', () => {
    const table = `<w:tbl>${tr(tc(p('STT')), tc(p('Việc')), tc(p('Hạn')))}
      ${tr(tc(p('', listed(2))), tc(p('Nhóm mẫu')), tc('<w:p/>'))}
      ${tr(tc(p('', listed(1))), tc(p('Việc một')), tc('<w:p/>'))}
      ${tr(tc(p('', listed(1, 1))), tc(p('Việc con')), tc('<w:p/>'))}
      ${tr(tc(p('', listed(1))), tc(p('đã xong', listed(3)) + p('', listed(3))), tc('<w:p/>'))}</w:tbl>`;
    const after = p('Mục', listed(4)) + p('Mục', listed(4)) + p('', listed(4));
    expect(bodyOf(table + after, NUMBERING).shown).toEqual([
      'STT / Việc / Hạn',
      '# I. Nhóm mẫu',
      '1. / Việc một / ',
      '1.1. / Việc con / ',
      '2. / - đã xong / ',
      '1. Mục',
      '2. Mục',
    ]);
  });

  test('fonts of before Unicode, of the run, of the style and in capitals', () => {
    const styles = `<w:styles><w:style w:type="paragraph" w:styleId="Than"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>
      <w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Than"/></w:style></w:styles>`;
    const xml =
      p('Céng hoµ', '<w:pStyle w:val="Con"/>') +
      p('céng hoµ', '', '<w:rFonts w:ascii=".VnTimeH"/>') +
      p('Coäng hoøa', '', '<w:rFonts w:ascii="VNI-Times"/>') +
      p('Cộng hòa', '', '<w:rFonts w:ascii="Times New Roman"/>') +
      p('Cộng hòa', '', '<w:rFonts w:ascii=".VnTime"/>');
    expect(bodyOf(xml, '', styles)).toEqual({
      shown: ['Cộng hoà', 'CỘNG HOÀ', 'Cộng hòa', 'Cộng hòa', 'Cộng hòa'],
      notes: ['legacy_encoding'],
    });
  });

  test('the text as it is printed: without deletions, hidden text and copies for older programs', () => {
    const xml = `<w:p><w:r><w:t>Đã </w:t></w:r><w:del><w:r><w:delText>chưa </w:delText><w:t>x</w:t></w:r></w:del>
      <w:ins><w:r><w:t>xong</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>
      <w:r><w:instrText>PAGE</w:instrText></w:r><mc:Fallback><w:r><w:t>bản sao</w:t></w:r></mc:Fallback>
      <w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>rồi</w:t><w:br/><w:t>dòng</w:t></w:r></w:p>`;
    expect(bodyOf(xml).shown).toEqual(['Đã xong rồi', 'dòng']);
  });

  test('cells merged downwards and across', () => {
    const merge = (value: string): string => `<w:vMerge${value === '' ? '' : ` w:val="${value}"`}/>`;
    const xml = `<w:tbl>${tr(tc(p('STT')), tc(p('Việc')), tc(p('Nơi')))}
      ${tr(tc(p('1'), merge('restart')), tc(p('Việc'), merge('restart')), tc(p('A')))}
      ${tr(tc('<w:p/>', merge('')), tc('<w:p/>', merge('continue')), tc(p('B')))}
      ${tr(tc(p('Nhóm hai'), '<w:gridSpan w:val="3"/>'))}
      ${tr(tc(p('2'), merge('restart')), tc(p('Việc')), tc(p('C')))}</w:tbl>`;
    expect(bodyOf(xml).shown).toEqual(['STT / Việc / Nơi', '1 / Việc / A', '~ / ~ / B', '# Nhóm hai', '2 / Việc / C']);
  });

  test('lists, headings and footnotes as a program writes them', async () => {
    const document = new docx.Document({
      numbering: {
        config: [{ reference: 'so', levels: [{ level: 0, format: docx.LevelFormat.DECIMAL, text: '%1)' }] }],
      },
      footnotes: { 1: { children: [new docx.Paragraph('Số liệu mẫu')] } },
      sections: [
        {
          headers: { default: new docx.Header({ children: [new docx.Paragraph('Đầu trang')] }) },
          children: [
            new docx.Paragraph({ text: 'Phụ lục', heading: docx.HeadingLevel.HEADING_1 }),
            new docx.Paragraph({ text: 'một', numbering: { reference: 'so', level: 0 } }),
            new docx.Paragraph({
              children: [new docx.TextRun('hai'), new docx.FootnoteReferenceRun(1)],
              numbering: { reference: 'so', level: 0 },
            }),
          ],
        },
      ],
    });
    const [read] = await readDocuments(await docx.Packer.toBuffer(document), 'x');
    const text = read?.document.blocks.map((block) => block.kind === 'paragraph' && block.text.text);
    expect(text).toEqual(['Phụ lục', '1) một', '2) hai', '[1] Số liệu mẫu']);
  });
});
