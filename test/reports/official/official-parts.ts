/** The official reports of the fixture as parts of Word files, and what a reader finds in them. Rule: each call builds its own. */
import type { Letterhead } from '../../../config/schema/report.ts';
import type { OfficialInput } from '../../../reports/official/input.ts';
import { nationalDocument } from '../../../reports/official/official.ts';
import type { Document, Table } from '../../../reports/word/document.ts';
import { docxParts } from '../../../reports/word/docx.ts';
import { config, labels, viewOf } from '../fixture-site.ts';

/** What a person would have filled in. */
export const LETTERHEAD: Letterhead = {
  parent: 'CƠ QUAN CẤP TRÊN',
  issuer: 'CƠ QUAN BAN HÀNH',
  symbol: 'CQBH',
  place: 'Hà Nội',
  addressees: ['Cơ quan nhận'],
  signer: { position: ['KT. NGƯỜI ĐỨNG ĐẦU', 'CẤP PHÓ'], name: 'Họ Và Tên' },
  recipients: ['Như trên', 'Lưu: VT'],
};

export function officialInput(over: Partial<OfficialInput> = {}): OfficialInput {
  return { view: viewOf(), labels, settings: config.report, number: null, ...over };
}

/** The report on all databases with everything a person gives. */
export function signedParts(number = '05/BC-CQBH'): Map<string, string> {
  return docxParts(nationalDocument(officialInput({ number, settings: { letterhead: LETTERHEAD, agencies: {} } })));
}

export function draftParts(): Map<string, string> {
  return docxParts(nationalDocument(officialInput()));
}

/** Text of a part, one line a paragraph. */
export function wordText(xml: string): string {
  return xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<w:br\/>/g, ' ')
    .replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** Rows of the tables with lines of one section, as texts. */
export function gridRows(document: Document, section: number): string[][] {
  return (document.sections[section]?.blocks ?? [])
    .filter((block): block is Table => block.kind === 'table' && block.look === 'grid')
    .flatMap((table) =>
      table.rows.map((row) =>
        row.cells.map((cell) =>
          cell.blocks
            .map((one) => (one.kind === 'paragraph' ? one.runs.map((run) => run.text).join('') : ''))
            .join(' '),
        ),
      ),
    );
}
