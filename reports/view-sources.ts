/** State of the collection: sources, documents, refused statements, runs. Rule: a failed source is never the owner's fault. */

import { z } from 'zod';
import { sourceError } from '../config/labels.ts';
import { fromSqlTimestamp, localClock } from '../config/time.ts';
import type { Row } from '../scoring/contract.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import { localDay } from './view-facts.ts';
import { mark } from './view-parts.ts';

const text = z.string();

export const sourcesPage = z.strictObject({
  intro: text,
  sources: z.array(
    z.strictObject({ name: text, mark, required: text, observations: text, rejections: text, time: text, note: text }),
  ),
  documents: z.array(z.strictObject({ title: text, date: text, count: text })),
  rejections: z.array(z.strictObject({ source: text, place: text, raw: text, reason: text })),
  runs: z.array(
    z.strictObject({ time: text, state: text, sources: text, failed: text, observations: text, took: text }),
  ),
});
export type SourcesPage = z.output<typeof sourcesPage>;

export function buildSourcesPage(ctx: ViewContext): SourcesPage {
  const health = ctx.data.source_health;
  const latest = health.filter((row) => row.run_id === ctx.meta.run_id);
  const shown = latest.length > 0 ? latest : health;
  const run = ctx.data.run.find((row) => row.run_id === ctx.meta.run_id) ?? ctx.data.run.at(-1);
  const time = localTime(ctx, run?.finished_at ?? run?.started_at ?? ctx.meta.published_at);
  const documents = groupBy(ctx.data.observation, (row) => row.evidence_title);
  return {
    intro: ctx.f(['pages', 'sources', 'intro'], {
      ok: shown.filter((row) => row.state === 'ok').length,
      total: shown.length,
      time,
    }),
    sources: shown.map((row) => ({
      name: sourceName(ctx, row.source_id),
      mark: {
        shape: row.state === 'ok' ? ('done' as const) : row.state === 'partial' ? ('half' as const) : ('open' as const),
        word: ctx.t('source_states', row.state),
      },
      required: ctx.t('pages', 'sources', 'required', row.required ? 'yes' : 'no'),
      observations: ctx.written.number(row.observations),
      rejections: ctx.written.number(row.rejections),
      time: row.last_good_at === null ? ctx.t('pages', 'sources', 'never_answered') : localTime(ctx, row.last_good_at),
      note: sourceNote(ctx, row),
    })),
    documents: [...documents].map(([title, rows]) => ({
      title,
      date: ctx.date(rows[0]?.evidence_date ?? null),
      count: ctx.written.number(rows.length),
    })),
    rejections: ctx.data.rejection.map((row) => ({
      source: sourceName(ctx, row.source_id),
      place: row.place ?? ctx.none,
      raw: row.raw ?? ctx.none,
      reason: row.message,
    })),
    runs: ctx.data.run.map((row) => ({
      time: localTime(ctx, row.finished_at ?? row.started_at),
      state: ctx.t(
        'pages',
        'sources',
        row.state === 'published' || row.run_id === ctx.meta.run_id ? 'published' : 'not_published',
      ),
      sources: ctx.written.number(row.sources),
      failed: ctx.written.number(row.sources_failed),
      observations: ctx.written.number(row.appended),
      took: took(
        ctx,
        row.started_at,
        row.finished_at ?? (row.run_id === ctx.meta.run_id ? ctx.meta.published_at : null),
      ),
    })),
  };
}

/** How long a run went on; nothing where it never ended. */
function took(ctx: ViewContext, started: string | null, finished: string | null): string {
  if (started === null || finished === null) return ctx.none;
  const ms = fromSqlTimestamp(finished.replace('T', ' ')).getTime() - fromSqlTimestamp(started).getTime();
  return ctx.f(['pages', 'site', 'seconds'], { n: ctx.written.number(Math.max(1, Math.round(ms / 1000))) });
}

/** Why a source gave nothing, in words of the label file; addresses and technical details stay in the table. */
export function sourceNote(ctx: ViewContext, row: Row<'source_health'>): string {
  if (row.error_code === null) return '';
  const why = sourceError(ctx.labels, row.error_code);
  const often =
    row.failures > 1 ? ctx.f(['pages', 'sources', 'failures'], { n: ctx.written.count(row.failures) }) : null;
  return [why, often].filter((part) => part !== null).join(ctx.t('format', 'list_separator'));
}

/** The documents of a source say what it is; its id stays inside. */
export function sourceName(ctx: ViewContext, sourceId: string): string {
  const titles = [
    ...new Set(
      ctx.data.observation
        .filter((row) => row.source_id === sourceId)
        .map((row) => {
          if (row.evidence_title === null || row.evidence_date === null) return row.evidence_title ?? '';
          return `${row.evidence_title} (${ctx.date(row.evidence_date)})`;
        }),
    ),
  ].filter((title) => title !== '');
  return titles.length === 0 ? sourceId : titles.slice(0, 3).join(ctx.t('format', 'list_separator'));
}

/** "29/6/2026, 14 giờ 05 phút" in Viet Nam of a UTC time. */
export function localTime(ctx: ViewContext, utc: string | null): string {
  if (utc === null) return ctx.none;
  const at = localClock(fromSqlTimestamp(utc));
  return ctx.f(['pages', 'site', 'time'], {
    h: Number(at.slice(11, 13)),
    mm: at.slice(14, 16),
    date: ctx.date(localDay(utc)),
  });
}

/** The hour and day up to which the newest statement speaks, by a label of the product. */
export function asOfWords(ctx: ViewContext, key: 'as_of' | 'as_of_short'): string {
  const at = localClock(new Date(ctx.meta.cut_off));
  const { date, dateLong } = ctx.written;
  return ctx.f(['product', key], { gio: Number(at.slice(11, 13)), date: (key === 'as_of' ? dateLong : date)(at) });
}
