/** How much of one workbook is read, and the faults of workbooks that are not: `spreadsheet/<why>` with the remedy. */
import { EXIT, Fault } from '../../../config/fault.ts';

/** Everything above is refused, not cut. */
export interface SpreadsheetLimits {
  /** Size of the file as delivered, bytes. */
  bytes: number;
  /** Parts of the file. */
  entries: number;
  /** Bytes of all parts together, inflated. */
  inflated: number;
  sheets: number;
  /** Rows of one sheet with something in them. */
  rows: number;
  /** Cells with something in them, all sheets together. */
  cells: number;
  /** Characters of all cells together. */
  text: number;
}

export const SPREADSHEET_LIMITS: SpreadsheetLimits = {
  bytes: 20_000_000,
  entries: 2_000,
  inflated: 120_000_000,
  sheets: 200,
  rows: 20_000,
  cells: 400_000,
  text: 8_000_000,
};

/** Characters Excel lets a cell have. */
export const LONGEST_CELL = 32_767;

export function spreadsheetFault(why: string, message: string, hint: string, cause?: unknown): Fault {
  return new Fault(`spreadsheet/${why}`, message, { hint, exit: EXIT.source, cause });
}

export function broken(message: string, cause?: unknown): Fault {
  return spreadsheetFault('broken', message, 'open it in Excel, save it again as .xlsx and send that file', cause);
}

export function tooLarge(message: string): Fault {
  return spreadsheetFault('too-large', message, 'delete rows and sheets that are not asked for, or send it in parts');
}

/** Faults of the gate for archives, in the words of a workbook. */
export function fromGate(error: unknown): unknown {
  if (!(error instanceof Fault) || !error.code.startsWith('document/')) return error;
  const why = error.code.slice('document/'.length);
  if (why === 'archive-bomb')
    return spreadsheetFault(
      'bomb',
      `the file is not what Excel writes: ${error.message}`,
      'copy the table into a new workbook and send that',
      error,
    );
  if (why === 'archive-path')
    return spreadsheetFault('unsafe-path', error.message, 'do not open this file; ask the sender for another', error);
  if (why === 'encrypted') return spreadsheetFault('encrypted', error.message, NO_PASSWORD, error);
  return broken(error.message, error);
}

export const NO_PASSWORD = 'save it without a password for opening (a protected sheet may stay protected)';
