/** A table as an Arrow IPC file. The library, some hundred and fifty modules, is loaded when the first table is written. */
import type { TableFormat } from '../table.ts';

export const arrow: TableFormat = {
  extension: 'arrow',
  mediaType: 'application/vnd.apache.arrow.file',
  isText: false,
  async *write(table) {
    const { arrowPieces } = await import('./arrow-file.ts');
    yield* arrowPieces(table);
  },
};
