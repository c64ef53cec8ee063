/**
 * Head and end of an official report, as Nghị định 30/2020/NĐ-CP has them. Rule: the name of the State stands only over a
 * report with a number; what no person gave (body, number, day, signer, recipients) is a blank.
 */
import type { Labels } from '../../config/labels.ts';
import type { Letterhead } from '../../config/schema/report.ts';
import { type Block, cell, paragraph, rule, type Table } from '../word/document.ts';
import { look, textWidth } from '../word/looks.ts';
import { boldWidth } from '../word/text-width.ts';

const WIDTH = textWidth('portrait');
/** The name of the State needs 90 mm on its one line. */
const HEAD = [WIDTH - 97, 97] as const;
const END = [WIDTH / 2, WIDTH / 2] as const;
/** The decree: a third to a half of the line above. */
const SHARE = 0.4;
/** Where the line above is a blank. */
const BLANK_RULE = 25;
/** Empty lines for a signature and a stamp. */
const SIGNATURE_LINES = 4;

export interface HeadWords {
  readonly letterhead: Letterhead;
  readonly labels: Labels;
  readonly number: string | null;
  readonly draft: string;
}

/** Issuing body and number at the left; State, place and day at the right. */
export function headTable({ letterhead, labels, number, draft }: HeadWords): Table {
  const [left, right] = HEAD;
  const { parent, issuer, symbol, place } = letterhead;
  const blank = (key: string): string => labels.text('report', 'blanks', key);
  const motto = labels.text('report', 'motto');
  const state =
    number === null
      ? [paragraph('draft', draft)]
      : [
          paragraph('nation', labels.text('report', 'nation')),
          paragraph('motto', motto),
          rule(boldWidth(motto, look('motto').size), right),
        ];
  return {
    kind: 'table',
    look: 'plain',
    widths: HEAD,
    head: [],
    rows: [
      {
        cells: [
          {
            blocks: [
              ...(parent === null ? [] : [paragraph('parent', parent)]),
              paragraph('issuer', issuer ?? blank('body')),
              rule(issuer === null ? BLANK_RULE : shareOf(issuer, look('issuer').size, left), left),
            ],
          },
          { blocks: state },
        ],
      },
      {
        cells: [
          cell(
            'number',
            number === null
              ? labels.format(['report', 'blanks', 'number'], { symbol: symbol ?? blank('symbol') })
              : labels.format(['report', 'number'], { number }),
          ),
          cell('place', labels.format(['report', 'blanks', 'day'], { place: place ?? blank('place') })),
        ],
      },
    ],
  };
}

/** Kind and subject of the report, the drawn line, the day of the figures, and to whom it goes. */
export function titleBlocks(
  words: { title: string; subject: string; asOf: string },
  { addressees }: Letterhead,
  labels: Labels,
): Block[] {
  return [
    paragraph('title', words.title),
    paragraph('subject', words.subject),
    rule(shareOf(words.subject, look('subject').size, WIDTH), WIDTH),
    paragraph('asOf', `(${words.asOf})`),
    ...(addressees.length === 0
      ? []
      : [
          paragraph(
            'addressee',
            labels.format(['report', 'to'], { bodies: addressees.join(labels.text('format', 'list_separator')) }),
          ),
        ]),
  ];
}

/** Recipients at the left, signer at the right. */
export function endTable({ recipients, signer }: Letterhead, labels: Labels): Table {
  const blank = (key: string): string => labels.text('report', 'blanks', key);
  const copies =
    recipients.length === 0
      ? [blank('recipient')]
      : recipients.map((body, index) =>
          labels.format(['report', index === recipients.length - 1 ? 'copy_last' : 'copy'], { body }),
        );
  const position = signer.position.length === 0 ? [blank('position')] : signer.position;
  return {
    kind: 'table',
    look: 'plain',
    widths: END,
    head: [],
    rows: [
      {
        cells: [
          {
            blocks: [
              paragraph('recipientsHead', labels.text('report', 'copies')),
              ...copies.map((line) => paragraph('recipients', line)),
            ],
          },
          {
            blocks: [
              ...position.map((line) => paragraph('signer', line)),
              ...Array.from({ length: SIGNATURE_LINES }, () => paragraph('signer', '')),
              ...(signer.name === null ? [] : [paragraph('signer', signer.name)]),
            ],
          },
        ],
      },
    ],
  };
}

/** Length of the line under a text: a share of its longest possible line. */
function shareOf(text: string, size: number, within: number): number {
  return SHARE * Math.min(boldWidth(text, size), within);
}
