/**
 * `spreadsheet`: a folder of workbooks (.xlsx) as they come back: forms that `csdl template` wrote, copies of a table of
 * tasks, and sheets of somebody else's making that `mapping` describes. Nothing in a workbook is run; nothing is moved,
 * renamed or deleted. Of two forms of one agency and period the later one counts, and the other is named.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault, withRemedy } from '../../config/fault.ts';
import { Labels } from '../../config/labels.ts';
import { grade } from '../../config/schema/parts.ts';
import { knownFault } from '../../config/system-fault.ts';
import { localDay } from '../../config/time.ts';
import type { CollectContext, Collected, Connector, DocumentStatement } from '../contract.ts';
import { collected, LEAST_CONFIDENCE } from '../document/collected.ts';
import { documentReader } from '../document/extract.ts';
import { slug } from '../document/language/fold.ts';
import { type ReceivedFile, readFile } from '../document/read-file.ts';
import { missingFolder } from '../path-check.ts';
import { byContent, receivedFiles } from '../received-folder.ts';
import { collectedForm } from '../spreadsheet/form/collected-form.ts';
import { findForm } from '../spreadsheet/form/form-file.ts';
import { type FilledForm, readFilledForm } from '../spreadsheet/form/read-form.ts';
import { type FormReader, formReader } from '../spreadsheet/form/typed-cell.ts';
import { type Mapping, mapping } from '../spreadsheet/mapping/mapping.ts';
import { type MappedReader, readMappedSheet, sheetFor } from '../spreadsheet/mapping/read-mapped.ts';
import { SPREADSHEET_LIMITS, spreadsheetFault, tooLarge } from '../spreadsheet/workbook/fault.ts';
import type { Sheet, Workbook } from '../spreadsheet/workbook/model.ts';
import { readWorkbook } from '../spreadsheet/workbook/read-workbook.ts';

const options = z.strictObject({
  /** The folder, relative to sources.yaml. */
  path: z.string().min(1),
  /** Which files, by name: `*` and `?` stand for any letters and any letter. */
  pattern: z.string().min(1).max(100).default('*'),
  /** How strong what is typed is. A form is the owner's own word (E1), whatever document it names. */
  grade: grade.default('E1'),
  /** How sheets that are neither forms nor tables of tasks are read; `csdl extract FILE --suggest-mapping` proposes it. */
  mapping: z.array(mapping).max(50).default([]),
  /** Facts read from prose of which the reader is less sure (0–1) are claims (E1). */
  min_confidence: z.number().min(0).max(1).default(LEAST_CONFIDENCE),
});
type Options = z.output<typeof options>;

type Rejection = Extract<Collected, { kind: 'rejection' }>;

/** A form that was read, waiting for a later one of its agency and period. */
interface Received {
  form: FilledForm;
  sha256: string;
  name: string;
  file: ReceivedFile;
}

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const { files, strange } = receivedFiles(context.folder, settings);
  for (const name of strange)
    yield rejection(
      'spreadsheet/no-file',
      `${name} is a link or no file; put the workbook itself into the folder`,
      name,
    );
  const labels = new Labels(context.registry.labels);
  const readers: Readers = {
    forms: formReader(context.registry, labels),
    mapped: { config: context.registry, labels, documents: documentReader(context.registry) },
  };
  const forms = new Map<string, Received>();
  for (const copies of await byContent(files, context)) {
    context.signal.throwIfAborted();
    const [file] = copies;
    if (file === undefined) continue;
    const name = copies.map((copy) => copy.name).join(' = ');
    try {
      const bytes = bytesOf(file);
      const workbook = await readWorkbook(bytes);
      if (findForm(workbook) === null) yield* otherSheets(settings, workbook, bytes, file, name, readers);
      else {
        const form = readFilledForm(workbook, readers.forms);
        checkPeriod(form, file);
        yield* keepLater(forms, { form, sha256: hashOf(bytes), name, file });
      }
      context.log.info('spreadsheet.read', { file: name });
    } catch (error) {
      context.signal.throwIfAborted();
      const refused = refusal(error, name);
      context.log.warn('spreadsheet.unread', { file: name, code: refused.code });
      yield refused;
    }
  }
  for (const { form, sha256, name, file } of forms.values()) {
    context.signal.throwIfAborted();
    const origin = {
      file: name,
      sha256,
      size: file.stats.size,
      grade: settings.grade,
      received: { received_at: file.stats.mtime.toISOString() },
    };
    yield* collectedForm(form, origin);
  }
}

