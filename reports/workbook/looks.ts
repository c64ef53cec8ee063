/** How the workbook looks: one hue from pale to deep for levels, red for overdue only; everything reads in grey, too. */
import type { Look, Overlay } from '../xlsx/styles.ts';

export const DAY = 'dd/mm/yyyy';
export const MOMENT = 'dd/mm/yyyy hh:mm';
export const COUNT = '#,##0';
export const POINTS = '0.0';

const INK = '1F2A36';
const HEAD = 'DCE4EC';
const middle = { v: 'center', wrap: true } as const;

export const title: Look = { font: { bold: true, size: 15, colour: INK }, align: { h: 'left', v: 'center' } };
export const subtitle: Look = { font: { size: 11, colour: '4A5765' }, align: { h: 'left', v: 'center' } };
export const note: Look = { font: { italic: true, size: 10, colour: '4A5765' }, align: { h: 'left', v: 'center' } };
export const wrapped: Look = { ...note, align: { h: 'left', v: 'top', wrap: true } };
export const section: Look = { font: { bold: true, size: 12, colour: INK }, align: { h: 'left', v: 'center' } };
export const heading: Look = {
  font: { bold: true, size: 10 },
  fill: HEAD,
  border: 'rows',
  align: { h: 'center', ...middle },
};
export const headingLeft: Look = { ...heading, align: { h: 'left', ...middle } };
export const headingTurned: Look = { ...heading, align: { h: 'center', v: 'bottom', wrap: true, rotate: 90 } };
const body = { font: { size: 10 }, border: 'rows' } as const;
export const text: Look = { ...body, align: { h: 'left', ...middle } };
export const centred: Look = { ...body, align: { h: 'center', v: 'center' } };
export const count: Look = { ...body, format: COUNT, align: { h: 'right', v: 'center', indent: 1 } };
export const points: Look = { ...count, format: POINTS };
export const day: Look = { ...body, format: DAY, align: { h: 'center', v: 'center' } };
export const moment: Look = { ...day, format: MOMENT };
export const mark: Look = { border: 'rows', font: { size: 11 }, align: { h: 'center', v: 'center' } };

const summed = { font: { bold: true, size: 10 }, fill: 'F1F4F8', border: 'rows' } as const;
export const totalText: Look = { ...summed, align: { h: 'left', v: 'center' } };
export const totalCount: Look = { ...summed, format: COUNT, align: { h: 'right', v: 'center', indent: 1 } };

/** Levels 1 to 5. */
export const LEVELS: readonly Overlay[] = [
  { fill: 'E9F0F8' },
  { fill: 'D0E0F0' },
  { fill: 'A8C6E3' },
  { fill: '6B9BC9', colour: 'FFFFFF' },
  { fill: '2B5F94', colour: 'FFFFFF' },
];
export const overdue: Overlay = { colour: 'B3261E' };
export const attention: Overlay = { fill: 'FFF2CC' };
/** Shades of the states of a criterion, from done to open. */
export const STATES: Readonly<Record<string, Overlay>> = {
  met: { fill: 'A8C6E3' },
  in_progress: { fill: 'D9E6F3' },
  unmet: { fill: 'F4F4F4' },
  deferred: { fill: 'F4F4F4' },
  na_requested: { fill: 'FFF2CC' },
  not_applicable: { fill: 'E4E4E4', colour: '6E6E6E' },
};
