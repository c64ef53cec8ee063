/** How the sources did, for people: a table, and below it each that failed with its reason and remedy. */
import { fromSqlTimestamp, localDay } from '../../config/time.ts';
import type { SourceReport } from '../contract.ts';
import { table } from './output.ts';
import { visible } from './visible.ts';

/** With more sources than this only those are listed that have something to say. */
const MANY = 24;

export function sourcesText(sources: readonly SourceReport[]): string {
  const telling = sources.filter((source) => source.state !== 'ok' || source.rejections > 0);
  const shown = sources.length > MANY ? telling : sources;
  const lines = shown.length === 0 ? [] : [table(shown.map(row))];
  if (shown.length < sources.length) {
    const rest = sources.filter((source) => !shown.includes(source));
    const observations = rest.reduce((n, source) => n + source.observations, 0);
    lines.push(`${rest.length} other sources are ok: ${observations} observations, nothing refused.`);
  }
  const failed = sources.filter((source) => source.state !== 'ok');
  if (failed.length > 0) lines.push('', ...failed.map(failure));
  return lines.join('\n');
}

function row(source: SourceReport): Record<string, unknown> {
  const { id, state, observations, rejections, tries, ms, error_code: code } = source;
  return { source: id, state, observations, rejections, tries, ms, error: code ?? '' };
}

/** `! id: what happened (failed 3 times on end, last good 2026-06-27)`, and the remedy on a line of its own. */
function failure(source: SourceReport): string {
  const since =
    source.last_good_at === null ? 'never answered' : `last good ${localDay(fromSqlTimestamp(source.last_good_at))}`;
  const times = source.failures > 1 ? `failed ${source.failures} times on end, ` : '';
  const remedy = source.error_hint === null ? '' : `\n    → ${source.error_hint}`;
  return visible(`! ${source.id}: ${source.error_message ?? source.error_code} (${times}${since})`) + remedy;
}