interface Readers {
  forms: FormReader;
  mapped: MappedReader;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bytesOf(file: ReceivedFile): Uint8Array {
  // Before the bytes are in memory.
  if (file.stats.size > SPREADSHEET_LIMITS.bytes)
    throw tooLarge(`the file has ${file.stats.size} bytes, more than ${SPREADSHEET_LIMITS.bytes}`);
  return readFileSync(file.path);
}

/** A week that begins after the form was received cannot have been reported. */
function checkPeriod({ reading }: FilledForm, file: ReceivedFile): void {
  const lastDay = localDay(new Date(file.stats.mtimeMs + 7 * 86_400_000));
  if (reading.period <= lastDay) return;
  throw new Fault('form/future-period', `the form is of the period to ${reading.period}, received before it began`, {
    hint: 'report the period that is past; csdl template --period DAY writes its form',
  });
}

/** Of one agency and period the form received last; of equal times the last by name. */
function* keepLater(forms: Map<string, Received>, next: Received): Iterable<Collected> {
  const { agencyId, period } = next.form.reading;
  const key = `${agencyId}/${period}`;
  const before = forms.get(key);
  const later = before === undefined || order(next) > order(before) ? next : before;
  forms.set(key, later);
  if (before === undefined) return;
  const earlier = later === next ? before : next;
  const message = `${earlier.name} is an earlier form of ${agencyId} for ${period}; ${later.name} was received later and counts`;
  yield rejection('form/superseded', message, earlier.name);
}

function order({ file, name }: Received): string {
  return `${String(Math.round(file.stats.mtimeMs)).padStart(16, '0')} ${name}`;
}

/** A sheet that a mapping fits; else a table of tasks; else nothing that can be read. */
async function* otherSheets(
  settings: Options,
  workbook: Workbook,
  bytes: Uint8Array,
  file: ReceivedFile,
  name: string,
  readers: Readers,
): AsyncIterable<Collected> {
  const fitting = settings.mapping.flatMap((one) => {
    const sheet = sheetFor(workbook, one);
    return sheet === null ? [] : [{ sheet, mapping: one }];
  });
  if (fitting.length > 0) {
    for (const [index, one] of fitting.entries())
      yield* mappedSheet(settings, workbook, bytes, file, name, one, index, readers);
    return;
  }
  let found = false;
  for (const read of await readFile(file, readers.mapped.documents)) {
    found ||= read.extraction.tasks.length > 0 || read.extraction.agencyCounts.length > 0;
    if (!found) break;
    const document = { ...read.extraction.document, grade: settings.grade };
    yield* collected(
      { ...read, extraction: { ...read.extraction, document }, register: { ...read.register, file: name } },
      settings.min_confidence,
    );
  }
  if (!found)
    throw spreadsheetFault(
      'not-known',
      'the workbook is neither the form nor a table of tasks, and no mapping fits it',
      'csdl extract FILE --suggest-mapping proposes a mapping for it',
    );
}

function* mappedSheet(
  settings: Options,
  workbook: Workbook,
  bytes: Uint8Array,
  file: ReceivedFile,
  name: string,
  one: { sheet: Sheet; mapping: Mapping },
  index: number,
  { mapped }: Readers,
): Iterable<Collected> {
  const sha256 = hashOf(bytes);
  const asOf = one.mapping.as_of ?? localDay(file.stats.mtime);
  const id = `${slug(one.sheet.name) || 'bang'}-${asOf}-${sha256.slice(0, 6)}${index === 0 ? '' : `-${index + 1}`}`;
  const reading = readMappedSheet(workbook, one.sheet, one.mapping, mapped, { document: id, asOf });
  const document: DocumentStatement = {
    type: 'document',
    id,
    title: `${file.name.replace(/^.*\//, '')}, ${one.sheet.name}`,
    stated_at: asOf,
    grade: settings.grade,
    said_by: 'owner',
    sha256,
    file: name,
    size: bytes.length,
    received_at: file.stats.mtime.toISOString(),
  };
  const extraction = { document, tasks: [], agencyCounts: [], checks: [], ...reading };
  const register = { file: name, size: bytes.length, received_at: file.stats.mtime.toISOString() };
  const read = { name, document: { format: 'xlsx' as const, blocks: [], notes: [] }, extraction, register };
  yield* collected(read, settings.min_confidence);
}

function refusal(error: unknown, at: string): Rejection {
  const known = knownFault(error);
  if (known !== null) return rejection(known.code, withRemedy(known), at);
  const message = `${error instanceof Error ? error.message : String(error)}; see whether the file can be opened`;
  return rejection('spreadsheet/failed', message, at);
}

function rejection(code: string, message: string, at: string): Rejection {
  return { kind: 'rejection', code, message, raw: '', at };
}

const connector: Connector<Options> = {
  id: 'spreadsheet',
  summary: 'a folder of workbooks (.xlsx): filled forms, copies of task tables, and sheets described by a mapping',
  options,
  check: (settings, folder) => missingFolder(folder, settings.path),
  collect,
};
export default connector;
