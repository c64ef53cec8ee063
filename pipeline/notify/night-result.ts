/** How a night ended, as far as messages tell it. Rule: the same for a night that failed before it had a run id. */
import type { Content } from '../../config/schema/notifications.ts';
import { knownFault } from '../../config/system-fault.ts';
import type { RunOutcome, SourceReport } from '../contract.ts';
import { type NightNews, readNightNews } from '../database/night-news.ts';
import { outPaths } from '../paths.ts';
import { currentManifest, editionLink } from '../stages/publish.ts';

export interface NightResult {
  kind: 'failed' | 'withheld' | 'published';
  run: string | null;
  /** The day that was scored for. */
  day: string;
  /** A stable code, where the night failed. */
  code: string | null;
  /** In the program's own words; may name sources and folders. */
  reason: string | null;
  /** The edition chia_se alone was not published. */
  editionWithheld: boolean;
  failedSources: SourceReport[];
}

export function publishedResult(outcome: RunOutcome): NightResult {
  const { report, withheld, withheld_edition: edition } = outcome;
  return {
    kind: withheld === null ? 'published' : 'withheld',
    run: report.run_id,
    day: report.as_of,
    code: null,
    reason: withheld ?? edition,
    editionWithheld: edition !== null,
    failedSources: report.sources.filter((source) => source.state === 'failed'),
  };
}

/** @param day the day it would have been scored for, as far as that is known */
export function failedResult(error: unknown, day: string): NightResult {
  const known = knownFault(error);
  const message = known?.message ?? (error instanceof Error ? error.message : String(error));
  const code = known?.code ?? 'unexpected';
  return { kind: 'failed', run: null, day, code, reason: message, editionWithheld: false, failedSources: [] };
}

/** What the published file of the night tells at most to somebody; and whether things may be named. */
export interface Told extends NightNews {
  named: boolean;
}

/**
 * @param content how much a recipient may know; an edition that was not made tonight gives figures alone
 */
export async function newsFor(content: Content, result: NightResult, out: string): Promise<Told> {
  if (result.kind !== 'published') return { levels: [], findings: [], named: content === 'noi_bo' };
  const paths = outPaths(out);
  const edition = content === 'counts' ? 'noi_bo' : content;
  const isTonight = currentManifest(paths, edition)?.run_id === result.run;
  const link = editionLink(paths, isTonight ? edition : 'noi_bo');
  return { ...(await readNightNews(`${link}/csdl.duckdb`)), named: content !== 'counts' && isTonight };
}
