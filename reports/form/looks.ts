/** How the form looks: few looks, black on white, so that it prints in grey as it stands on the screen. */
import type { CellKind } from '../../config/form/columns.ts';
import type { Look, Overlay } from '../xlsx/styles.ts';

/** Cells that are not typed in are grey, in every sheet. */
const LOCKED = 'F0F0F0';
const HEADING = 'DCE4EC';
export const DATE_FORMAT = 'dd/mm/yyyy';
export const NUMBER_FORMAT = '#,##0';

export const formNumber: Look = { font: { bold: true }, align: { h: 'left', v: 'center' } };
export const title: Look = { font: { bold: true, size: 13 }, align: { h: 'center', v: 'center', wrap: true } };
export const subtitle: Look = { font: { italic: true }, align: { h: 'center', v: 'center', wrap: true } };
export const note: Look = { font: { italic: true, size: 10 }, align: { h: 'left', v: 'center', wrap: true } };
export const plain: Look = { align: { h: 'left', v: 'center', wrap: true } };
export const fieldName: Look = { font: { bold: true }, align: { h: 'left', v: 'center', wrap: true } };
export const fieldFixed: Look = { fill: LOCKED, border: 'all', align: { h: 'left', v: 'center', wrap: true } };
export const fieldTyped: Look = {
  border: 'all',
  align: { h: 'left', v: 'center', wrap: true },
  unlocked: true,
  format: '@',
};
export const heading: Look = {
  font: { bold: true },
  fill: HEADING,
  border: 'all',
  align: { h: 'center', v: 'center', wrap: true },
};
export const headingTurned: Look = { ...heading, align: { h: 'center', v: 'center', wrap: true, rotate: 90 } };
export const columnNumber: Look = {
  font: { italic: true, size: 9 },
  border: 'all',
  align: { h: 'center', v: 'center' },
};
export const hiddenKey: Look = { font: { size: 8, colour: '7F7F7F' } };
export const signTitle: Look = { font: { bold: true }, align: { h: 'center', v: 'top' } };
export const signNote: Look = { font: { italic: true }, align: { h: 'center', v: 'top' } };
export const guideHead: Look = { font: { bold: true }, align: { h: 'left', v: 'center', wrap: true } };
export const guideText: Look = { align: { h: 'justify', v: 'top', wrap: true } };

const middle = { v: 'center', wrap: true } as const;
const typed: Look = { border: 'all', unlocked: true };
export const fixedText: Look = { fill: LOCKED, border: 'all', align: { h: 'left', ...middle } };
export const fixedBold: Look = { ...fixedText, font: { bold: true } };
/** Long reading matter beside what is typed. */
export const fixedSmall: Look = { ...fixedText, font: { size: 9 } };
/** A figure of the reply. */
export const count: Look = { fill: LOCKED, border: 'all', format: NUMBER_FORMAT, align: { h: 'center', v: 'center' } };
/** Text to be copied out of the reply. */
export const pasted: Look = { fill: LOCKED, border: 'all', format: '@', align: { h: 'left', v: 'center', wrap: true } };
export const fixedNumber: Look = { fill: LOCKED, border: 'all', align: { h: 'center', ...middle } };
export const shownNumber: Look = {
  fill: LOCKED,
  border: 'all',
  font: { italic: true },
  align: { h: 'center', ...middle },
};

const BODY: Readonly<Record<CellKind, Look>> = {
  fixed: fixedText,
  shown: shownNumber,
  list: { ...typed, align: { h: 'left', ...middle } },
  text: { ...typed, align: { h: 'left', ...middle }, format: '@' },
  integer: { ...typed, align: { h: 'right', indent: 1, ...middle }, format: NUMBER_FORMAT },
  date: { ...typed, align: { h: 'center', ...middle }, format: DATE_FORMAT },
};

export function bodyLook(kind: CellKind): Look {
  return BODY[kind];
}

/** A row without change: what is left to type fades. */
export const faded: Overlay = { fill: 'E4E4E4', colour: '6E6E6E' };
/** Still to be answered, or two figures that differ. */
export const open: Overlay = { fill: 'FFF2CC' };
export const differs: Overlay = { fill: 'FCE4D6' };
