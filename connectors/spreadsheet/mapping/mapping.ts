/**
 * How a sheet of somebody else's making is read: which row has the titles, which column names the database, and what
 * each other column says. Stands under `options.mapping` of a source; `csdl extract FILE --suggest-mapping` proposes one.
 */
import { z } from 'zod';
import { day, slug } from '../../../config/schema/parts.ts';

/** A letter ("C") or the title of the column, as far as words go. */
const column = z.string().min(1).max(200);

export const mappedColumn = z
  .strictObject({
    column,
    /** What the cells say (attributes.yaml). */
    attribute: z.string().min(1).optional(),
    /** Cells are prose, read as the status texts of documents are. */
    status_text: z.literal(true).optional(),
    /** Of counts: what is counted, and how far it has come. A unit written in the cell goes before it. */
    unit: z.string().min(1).max(60).optional(),
    stage: z.string().optional(),
    role: z.string().optional(),
    target: z.string().max(120).optional(),
    /** Of ratios whose cells hold the part alone: of how many. */
    total: z.number().int().positive().optional(),
    /** Words of this sheet that no label has: word → state. */
    words: z.record(z.string(), z.string()).default({}),
  })
  .refine((one) => (one.attribute === undefined) !== (one.status_text === undefined), {
    message: 'a column has either an attribute or status_text: true',
  });
export type MappedColumn = z.output<typeof mappedColumn>;

export const mapping = z.strictObject({
  /** Name of the sheet; `*` stands for any letters. Default: the first visible sheet. */
  sheet: z.string().min(1).max(100).optional(),
  /** Row with the titles of the columns, as numbered in Excel. */
  header_row: z.number().int().min(1).max(1_048_576),
  /** Last row to be read; default: the last with something in it. */
  last_row: z.number().int().min(1).max(1_048_576).optional(),
  /** Column that names the database of each row. */
  database: column.optional(),
  /** The one database the whole sheet is about, where no column names it. */
  database_id: slug.optional(),
  /** Agency whose sheet it is: decides between databases of like names; those of others are refused. */
  agency: slug.optional(),
  /** Day of the figures; default: the day of the file. */
  as_of: day.optional(),
  columns: z.array(mappedColumn).min(1).max(100),
});
export type Mapping = z.output<typeof mapping>;
