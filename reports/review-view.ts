/** The page for checking as plain data: the document in pieces of text, marked or not, and a note for all that was read. */
import type { Labels } from '../config/labels.ts';
import type { ReviewBlock, ReviewCell, ReviewDocument, ReviewInput } from './review-input.ts';
import { type Note, notesOf, share, where } from './review-notes.ts';
import { Places, type Span } from './review-places.ts';
import { sized } from './review-size.ts';
import { dayWords } from './review-words.ts';

/** A stretch of text; `notes` are the numbers of the notes whose words it belongs to. */
export interface Piece {
  text: string;
  is_marked: boolean;
  kind: string;
  notes: string;
  /** Numbers printed at its start: notes that begin here. */
  begins: { ref: string; number: string }[];
}

interface CellView {
  label: string;
  is_short: boolean;
  /** The number of the row, printed beside it. */
  is_number: boolean;
  pieces: Piece[];
}

interface RowView {
  is_heading: boolean;
  place: string;
  cells: CellView[];
  notes: Note[];
}

interface BlockView {
  is_table: boolean;
  rows: RowView[];
}

export interface DocumentView {
  title: string;
  file: string;
  line: string;
  figures: string[];
  blocks: BlockView[];
  /** What stands nowhere in the text. */
  elsewhere: Note[];
  list: Note[];
}

export interface ReviewView {
  title: string;
  documents: DocumentView[];
  facts: number;
  low: number;
  rejections: number;
  /** Said when the page shows only a part. */
  notice: string | null;
  least: string;
  today: string;
}

/** Cells at most this long stand beside each other. */
const SHORT = 48;

export function buildReview(input: ReviewInput, labels: Labels): ReviewView {
  const part = sized(input);
  const documents = part.documents.map((document, i) => {
    const view = documentView(document, i + 1, input, labels);
    const figures = figuresOf(input.documents[i] ?? document, labels);
    return { ...view, figures, blocks: part.is_part ? notedOnly(view.blocks) : view.blocks };
  });
  const facts = input.documents.flatMap((document) => document.facts);
  return {
    title: labels.text('pages', 'review', 'title'),
    documents,
    facts: facts.length,
    low: facts.filter((fact) => fact.is_low || fact.id === null).length,
    rejections: input.documents.reduce((n, document) => n + document.rejections.length, 0),
    notice: part.is_part ? labels.text('pages', 'review', 'in_part') : null,
    least: share(input.least_confidence),
    today: input.today,
  };
}

/** How much was read in all, whatever part of it is shown. */
function figuresOf(document: ReviewDocument, labels: Labels): string[] {
  const figure = (key: string, n: number): string => labels.format(['pages', 'review', 'figures', key], { n });
  return [
    figure('facts', document.facts.length),
    figure('tasks', document.tasks.length),
    figure('counts', document.counts.length),
    figure('rejections', document.rejections.length),
  ];
}

function notedOnly(blocks: readonly BlockView[]): BlockView[] {
  return blocks
    .map((block) => ({ ...block, rows: block.rows.filter((row) => row.notes.length > 0) }))
    .filter((block) => block.rows.length > 0);
}

interface Noted {
  note: Note;
  span: Span | null;
}

function documentView(document: ReviewDocument, number: number, input: ReviewInput, labels: Labels): DocumentView {
  const places = new Places(document.blocks);
  const noted = notesOf(document, number, input.today, labels).map(({ note, place, words }) => ({
    note,
    span: places.find(place, words),
  }));
  // By row: a document of ten thousand rows has as many notes.
  const byRow = new Map<string, Noted[]>();
  for (const one of noted) {
    if (one.span === null) continue;
    const row = `${one.span.at.block}:${one.span.at.row}`;
    const others = byRow.get(row);
    if (others === undefined) byRow.set(row, [one]);
    else others.push(one);
  }
  const day = dayWords(document.day);
  return {
    title: document.title,
    file: document.file,
    line: [
      ...(document.number === null ? [] : [document.number]),
      labels.format(['pages', 'review', document.day_known ? 'dated' : 'received'], { day }),
      document.file,
    ].join(' · '),
    figures: [],
    blocks: document.blocks.map((block, index) => blockView(block, index, byRow, labels)),
    elsewhere: noted.filter((one) => one.span === null).map((one) => one.note),
    list: noted
      .map((one) => one.note)
      .filter((note) => note.is_fact || note.kind === 'rejected')
      .sort((a, b) => a.order - b.order),
  };
}

