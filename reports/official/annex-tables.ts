/** Annexes of our own: agencies, databases and next steps. Rule: the rows of the site's tables, in their order. */
import { bareText } from '../rich-text.ts';
import type { AgencyPage } from '../view-agency.ts';
import type { MinistryRow } from '../view-ministries.ts';
import type { Action, Badge, DatabaseListRow } from '../view-parts.ts';
import { cell, paragraph, type Row } from '../word/document.ts';
import type { LookName } from '../word/looks.ts';
import { type Annex, grid, gridRow, headRow } from './annex.ts';
import { type OfficialInput, words } from './input.ts';

/** Millimetres; together the width of a page on its long side. */
const MINISTRIES = [10, 60, 20, 17, 22, 22, 22, 20, 20, 39];
const DATABASES = [10, 60, 26, 26, 20, 25, 25, 25, 21, 14];
const ACTIONS = [10, 61, 30, 28, 24, 24, 17, 26, 32];

const MINISTRY_LOOKS: LookName[] = ['cellMiddle', 'cell', ...Array<LookName>(7).fill('cellMiddle'), 'cell'];
const DATABASE_LOOKS: LookName[] = [
  'cellMiddle',
  'cell',
  'cell',
  'cell',
  'cellMiddle',
  'cell',
  'cell',
  'cell',
  'cellMiddle',
  'cellMiddle',
];
const ACTION_LOOKS: LookName[] = ['cellMiddle', ...Array<LookName>(8).fill('cell')];

/** The table by agency of the first page, with its sum. */
export function ministriesAnnex({ view, labels }: OfficialInput): Annex {
  const { ministries, total, order_note, assigned_note } = view.overview;
  const texts = (row: MinistryRow, no: string): string[] => [
    no,
    row.agency.text,
    row.databases.text,
    row.overdue.text,
    row.change.text,
    row.criteria.text,
    row.connection.text,
    row.confirmed.text,
    row.silent.text,
    row.trouble,
  ];
  const sum: Row = {
    cells: texts(total, '').map((text, i) => cell(i === 1 ? 'cellStrong' : 'cellMiddle', [{ text, bold: true }])),
  };
  return {
    key: 'by_agency',
    title: labels.text('report', 'annex_heads', 'by_agency'),
    asOf: view.head.as_of_short,
    blocks: [
      {
        kind: 'table',
        look: 'grid',
        widths: MINISTRIES,
        head: [headRow(words(labels, 'pages', 'overview', 'table_by_agency', 'columns'))],
        rows: [...ministries.map((row, i) => gridRow(texts(row, String(i + 1)), MINISTRY_LOOKS)), sum],
      },
      paragraph('note', order_note),
      paragraph('note', assigned_note),
    ],
  };
}

/** State of every database of an agency. */
export function databasesAnnex({ view, labels }: OfficialInput, page: AgencyPage): Annex {
  const looks = DATABASE_LOOKS;
  return {
    key: 'databases',
    title: labels.text('report', 'annex_heads', 'databases'),
    asOf: view.head.as_of_short,
    blocks: [
      {
        kind: 'table',
        look: 'grid',
        widths: DATABASES,
        head: [headRow(words(labels, 'report', 'database_columns'))],
        rows: page.databases.map((row, i) => gridRow(databaseTexts(row, String(i + 1)), looks)),
      },
    ],
  };
}

function databaseTexts(row: DatabaseListRow, no: string): string[] {
  const name = [row.name.text, row.group_note, row.shared].filter((one) => one !== null && one !== '').join('\n');
  if (row.kind !== 'database') return [no, name, '', '', '', '', '', '', '', ''];
  return [
    no,
    name,
    badgeText(row.reported),
    badgeText(row.confirmed),
    row.criteria_note === null ? row.criteria : `${row.criteria}\n(${row.criteria_note})`,
    row.c12,
    row.sync,
    row.cleaning,
    row.deadline,
    row.overdue,
  ];
}

/** Number and name of a level; what stands where there is none. */
export function badgeText(badge: Badge): string {
  return badge.level === null ? badge.name : `${badge.level}. ${badge.short}`;
}

/** Next steps with the six columns. */
export function actionsAnnex({ view, labels }: OfficialInput, actions: readonly Action[]): Annex {
  return {
    key: 'actions',
    title: labels.text('report', 'annex_heads', 'actions'),
    asOf: view.head.as_of_short,
    blocks: [
      grid(
        ACTIONS,
        words(labels, 'actions', 'columns'),
        ACTION_LOOKS,
        actions.map((one, i) => [
          String(i + 1),
          bareText(one.text),
          one.responsible,
          bareText(one.lead),
          bareText(one.coordinate),
          one.product,
          bareText(one.due),
          one.authority,
          bareText(one.result),
        ]),
      ),
    ],
  };
}
