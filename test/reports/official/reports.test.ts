/** The official reports: the figures of the site, hostile text inert, nothing made up, the same bytes for the same publication. */
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../../connectors/document/formats/archive-gate.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import {
  agencyDocument,
  allDocuments,
  nationalDocument,
  reportedAgencies,
} from '../../../reports/official/official.ts';
import { bareText } from '../../../reports/rich-text.ts';
import { docxFile, docxParts } from '../../../reports/word/docx.ts';
import { printHtml } from '../../../reports/word/print-html.ts';
import { boldWidth } from '../../../reports/word/text-width.ts';
import { config, fixture, labels, META, viewOf, visibleText } from '../fixture-site.ts';
import { draftParts, gridRows, LETTERHEAD, officialInput, signedParts, wordText } from './official-parts.ts';

const view = viewOf();
const input = officialInput({ view });
const national = nationalDocument(input);
const BODY = 'word/document.xml';
const everyText = [...allDocuments(input)].map(([name, document]) => ({
  name,
  word: wordText(docxParts(document).get(BODY) ?? ''),
  html: visibleText(printHtml(document)),
}));

/** A table cell as a number; the forms leave what is not known blank. */
function amount(text: string | undefined): number {
  return Number((text ?? '').replaceAll('.', '').replace(',', '.'));
}

describe('figures', () => {
  test('the table by agency adds up to its last row, to the site and to the tables', () => {
    const rows = gridRows(national, 3);
    const total = rows.at(-1) ?? [];
    const summaries = fixture().agency_summary as unknown as Record<string, number>[];
    const columns = [
      [2, 'databases'],
      [3, 'overdue'],
      [5, 'criteria_reported'],
      [6, 'connection_reported'],
      [7, 'connection_confirmed'],
      [8, 'not_reported'],
    ] as const;
    for (const [column, name] of columns) {
      const sum = rows.slice(0, -1).reduce((all, row) => all + amount(row[column]), 0);
      expect(amount(total[column]), name).toBe(sum);
      expect(sum, name).toBe(summaries.reduce((all, row) => all + (row[name] ?? 0), 0));
    }
    expect(rows.slice(0, -1).map((row) => row[1])).toEqual(view.overview.ministries.map((row) => row.agency.text));
  });

  test('the annexes have the rows of the site, and its counts', () => {
    const { agencies, tasks } = view.annexes.overdue;
    const rows = gridRows(national, 1);
    expect(rows.slice(0, agencies.length).map((row) => row.slice(1))).toEqual(
      agencies.map((one) => [one.name, one.assigned, one.done, one.in_progress, one.overdue, one.rate]),
    );
    expect(rows.slice(agencies.length).map((row) => [row[0], row[1], row[5], row[6]])).toEqual(
      tasks.map((one) => [one.no, one.title, one.agency, one.status]),
    );
    expect(gridRows(national, 2)).toHaveLength(view.annexes.grouped.rows.length);
  });

  test('every sentence of the first page stands in the report, in its order', () => {
    const word = everyText[0]?.word ?? '';
    const { results, criteria, connection, conflicts, proposals } = view.overview;
    const sentences = [...results, ...criteria, ...connection, ...conflicts, ...proposals.map((one) => one.text)];
    const places = sentences.map((one) => word.indexOf(bareText(one).replace(/\.$/, '')));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('an agency is told its own databases, its own tasks and no others', () => {
    for (const page of reportedAgencies(input)) {
      const document = agencyDocument(input, page);
      const databases = gridRows(document, 1);
      expect(
        databases.map((row) => row[1]?.split('\n')[0]),
        page.id,
      ).toEqual(page.databases.map((row) => row.name.text));
      const own = view.annexes.overdue.tasks.filter((row) => row.agency === page.name).length;
      if (own === 0) continue;
      const forms = gridRows(document, 2);
      expect(
        forms.filter((row) => row[5] === page.name),
        page.id,
      ).toHaveLength(own);
    }
  });
});

describe('a draft', () => {
  test('has no State, no number, no day, no signer, and says what it is', () => {
    for (const { name, word, html } of everyText)
      for (const text of [word, html]) {
        expect(text, name).not.toContain('CỘNG HÒA');
        expect(text, name).toContain('DỰ THẢO');
        expect(text, name).toMatch(/Số: +\/BC-/);
        expect(text, name).not.toMatch(/Số: *\d|Lưu: VT|TM\.|KT\./);
      }
  });

  test('prints what a person gave, and only with a number the State', () => {
    const word = wordText(signedParts().get(BODY) ?? '');
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 05/BC-CQBH',
      'Hà Nội, ngày       tháng       năm',
      'Kính gửi: Cơ quan nhận.',
      '- Như trên;',
      '- Lưu: VT.',
      'Họ Và Tên',
    ])
      expect(word).toContain(words);
    expect(word).not.toContain('DỰ THẢO');
    expect([...signedParts().keys()]).not.toContain('word/foot.xml');
  });

  test('of one agency is headed by its own head where it has one', () => {
    const [page] = reportedAgencies(input);
    if (page === undefined) throw new Error('no agency');
    const settings = { letterhead: config.report.letterhead, agencies: { [page.id]: LETTERHEAD } };
    const word = (document: Parameters<typeof docxParts>[0]) => wordText(docxParts(document).get(BODY) ?? '');
    expect(word(agencyDocument({ ...input, settings }, page))).toContain('CƠ QUAN BAN HÀNH');
    expect(word(nationalDocument({ ...input, settings }))).not.toContain('CƠ QUAN BAN HÀNH');
  });
});

