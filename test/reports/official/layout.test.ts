/** The check of the layout: our own reports keep every rule, and every rule bites. */
import { describe, expect, test } from 'vitest';
import { allDocuments } from '../../../reports/official/official.ts';
import { docxParts } from '../../../reports/word/docx.ts';
import { checkReport, LAYOUT_RULES } from '../../../reports/word-check/check.ts';
import { labels } from '../fixture-site.ts';
import { draftParts, officialInput, signedParts } from './official-parts.ts';

const BODY = 'word/document.xml';
const STYLES = 'word/styles.xml';
const HEAD = 'word/page-number.xml';

function failed(parts: ReadonlyMap<string, string>): string[] {
  return checkReport(parts, labels)
    .filter((one) => one.outcome === 'fail')
    .map((one) => one.rule);
}

/** The parts with something replaced; what is not there cannot be replaced. */
function changed(parts: Map<string, string>, path: string, from: string | RegExp, to: string): Map<string, string> {
  const before = parts.get(path) ?? '';
  const after = before.replace(from, to);
  expect(after, `${path}: ${from} is not there`).not.toBe(before);
  return parts.set(path, after);
}

/** Another size, weight … in a style. */
function style(id: string, from: RegExp | string, to: string): [string, RegExp, string] {
  const source = typeof from === 'string' ? from : from.source;
  return [STYLES, new RegExp(`(w:styleId="${id}">.*?)${source}`), `$1${to}`];
}

describe('our own reports', () => {
  test.each([...allDocuments(officialInput())])('%s keeps every rule as a draft', (_name, document) => {
    expect(checkReport(docxParts(document), labels).filter((one) => one.outcome === 'fail')).toEqual([]);
  });

  test('a report with its number, bodies and signer keeps every rule', () => {
    expect(checkReport(signedParts(), labels).filter((one) => one.outcome === 'fail')).toEqual([]);
  });
});

