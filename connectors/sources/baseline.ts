/**
 * `baseline`: statements kept as NDJSON, one a line, `type` first. This is how the facts of published documents are
 * shipped as data, and the form in which `csdl extract --json` prints what it read.
 */
import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import type { CollectContext, Collected, Connector } from '../contract.ts';
import { missingFile } from '../path-check.ts';

const options = z.strictObject({
  /** NDJSON file, relative to sources.yaml. */
  path: z.string().min(1),
});
type Options = z.output<typeof options>;

/** A line longer than this is not a statement; it is refused without being kept in memory. */
const MAX_LINE = 1_000_000;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const path = resolve(context.folder, settings.path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new Fault('source/missing-file', `there is no file ${settings.path}`, {
      hint: 'correct `path` in sources.yaml',
    });
  }
  context.meter.tries += 1;
  context.meter.bytes += stats.size;
  let line = 0;
  let pieces = 0;
  for await (const { text, complete } of lines(path)) {
    context.signal.throwIfAborted();
    line += 1;
    if (text.trim() === '') continue;
    pieces += 1;
    const at = `line ${line}`;
    if (text.length >= MAX_LINE) {
      yield {
        kind: 'rejection',
        code: 'line_too_long',
        message: `line ${line} is longer than ${MAX_LINE} characters`,
        raw: text.slice(0, 200),
        at,
      };
      continue;
    }
    try {
      yield { kind: 'statement', statement: JSON.parse(line === 1 ? text.replace(/^\ufeff/, '') : text), at };
    } catch (error) {
      const message = complete
        ? `line ${line} is not JSON: ${(error as Error).message}`
        : `the file ends in the middle of line ${line}; it was cut off`;
      yield {
        kind: 'rejection',
        code: complete ? 'broken_json' : 'truncated_line',
        message,
        raw: text.slice(0, 200),
        at,
      };
    }
  }
  if (pieces === 0) throw new Fault('source/empty-file', `${settings.path} is empty`, { hint: 'copy the file again' });
}

/** Lines of a UTF-8 file; `complete` is false for a last line without its line feed. */
async function* lines(path: string): AsyncIterable<{ text: string; complete: boolean }> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const parts = (rest + chunk).split('\n');
    rest = (parts.pop() ?? '').slice(0, MAX_LINE);
    for (const text of parts) yield { text, complete: true };
  }
  if (rest !== '') yield { text: rest, complete: false };
}

const connector: Connector<Options> = {
  id: 'baseline',
  summary: 'facts of published documents, kept as NDJSON (one statement a line)',
  options,
  check: (settings, folder) => missingFile(folder, settings.path),
  collect,
};
export default connector;