describe('words', () => {
  test('what no page may print stands in no report', () => {
    const slugs = fixture()
      .database.map((row) => row.database_id)
      .filter((id) => id.includes('-'));
    const banned = Object.keys(config.labels.never_print as Record<string, string>);
    for (const { name, word, html } of everyText)
      for (const text of [word, html]) {
        for (const slug of slugs) expect(text.includes(slug), `${name}: ${slug}`).toBe(false);
        for (const one of banned)
          expect(text.replaceAll('đang làm sạch', '').includes(one), `${name}: ${one}`).toBe(false);
        expect(text, name).not.toMatch(
          /\b(E[0-4]|unknown|undefined|null|NaN|na_requested|in_progress)\b|\{[a-z0-9_]+\}/,
        );
      }
  });

  test('paper and Word say the same', () => {
    for (const { name, word, html } of everyText) {
      const flat = (text: string): string => text.replace(/\s+/g, '');
      expect(flat(html).includes(flat(word)), name).toBe(true);
    }
  });
});

describe('hostile text', () => {
  const evil = `<script>alert(1)</script>"'&<w:p/>]]>=HYPERLINK("x")\u202Egnp.\u0007\u0000{{name}}`;
  const SIGNS = ['\u202E', '\u0007', '\u0000'];
  const long = 'Ữ'.repeat(10_000);
  function hostile() {
    const data = fixture();
    for (const row of data.database) row.name = `${evil}${row.name}`;
    for (const row of data.agency) row.name = `${evil}${row.name}${long}`;
    for (const row of data.finding) Object.assign(row, { text: evil, name: evil });
    for (const row of data.action) Object.assign(row, { text: evil, result: evil, lead: evil, product: evil });
    for (const row of data.task) Object.assign(row, { title: `${evil}${long}`, legal_basis: evil, lead_raw: evil });
    for (const row of data.task_agency) Object.assign(row, { status: 'reported', status_text: evil });
    return officialInput({ view: viewOf(data, { ...META, run_id: evil }) });
  }

  test('stays text in Word and on paper, and the file can be read', async () => {
    for (const [name, document] of allDocuments(hostile())) {
      const parts = docxParts(document);
      for (const [path, xml] of parts) {
        for (const sign of ['<script', ...SIGNS]) expect(xml.includes(sign), `${name} ${path}`).toBe(false);
        expect(xml.match(/<w:body>/g)?.length ?? 0, path).toBe(path === BODY ? 1 : 0);
      }
      expect(wordText(parts.get(BODY) ?? ''), name).toContain(
        '<script>alert(1)</script>"\'&<w:p/>]]>=HYPERLINK("x")gnp.',
      );
      const html = printHtml(document);
      for (const sign of ['<script', '<w:', ...SIGNS]) expect(html.includes(sign), name).toBe(false);
      expect(html, name).toContain("default-src 'none'; style-src 'unsafe-inline'");
      expect((await openArchive(docxFile(document))).size).toBe(parts.size);
    }
  });
});

describe('the file', () => {
  test('is the same for the same publication, with its time and no other', () => {
    expect(Buffer.from(docxFile(nationalDocument(officialInput()))).equals(docxFile(national))).toBe(true);
    const times = [...(draftParts().get('docProps/core.xml') ?? '').matchAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g)];
    expect(times.map((one) => one[0])).toEqual(['2026-06-29T15:00:00Z', '2026-06-29T15:00:00Z']);
  });

  test('is read by the reader of documents: its sentences and the rows of its tables', async () => {
    const [read] = await readDocuments(docxFile(national), 'bao-cao.docx');
    const blocks = read?.document.blocks ?? [];
    const tables = blocks.filter((one) => one.kind === 'table');
    expect(JSON.stringify(blocks)).toContain(bareText(view.overview.results[0] ?? []));
    expect(tables.map((one) => one.rows.length)).toContain(view.annexes.overdue.tasks.length);
  });

  test('has lines as long as the decree has them', () => {
    // 13 pt bold: the motto is 56 mm long, and the State's name at 12 pt fits beside the issuing body.
    expect(boldWidth(labels.text('report', 'motto'), 13)).toBeCloseTo(56, 0);
    expect(boldWidth(labels.text('report', 'nation'), 12)).toBeLessThan(97);
  });
});
