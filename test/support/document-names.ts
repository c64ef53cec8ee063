/** The names of the shipped registry, and small documents made by hand. */
import { loadConfig } from '../../config/load.ts';
import { type Cell, cellAt, type Document, type Row, type Table } from '../../connectors/document/model.ts';
import { type Names, readNames } from '../../connectors/document/names/names.ts';
import type { Registry } from '../../connectors/document/registry.ts';

const { config } = loadConfig(undefined, {});

export const registry: Registry = { agencies: config.agencies, databases: config.databases };
export const names: Names = readNames(registry);

/** Rows as text: columns apart by `|`, `^` for no cell, a line beginning with `#` for a heading. */
export function table(header: string, ...rows: string[]): Table {
  const cells = (line: string, at: number): (Cell | null)[] =>
    line.split('|').map((text) => (text.trim() === '^' ? null : cellAt(text.trim(), { line: at })));
  return {
    kind: 'table',
    header: cells(header, 1) as Cell[],
    rows: rows.map(
      (line, at): Row =>
        line.startsWith('#')
          ? { kind: 'heading', text: cellAt(line.slice(1).trim(), { line: at + 2 }) }
          : { kind: 'cells', cells: cells(line, at + 2) },
    ),
  };
}

export function documentOf(...blocks: (string | Table)[]): Document {
  return {
    format: 'text',
    blocks: blocks.map((block) =>
      typeof block === 'string' ? { kind: 'paragraph', text: cellAt(block, { line: 1 }) } : block,
    ),
    notes: [],
  };
}
