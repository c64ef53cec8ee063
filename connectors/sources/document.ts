/**
 * `document`: one official document as it arrived (Word, PDF, HTML, Markdown, text, or a zip of them), read into facts
 * with the row and the words they came from. For a folder of documents see `inbox`.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { day } from '../../config/schema/parts.ts';
import type { CollectContext, Collected, Connector } from '../contract.ts';
import { collected, LEAST_CONFIDENCE } from '../document/collected.ts';
import { documentReader } from '../document/extract.ts';
import { readFile } from '../document/read-file.ts';
import { missingFile } from '../path-check.ts';

const options = z.strictObject({
  /** The document, relative to sources.yaml. */
  path: z.string().min(1),
  /** Day on which it was received: stands in where the document names no day of its own. Default: when the file was written. */
  received: day.optional(),
  /** Facts of which the reader is less sure (0–1) are kept as claims (E1) until decisions.yaml confirms them. */
  min_confidence: z.number().min(0).max(1).default(LEAST_CONFIDENCE),
});
type Options = z.output<typeof options>;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const path = resolve(context.folder, settings.path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    throw new Fault('source/missing-file', `there is no file ${settings.path}`, {
      hint: 'correct `path` in sources.yaml, or put the file back',
    });
  }
  context.meter.tries += 1;
  context.meter.bytes += stats.size;
  const file = { path, name: settings.path, stats, received: settings.received };
  for (const read of await readFile(file, documentReader(context.registry))) {
    context.signal.throwIfAborted();
    yield* collected(read, settings.min_confidence);
  }
}

const connector: Connector<Options> = {
  id: 'document',
  summary: 'one document as it arrived (Word, PDF, HTML, text, zip): its facts, tasks and counts',
  options,
  check: (settings, folder) => missingFile(folder, settings.path),
  collect,
};
export default connector;
