/**
 * Looks at Arrow IPC, stream or file, before it is read: every length in it must fit the bytes that are there. The reader itself
 * believes lengths, and one made-up count would take all memory of the process, for all sources of the night.
 */
import { type FileHandle, open } from 'node:fs/promises';

export interface ArrowLimits {
  /** Rows of one batch, and of one column within it. */
  rows: number;
}

/** What is wrong with the stream. */
export class ArrowProblem extends Error {}

const CONTINUATION = 0xffff_ffff;
const MOST_METADATA = 4_000_000;
const MOST_MESSAGES = 100_000;
/** Fields of a schema with all below them, and the words said about them. */
const MOST_ITEMS = 10_000;
const MOST_DEPTH = 16;
const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const TIMESTAMP = 10;
const UNION = 14;

/** @throws ArrowProblem where it is no stream, is cut off, or a length in it does not hold */
export async function checkArrowStream(path: string, limits: ArrowLimits): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let at = 0;
    for (let messages = 0; at < size; messages++) {
      if (messages > MOST_MESSAGES) throw new ArrowProblem('too many messages');
      let length = (await read(file, at, 4)).getUint32(0, true);
      at += 4;
      if (length === CONTINUATION) {
        length = (await read(file, at, 4)).getUint32(0, true);
        at += 4;
      }
      if (length === 0) return;
      if (length > MOST_METADATA || at + length > size) throw new ArrowProblem('a message goes beyond the end');
      const body = checkArrowMessage(await read(file, at, length), limits, messages === 0);
      at += length;
      if (at + body > size) throw new ArrowProblem('a body goes beyond the end');
      at += body;
    }
    if (size === 0) throw new ArrowProblem('is empty');
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, at: number, length: number): Promise<DataView> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  if (bytesRead !== length) throw new ArrowProblem('is cut off');
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/**
 * @param view the metadata of a message, without what stands before it
 * @returns bytes of the body that follows
 * @throws ArrowProblem
 */
export function checkArrowMessage(view: DataView, limits: ArrowLimits, first: boolean): number {
  try {
    const message = new FlatTable(view, new Budget(), view.getUint32(0, true));
    const type = message.byte(1);
    const header = message.table(2);
    const body = message.long(3);
    if (header === null || body < 0) throw new ArrowProblem('a message says nothing');
    if (first !== (type === SCHEMA)) throw new ArrowProblem('the schema comes first, and only once');
    words(message, 4);
    if (type === SCHEMA) checkSchema(header);
    else if (type === RECORD_BATCH) checkBatch(header, body, limits);
    else if (type === DICTIONARY_BATCH) checkBatch(header.table(1), body, limits);
    else throw new ArrowProblem('a message is neither schema nor rows');
    return body;
  } catch (cause) {
    if (cause instanceof ArrowProblem) throw cause;
    // Reading beyond the bytes of the message.
    throw new ArrowProblem('a length does not hold', { cause });
  }
}

/**
 * @param view the index at the end of an Arrow file, without its length and the magic word
 * @throws ArrowProblem
 */
export function checkArrowFooter(view: DataView): void {
  try {
    const footer = new FlatTable(view, new Budget(), view.getUint32(0, true));
    const schema = footer.table(1);
    if (schema === null) throw new ArrowProblem('the file has no schema');
    checkSchema(schema);
    // Blocks of dictionaries and of rows: place, length of the metadata, length of the body.
    footer.vector(2, 24);
    footer.vector(3, 24);
    words(footer, 4);
  } catch (cause) {
    if (cause instanceof ArrowProblem) throw cause;
    throw new ArrowProblem('a length does not hold', { cause });
  }
}

/**
 * Strikes out of a footer that was checked where its dictionaries and rows are: who opens a file by it reads all dictionaries at once,
 * and those were not looked at.
 * @throws ArrowProblem
 */
export function strikeBlocks(view: DataView): void {
  const footer = new FlatTable(view, new Budget(), view.getUint32(0, true));
  for (const id of [2, 3]) {
    const { at, n } = footer.vector(id, 24);
    if (n > 0) view.setUint32(at - 4, 0, true);
  }
  // What was struck out may have been a part of something else, too.
  checkArrowFooter(view);
}

function checkSchema(schema: FlatTable): void {
  for (const field of schema.tables(1)) checkField(field, 0);
  words(schema, 2);
  schema.vector(3, 8);
}

