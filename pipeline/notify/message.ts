/** One message of a night for one recipient: subject, text, and the same as data. Rule: what the recipient's content does not cover is a figure and nothing else. */
import { createHash } from 'node:crypto';
import { viDate } from '../../config/format.ts';
import { type Labels, sourceError } from '../../config/labels.ts';
import type { Occasion, Recipient } from '../../config/schema/notifications.ts';
import { stableJson } from '../../config/stable-json.ts';
import { visible } from '../cli/visible.ts';
import type { NightResult, Told } from './night-result.ts';

/** Names of a list beyond these are counted. */
const MOST_LINES = 20;

export interface Message {
  /** Equal for equal news: who received it once is not told again. */
  id: string;
  occasions: Occasion[];
  subject: string;
  text: string;
  /** The body of a webhook, before its time of sending. */
  data: Readonly<Record<string, unknown>>;
}

/** @returns null where there is nothing the recipient asked to be told of */
export function messageFor(
  recipient: Recipient,
  result: NightResult,
  told: Told,
  labels: Labels,
  site: string | undefined,
): Message | null {
  const occasions = occasionsOf(result, told).filter((occasion) => recipient.on.includes(occasion));
  if (occasions.length === 0) return null;
  const say = (path: readonly string[], values: Readonly<Record<string, string | number>> = {}): string =>
    visible(labels.format(['notify', ...path], values));
  const day = viDate(result.day);
  // Why a night failed names sources and folders: only those who see the internal edition read it.
  const isInternal = recipient.content === 'noi_bo';
  const about = (occasion: Occasion): boolean => occasions.includes(occasion);
  const levels = about('level') ? told.levels : [];
  const findings = about('critical') ? told.findings : [];
  const counts = { sources: result.failedSources.length, levels: levels.length, findings: findings.length };
  const links = linksOf(site, counts);

  const level = (value: number | null): string => (value === null ? say(['level', 'none']) : String(value));
  const levelLines = levels.flatMap((l) =>
    (['reported', 'confirmed'] as const)
      .map((kind) => ({ kind, before: l[`${kind}_before`], after: l[`${kind}_after`] }))
      .filter(({ before, after }) => before !== after)
      .map(({ kind, before, after }) =>
        say(['level', kind], { db: l.name, before: level(before), after: level(after) }),
      ),
  );
  const lead = result.kind === 'published' && about('withheld') ? 'edition' : result.kind;
  const named = (lines: readonly string[]): string[] =>
    lines.length <= MOST_LINES
      ? [...lines]
      : [...lines.slice(0, MOST_LINES), say(['more'], { n: lines.length - MOST_LINES })];
  const sourceLines = result.failedSources.map((source) =>
    say(['source'], { source: source.id, words: sourceError(labels, source.error_code ?? 'source/failed') }),
  );
  const lines = [
    say(['lead', lead], { day }),
    ...(result.code === null ? [] : [say(['code'], { code: result.code })]),
    ...(result.reason !== null && isInternal ? [say(['reason'], { reason: result.reason })] : []),
    '',
    ...(counts.sources === 0 ? [] : [say(['counts', 'sources'], { n: counts.sources })]),
    ...(isInternal ? named(sourceLines) : []),
    ...(counts.levels === 0 ? [] : [say(['counts', 'levels'], { n: counts.levels })]),
    ...(told.named ? named(levelLines) : []),
    ...(counts.findings === 0 ? [] : [say(['counts', 'findings'], { n: counts.findings })]),
    ...(told.named ? named(findings.map(({ text }) => say(['finding'], { text }))) : []),
    '',
    ...Object.entries(links).map(([page, url]) => say(['links', page], { url })),
    ...(result.kind === 'published' && counts.sources === 0 ? [] : [say(['next'])]),
    say(['foot']),
  ];
  const facts = {
    outcome: result.kind,
    as_of: result.day,
    occasions,
    counts,
    ...(result.code === null ? {} : { code: result.code }),
    ...(told.named ? { levels, findings } : {}),
  };
  const known = isInternal ? { reason: result.reason, sources: result.failedSources.map(({ id }) => id) } : {};
  const id = createHash('sha256')
    .update(stableJson([recipient.id, facts, known]))
    .digest('hex')
    .slice(0, 32);
  const subject = say(['subject', result.kind], { day });
  // Two blank lines in a row say nothing.
  const text = `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
  return { id, occasions, subject, text, data: { id, run_id: result.run, ...facts, ...known, subject, text, links } };
}

/** The message of `csdl notify --test`; the time makes it another one each time. */
export function testMessage(labels: Labels, at: Date): Message {
  const subject = labels.text('notify', 'subject', 'test');
  const text = `${labels.text('notify', 'lead', 'test')}\n\n${labels.text('notify', 'foot')}\n`;
  const id = createHash('sha256').update(at.toISOString()).digest('hex').slice(0, 32);
  return { id, occasions: [], subject, text, data: { id, outcome: 'test', subject, text } };
}

function occasionsOf(result: NightResult, told: Told): Occasion[] {
  if (result.kind === 'failed') return ['failed'];
  if (result.kind === 'withheld') return ['withheld'];
  return [
    ...(result.editionWithheld ? (['withheld'] as const) : []),
    ...(told.levels.length > 0 ? (['level'] as const) : []),
    ...(told.findings.length > 0 ? (['critical'] as const) : []),
  ];
}

function linksOf(site: string | undefined, counts: { sources: number; findings: number }): Record<string, string> {
  if (site === undefined) return {};
  return {
    overview: site,
    ...(counts.sources > 0 ? { sources: `${site}sources.html` } : {}),
    ...(counts.findings > 0 ? { conflicts: `${site}conflicts.html` } : {}),
  };
}
