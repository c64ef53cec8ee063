/**
 * `status-api`: the owner of a database answers an address with what is so, in the published contract csdl-status/1. Each
 * fact is taken or refused on its own; a report that is wrong as a whole gives nothing.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../../../config/fault.ts';
import { stableJson } from '../../../config/stable-json.ts';
import type { CollectContext, Collected, Connector } from '../../contract.ts';
import { hostAndPort } from '../../declared-hosts.ts';
import { absoluteAccess, accessProblem } from '../../http/access.ts';
import { bulkRows } from './bulk.ts';
import { collectedFact } from './facts.ts';
import { type Options, options } from './options.ts';
import { fetchPage, fetchReport, type Report } from './pages.ts';

const ETAG = 'etag';
/** So many are no slips any more. */
const MOST_REJECTIONS = 10_000;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const { http, log, memory, signal } = context;
  const before = memory.get(ETAG);
  const report = await http.client(absoluteAccess(settings.http, context.folder), (client) =>
    fetchReport(client, settings.url, { etag: before, scratch: context.scratch }),
  );
  if (report === null) {
    // What is kept is what the last good run set: said again, so that the next run can ask so, too.
    if (before !== undefined) memory.set(ETAG, before);
    log.info('status.unchanged');
    return;
  }
  mustBeExpected(report, settings);
  const document = `${context.sourceId}-${report.id}`;
  yield { kind: 'statement', statement: documentOf(report, document, settings), at: document };
  let rejections = 0;
  for await (const piece of pieces(report, document, signal)) {
    if (piece.kind === 'rejection') rejections += 1;
    if (rejections > MOST_REJECTIONS) {
      throw new Fault('source/too-many-rejections', `more than ${MOST_REJECTIONS} facts are not as agreed`, {
        hint: 'the owner has to correct what is sent; see the contract csdl-status/1',
      });
    }
    yield piece;
  }
  // An answer with facts that were refused is asked for in full again, so that every night shows them.
  if (report.etag !== undefined && rejections === 0) memory.set(ETAG, report.etag);
}

async function* pieces(report: Report, document: string, signal: AbortSignal): AsyncIterable<Collected> {
  for (const [i, facts] of report.pages.entries()) {
    signal.throwIfAborted();
    for (const [j, fact] of facts.entries()) yield collectedFact(fact, document, `page ${i + 1} fact ${j + 1}`);
  }
  for await (const { fact, part, row } of bulkRows(report.parts, signal)) {
    yield collectedFact(fact, document, `bulk ${part} row ${row}`);
  }
}

function documentOf(report: Report, id: string, settings: Options): Record<string, unknown> {
  return {
    type: 'document',
    id,
    title: settings.title ?? report.title,
    stated_at: report.stated_at,
    grade: settings.grade,
    said_by: settings.said_by,
    sha256: contentHash(report),
  };
}

/**
 * SHA-256 of what the report says, not of its bytes: the same facts in another order, on other pages or with other spaces are
 * the same report, and store nothing new.
 */
function contentHash({ id, stated_at, pages, parts }: Report): string {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const facts = pages.flatMap((page) => page.map((fact) => digest(textOf(fact))));
  return digest(stableJson({ id, stated_at, facts: facts.sort(), parts: parts.map((part) => part.sha256).sort() }));
}

/** Nested too deep to be written as text, it is no fact either. */
function textOf(fact: unknown): string {
  try {
    return stableJson(fact) ?? '';
  } catch {
    return '';
  }
}

function mustBeExpected(report: Pick<Report, 'id'>, settings: Options): void {
  if (settings.document_id === undefined || settings.document_id === report.id) return;
  throw new Fault('source/other-report', 'the `id` of the report is not the one that is expected', {
    hint: 'see that the address in sources.yaml is the right one, or correct `document_id`',
  });
}

async function probe(settings: Options, context: CollectContext): Promise<void> {
  const access = { ...absoluteAccess(settings.http, context.folder), tries: 1 };
  const first = await context.http.client(access, (client) =>
    fetchPage(client, new URL(settings.url), 1, context.memory.get(ETAG)),
  );
  if (first !== null) mustBeExpected(first.page, settings);
}

function hostOf({ url }: Options): string {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === 'https:' ? 443 : 80;
  return hostAndPort(hostname.replace(/^\[(.*)\]$/, '$1'), port === '' ? usual : Number(port));
}

const connector: Connector<Options> = {
  id: 'status-api',
  summary: 'the status an owner answers over HTTP, in the published contract csdl-status/1',
  options,
  needsTrust: true,
  check: (settings, folder) => accessProblem(settings.http, folder),
  hosts: (settings) => [hostOf(settings)],
  probe,
  collect,
};
export default connector;