function checkField(field: FlatTable, depth: number): void {
  if (depth > MOST_DEPTH) throw new ArrowProblem('is nested too deep');
  field.text(0);
  const type = field.byte(2);
  if (type === UNION) throw new ArrowProblem('has a union');
  if (type === TIMESTAMP) field.table(3)?.text(1);
  field.table(4)?.table(1);
  for (const child of field.tables(5)) checkField(child, depth + 1);
  words(field, 6);
}

/** Keys with their values. */
function words(table: FlatTable, id: number): void {
  for (const pair of table.tables(id)) {
    pair.text(0);
    pair.text(1);
  }
}

function checkBatch(batch: FlatTable | null, body: number, { rows }: ArrowLimits): void {
  if (batch === null) throw new ArrowProblem('a batch says nothing');
  const fits = (n: number): boolean => n >= 0 && n <= rows;
  if (!fits(batch.long(0))) throw new ArrowProblem('a batch has too many rows');
  for (const [length, nulls] of batch.pairs(1)) {
    if (!fits(length) || nulls < -1 || nulls > length) throw new ArrowProblem('a column has too many rows');
  }
  for (const [offset, length] of batch.pairs(2)) {
    if (offset < 0 || length < 0 || offset + length > body) throw new ArrowProblem('a column goes beyond its body');
  }
  batch.vector(4, 8);
}

/** How much of one message may be looked at; places may be referred to again and again. */
class Budget {
  #items = 0;
  take(n: number): void {
    this.#items += n;
    if (this.#items > MOST_ITEMS) throw new ArrowProblem('has too many parts');
  }
}

/** A table of the FlatBuffers format. Reading beyond the bytes throws a RangeError. */
class FlatTable {
  readonly #view: DataView;
  readonly #budget: Budget;
  readonly #at: number;

  constructor(view: DataView, budget: Budget, at: number) {
    budget.take(1);
    this.#view = view;
    this.#budget = budget;
    this.#at = at;
    view.getInt32(at, true);
  }

  /** Where a field is, or 0 where it is left out. */
  #place(id: number): number {
    const names = this.#at - this.#view.getInt32(this.#at, true);
    const entry = 4 + 2 * id;
    // Signed, and without asking whether all of the entry lies within: as the reader has it, which else sees what was not looked at.
    if (entry >= this.#view.getInt16(names, true)) return 0;
    const offset = this.#view.getInt16(names + entry, true);
    if (offset < 0) throw new ArrowProblem('a field lies before its table');
    return offset === 0 ? 0 : this.#at + offset;
  }

  #target(id: number): number {
    const place = this.#place(id);
    return place === 0 ? 0 : place + this.#forward(place);
  }

  /** How far what is pointed to lies ahead; the reader would go back. */
  #forward(place: number): number {
    const offset = this.#view.getInt32(place, true);
    if (offset < 0) throw new ArrowProblem('points back');
    return offset;
  }

  byte(id: number): number {
    const place = this.#place(id);
    return place === 0 ? 0 : this.#view.getUint8(place);
  }

  long(id: number): number {
    const place = this.#place(id);
    return place === 0 ? 0 : Number(this.#view.getBigInt64(place, true));
  }

  table(id: number): FlatTable | null {
    const at = this.#target(id);
    return at === 0 ? null : new FlatTable(this.#view, this.#budget, at);
  }

  /** @returns where its elements begin and how many they are; all of them lie within the bytes */
  vector(id: number, size: number): { at: number; n: number } {
    const start = this.#target(id);
    if (start === 0) return { at: 0, n: 0 };
    const n = this.#view.getUint32(start, true);
    const at = start + 4;
    if (at + n * size > this.#view.byteLength) throw new ArrowProblem('a list goes beyond the end');
    return { at, n };
  }

  text(id: number): void {
    this.vector(id, 1);
  }

  tables(id: number): FlatTable[] {
    const { at, n } = this.vector(id, 4);
    this.#budget.take(n);
    return Array.from({ length: n }, (_, i) => {
      const place = at + 4 * i;
      return new FlatTable(this.#view, this.#budget, place + this.#forward(place));
    });
  }

  /** Structs of two whole numbers. */
  pairs(id: number): [number, number][] {
    const { at, n } = this.vector(id, 16);
    this.#budget.take(n);
    const long = (place: number): number => Number(this.#view.getBigInt64(place, true));
    return Array.from({ length: n }, (_, i) => [long(at + 16 * i), long(at + 16 * i + 8)]);
  }
}
