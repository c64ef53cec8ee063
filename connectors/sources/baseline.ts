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
      hint: 'correct `path` in sources.yaml, or put the file back',
    });
  }
  context.meter.tries += 1;
  context.meter.bytes += stats.size;
  let line = 0;
  let pieces = 0;
  for await (const { texts, complete } of lines(path)) {
    context.signal.throwIfAborted();
    for (const text of texts) {
      line += 1;
      if (text.trim() === '') continue;
      pieces += 1;
      yield pieceOf(text, line, complete);
    }
  }
  if (pieces === 0) throw new Fault('source/empty-file', `${settings.path} is empty`, { hint: 'copy the file again' });
}

/** A line that is not blank as a statement, or why it is none. */
function pieceOf(text: string, line: number, complete: boolean): Collected {
  const at = `line ${line}`;
  const refused = (code: string, message: string): Collected => {
    return { kind: 'rejection', code, message, raw: text.slice(0, 200), at };
  };
  if (text.length >= MAX_LINE) return refused('line_too_long', `${at} is longer than ${MAX_LINE} characters`);
  try {
    return { kind: 'statement', statement: JSON.parse(line === 1 ? text.replace(/^\ufeff/, '') : text), at };
  } catch (error) {
    return complete
      ? refused('broken_json', `${at} is not JSON: ${(error as Error).message}`)
      : refused('truncated_line', `the file ends in the middle of ${at}; it was cut off`);
  }
}

/** Lines of a UTF-8 file, as many at once as were read; `complete` is false for a last line without its line feed. */
async function* lines(path: string): AsyncIterable<{ texts: string[]; complete: boolean }> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const texts = (rest + chunk).split('\n');
    rest = (texts.pop() ?? '').slice(0, MAX_LINE);
    yield { texts, complete: true };
  }
  if (rest !== '') yield { texts: [rest], complete: false };
}

const connector: Connector<Options> = {
  id: 'baseline',
  summary: 'facts of published documents, kept as NDJSON (one statement a line)',
  options,
  check: (settings, folder) => missingFile(folder, settings.path),
  collect,
};
export default connector;