function blockView(
  block: ReviewBlock,
  index: number,
  byRow: ReadonlyMap<string, readonly Noted[]>,
  labels: Labels,
): BlockView {
  const row = (
    at: number,
    cells: { label: string; cell: ReviewCell; column: number }[],
    isHeading: boolean,
  ): RowView => {
    const own = byRow.get(`${index}:${at}`) ?? [];
    return {
      is_heading: isHeading,
      place: cells[0] === undefined ? '' : where(cells[0].cell.marks[0] ?? {}, labels),
      cells: cells.map(({ label, cell, column }) => ({
        label,
        is_number: column === 0 && label !== '' && /^\d{1,4}[.)]?$/.test(cell.text),
        is_short: cell.text.length <= SHORT && !cell.text.includes('\n'),
        pieces: pieces(
          cell.text,
          own.filter((one) => one.span?.at.column === column),
        ),
      })),
      notes: withoutRepeats(own.map((one) => one.note).sort((a, b) => rank(a) - rank(b))),
    };
  };
  if (block.kind === 'paragraph')
    return { is_table: false, rows: [row(0, [{ label: '', cell: block.text, column: 0 }], false)] };
  const headed = byRow.has(`${index}:-1`);
  const header = block.header.map((cell, column) => ({ label: '', cell, column }));
  return {
    is_table: true,
    rows: [
      ...(headed ? [row(-1, header, true)] : []),
      ...block.rows.map((one, at) =>
        one.kind === 'heading'
          ? row(at, [{ label: '', cell: one.text, column: 0 }], true)
          : row(
              at,
              one.cells.flatMap((cell, column) =>
                cell === null || cell.text === '' ? [] : [{ label: block.header[column]?.text ?? '', cell, column }],
              ),
              false,
            ),
      ),
    ],
  };
}

/** Tasks and counts say what the row is; facts follow in the order of the text. */
function rank(note: Note): number {
  return note.kind === 'task' || note.kind === 'count' || note.kind === 'check' ? 0 : 1;
}

/** A subject is named once for the facts that follow each other; a task of one database names it already. */
function withoutRepeats(notes: readonly Note[]): Note[] {
  let named = '';
  return notes.map((note) => {
    const known = named;
    if (note.kind === 'task') named = note.value;
    else if (note.is_fact) named = note.subject;
    return note.is_fact ? { ...note, shows_subject: note.subject !== known } : note;
  });
}

/** Text cut where a mark begins or ends; a stretch of several notes bears the kind that needs the eye most. */
function pieces(text: string, noted: readonly Noted[]): Piece[] {
  const marks = noted.flatMap(({ note, span }) =>
    span === null || note.number === '' ? [] : [{ note, start: span.start, end: span.end }],
  );
  const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const kinds = ['sure', 'low', 'refused', 'rejected'];
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1] ?? text.length;
    const over = marks.filter((mark) => mark.start < end && mark.end > start);
    const facts = over.filter((mark) => mark.note.is_fact);
    const kind = (facts.length > 0 ? facts : over).reduce(
      (most, mark) => Math.max(most, kinds.indexOf(mark.note.kind)),
      0,
    );
    return {
      text: text.slice(start, end),
      is_marked: over.length > 0,
      kind: kinds[kind] ?? 'sure',
      notes: over.map((mark) => mark.note.ref).join(' '),
      begins: over.filter((mark) => mark.start === start).map(({ note }) => ({ ref: note.ref, number: note.number })),
    };
  });
}
