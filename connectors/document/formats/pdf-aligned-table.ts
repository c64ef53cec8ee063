import type { TextLine } from './pdf-lines.ts';
import type { GridRow } from './table-grid.ts';

export interface AlignedTable {
  /** First line of the table, and the first line after it. */
  from: number;
  to: number;
  rows: GridRow[];
}

/** The first table without drawn lines among lines of text; null when there is none whose columns are certain. */
export function alignedTable(_lines: readonly TextLine[]): AlignedTable | null {
  return null;
}
