/** The same document as text, Word, PDF, web page, Markdown and Excel gives the same facts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import { packageRoot } from '../../../config/package-root.ts';
import { documentReader, extractBytes } from '../../../connectors/document/extract.ts';
import type { Extraction } from '../../../connectors/document/extraction.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import type { Document, Row } from '../../../connectors/document/model.ts';
import { type BlockSource, docxFile, htmlFile, markdownFile, pdfFile, textFile } from '../../support/document-files.ts';
import { documentWorkbook } from '../../support/workbook-files.ts';

const { config } = loadConfig(undefined, {});
const reader = documentReader(config);
const RECEIVED = '2030-01-01';

async function extracted(bytes: Uint8Array, name: string): Promise<Extraction> {
  const [first] = await extractBytes(bytes, name, config, { received: RECEIVED }, reader);
  if (first === undefined) throw new Error(`nothing read from ${name}`);
  return first;
}

/** A document that was read, as the description of one. A cell that a row does not have is merged with the one above. */
function described(document: Document): BlockSource[] {
  return document.blocks.map((block): BlockSource => {
    if (block.kind === 'paragraph') return block.text.text;
    const texts = (row: Row | undefined): (string | null)[] | null =>
      row?.kind === 'cells' ? block.header.map((_, column) => row.cells[column]?.text ?? null) : null;
    return {
      header: block.header.map((cell) => cell.text),
      rows: block.rows.map((row, at) =>
        row.kind === 'heading'
          ? { heading: row.text.text }
          : // Nothing to merge with under a heading: a blank cell.
            { cells: (texts(row) ?? []).map((text) => text ?? (texts(block.rows[at - 1]) === null ? '' : null)) },
      ),
      widths: block.header.map((title, column) =>
        widthOf([title.text, ...block.rows.map((row) => texts(row)?.[column] ?? '')]),
      ),
    };
  });
}

/** Wide enough for the longest word, wider for long texts, as somebody who writes a table makes it. */
function widthOf(column: readonly string[]): number {
  const words = column.flatMap((text) => text.split(/\s+/)).map((word) => word.length);
  return 3 + Math.max(...words) + Math.sqrt(Math.max(...column.map((text) => text.length)));
}

/** What was read, without where: one line a fact, sorted. */
function facts({ observations, tasks, agencyCounts }: Extraction): string[] {
  return [
    ...observations.map(({ statement: s }) =>
      [
        'observation',
        s.evidence.row,
        s.subject_id,
        s.attribute,
        s.target,
        s.value_text,
        s.value_number,
        s.value_total,
        s.value_low,
        s.value_high,
        s.unit,
        s.stage,
        s.role,
        s.extent,
        s.quoted,
        s.observed_at,
        s.shared_n,
      ].join('|'),
    ),
    ...tasks.map(({ statement: s }) =>
      ['task', s.no, s.deadline, s.lead_agencies, s.overdue_agencies, s.database_ids].join('|'),
    ),
    ...agencyCounts.map(({ statement: s }) =>
      ['count', s.agency, s.assigned, s.done, s.in_progress, s.overdue, s.adds_up].join('|'),
    ),
  ].sort();
}

const FORMATS: Record<string, (blocks: readonly BlockSource[]) => Uint8Array | Promise<Uint8Array>> = {
  docx: docxFile,
  html: htmlFile,
  md: markdownFile,
  txt: textFile,
  pdf: (blocks) => pdfFile(blocks),
  xlsx: documentWorkbook,
};

describe.each(['a', 'd'])('held-out document %s', (name) => {
  let blocks: BlockSource[] = [];
  let expected: string[] = [];

  beforeAll(async () => {
    const bytes = readFileSync(join(packageRoot, 'test', 'eval', 'held-out', `${name}.txt`));
    const [entry] = await readDocuments(bytes, `${name}.txt`);
    blocks = described(entry?.document as Document);
    expected = facts(await extracted(bytes, `${name}.txt`));
  });

  test('has facts', () => {
    expect(expected.length).toBeGreaterThan(20);
  });

  test.each(Object.keys(FORMATS))('as %s', async (format) => {
    const bytes = await FORMATS[format]?.(blocks);
    expect(facts(await extracted(bytes as Uint8Array, `${name}.${format}`))).toEqual(expected);
  });
});
