/**
 * `inbox`: a folder into which documents are put as they arrive (Word, PDF, HTML, Markdown, text, zip; folders inside it
 * too). Each is read once, whatever its name; what cannot be read is reported and left where it is. Nothing is moved,
 * renamed or deleted. Which editions of a report take the place of which is told from `series` (publication.document).
 */
import { z } from 'zod';
import { withRemedy } from '../../config/fault.ts';
import { knownFault } from '../../config/system-fault.ts';
import type { CollectContext, Collected, Connector } from '../contract.ts';
import { collected, LEAST_CONFIDENCE } from '../document/collected.ts';
import { documentReader } from '../document/extract.ts';
import { readFile } from '../document/read-file.ts';
import { missingFolder } from '../path-check.ts';
import { byContent, receivedFiles } from '../received-folder.ts';

const options = z.strictObject({
  /** The folder, relative to sources.yaml. */
  path: z.string().min(1),
  /** Which files, by name: `*` and `?` stand for any letters and any letter. Default: all but hidden and unfinished ones. */
  pattern: z.string().min(1).max(100).default('*'),
  /** Facts of which the reader is less sure (0–1) are kept as claims (E1) until decisions.yaml confirms them. */
  min_confidence: z.number().min(0).max(1).default(LEAST_CONFIDENCE),
});
type Options = z.output<typeof options>;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const { files, strange } = receivedFiles(context.folder, settings);
  for (const name of strange) {
    const message = `${name} is a link or no file; put the document itself into the folder`;
    yield { kind: 'rejection', code: 'document/no-file', message, raw: '', at: name };
  }
  const reader = documentReader(context.registry);
  for (const copies of await byContent(files, context)) {
    context.signal.throwIfAborted();
    const [first] = copies;
    if (first === undefined) continue;
    const name = copies.map((copy) => copy.name).join(' = ');
    try {
      for (const read of await readFile(first, reader)) {
        const others = copies.slice(1).map((copy) => copy.name);
        const file = others.length === 0 ? read.name : `${read.name} (= ${others.join(', ')})`;
        yield* collected({ ...read, register: { ...read.register, file } }, settings.min_confidence);
      }
      context.log.info('inbox.read', { file: name });
    } catch (error) {
      context.signal.throwIfAborted();
      const rejection = refusal(error, name);
      context.log.warn('inbox.unread', { file: name, code: rejection.code });
      yield rejection;
    }
  }
}

function refusal(error: unknown, at: string): Extract<Collected, { kind: 'rejection' }> {
  const known = knownFault(error);
  if (known !== null) return { kind: 'rejection', code: known.code, message: withRemedy(known), raw: '', at };
  const message = `${error instanceof Error ? error.message : String(error)}; see whether the file can be opened`;
  return { kind: 'rejection', code: 'document/failed', message, raw: '', at };
}

const connector: Connector<Options> = {
  id: 'inbox',
  summary: 'a folder of documents as they arrive: each read once, failures reported and left in place',
  options,
  check: (settings, folder) => missingFolder(folder, settings.path),
  collect,
};
export default connector;