/** Rule, and what breaks it. */
const BROKEN: [rule: string, how: string, path: string, from: RegExp | string, to: string][] = [
  ['paper', 'Letter paper', BODY, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'],
  ['direction', 'a landscape page named portrait', BODY, ' w:orient="landscape"', ''],
  [
    'direction',
    'a wide table upright',
    BODY,
    /w:w="16838" w:h="11906" w:orient="landscape"/g,
    'w:w="11906" w:h="16838"',
  ],
  ['margins', 'a left margin of 25 mm', BODY, 'w:left="1701"', 'w:left="1417"'],
  ['font', 'another font', STYLES, 'w:ascii="Times New Roman"', 'w:ascii="Arial"'],
  ['font', 'a red letter', BODY, '<w:r>', '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>'],
  ['font', 'an underlined letter', BODY, '<w:r>', '<w:r><w:rPr><w:u w:val="single"/></w:rPr>'],
  ['page-number', 'no field', HEAD, ' PAGE ', ' DATE '],
  ['page-number', 'at the right', ...style('pageNo', '<w:jc w:val="center"/>', '<w:jc w:val="right"/>')],
  ['page-number', 'on the first page, too', BODY, '<w:titlePg/>', ''],
  ['page-number', 'in the foot', 'word/foot.xml', '</w:p>', '<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>'],
  ['page-number', 'below the margin', BODY, /w:header="\d+"/, 'w:header="1400"'],
  ['pages-from-one', 'an annex that counts on', BODY, /(w:orient="landscape"\/>.*?)<w:pgNumType[^>]*>/, '$1'],
  ['heads-repeated', 'a head that stands once', BODY, '<w:tblHeader/>', ''],
  [
    'plain-file',
    'a link to outside',
    'word/_rels/document.xml.rels',
    '</Relationships>',
    '<Relationship Id="r9" Type="t" Target="file:///x" TargetMode="External"/></Relationships>',
  ],
  ['issuing-body', 'not bold', ...style('issuer', '<w:b/>', '')],
  ['issuing-body', 'no line under it', BODY, /<w:pBdr>.*?<\/w:pBdr>/, ''],
  ['state-or-draft', 'no draft mark', BODY, /DỰ THẢO/, 'Dự kiến'],
  ['state-or-draft', 'the State over a draft', BODY, 'DỰ THẢO', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
  ['number', 'spaces in the number', BODY, /Số: +\/BC-/, 'Số: 5 / BC - '],
  ['place-and-day', 'upright', ...style('place', '<w:i/>', '')],
  ['title', 'small', ...style('title', '<w:sz w:val="28"/>', '<w:sz w:val="24"/>')],
  ['title', 'no line under the subject', BODY, /(w:val="subject".*?)<w:pBdr>.*?<\/w:pBdr>/, '$1'],
  ['recipients', 'upright', ...style('recipientsHead', '<w:i/>', '')],
  ['recipients', 'none', BODY, 'Nơi nhận:', 'Gửi:'],
  ['signer', 'not bold', ...style('signer', '<w:b/>', '')],
  ['size', '12 pt', ...style('body', '<w:sz w:val="26"/>', '<w:sz w:val="24"/>')],
  ['justified', 'at the left', ...style('body', '<w:jc w:val="both"/>', '<w:jc w:val="left"/>')],
  ['justified', 'no first line', ...style('body', /w:firstLine="720"/, 'w:firstLine="0"')],
  ['distance', 'no room between', ...style('body', /w:before="0" w:after="120"/, 'w:before="0" w:after="0"')],
  ['distance', 'two lines', ...style('body', /w:line="276"/, 'w:line="480"')],
  ['parts-in-order', 'part III before II', BODY, '>II. ', '>III. '],
  ['parts-in-order', 'item 2 twice', BODY, />1\. (?=[^<]*<\/w:t>)/, '>2. '],
  ['points-in-order', 'd before đ', BODY, /<w:t xml:space="preserve">- /, '<w:t xml:space="preserve">b) '],
  ['ended', 'a full stop', BODY, './.', '.'],
  ['unfilled', 'a place of a template', BODY, '- ', '- {name} '],
  ['unfilled', 'dots of nobody', BODY, '- ', '- ……………… '],
  ['drawn-lines', 'underscores', BODY, '- ', '- ______ '],
  [
    'annex-apart',
    'an annex in the middle',
    BODY,
    /<w:t xml:space="preserve">- [^<]*/,
    '<w:t xml:space="preserve">Phụ lục V',
  ],
  ['annex-number', 'Arabic-like order', BODY, '>Phụ lục II<', '>Phụ lục IV<'],
  ['annex-title', 'small letters', BODY, 'DANH MỤC NHIỆM VỤ ĐANG THỰC HIỆN QUÁ HẠN</w:t>', 'Danh mục</w:t>'],
  ['annex-attached', 'no reference', BODY, '(Kèm theo Báo cáo', '(Theo Báo cáo'],
  ['annex-referred', 'the body is silent', BODY, /\(Chi tiết tại[^<]*/, 'Hết.'],
];

describe('a report that is broken', () => {
  test.each(BROKEN)('%s: %s', (rule, _how, path, from, to) => {
    expect(failed(changed(draftParts(), path, from, to))).toContain(rule);
  });

  test('every rule is known to bite', () => {
    expect(LAYOUT_RULES.map((one) => one.id).filter((id) => !BROKEN.some(([rule]) => rule === id))).toEqual([]);
  });

  test('a number without the State, the State in the text, a draft mark over a number', () => {
    const number = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
    expect(failed(changed(signedParts(), BODY, number, 'VIỆT NAM'))).toContain('state-or-draft');
    expect(failed(changed(draftParts(), BODY, '- ', `- ${number} `))).toContain('state-or-draft');
    expect(failed(changed(signedParts(), BODY, number, 'DỰ THẢO'))).toContain('state-or-draft');
  });

  test('says where, what it found and what it expected', () => {
    const [flaw] = checkReport(changed(draftParts(), BODY, 'w:left="1701"', 'w:left="1417"'), labels).flatMap(
      (one) => one.flaws,
    );
    expect(flaw).toEqual({ where: 'section 1', found: 'left 25.0 mm', expected: 'left 30–35 mm' });
  });

  test('what is no Word file is refused', () => {
    expect(() => checkReport(new Map([['a.txt', 'x']]), labels)).toThrow(/no Word document/);
    expect(() => checkReport(new Map([[BODY, '<a>'.repeat(300)]]), labels)).toThrow(/deeper/);
  });
});
