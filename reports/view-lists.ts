/** Pages that list: all databases, who waits for whom, figures that disagree, what to do next. */

import { z } from 'zod';
import type { DatabaseRow, Row } from '../scoring/contract.ts';
import { factValue } from './fact-words.ts';
import { levelStrip as makeStrip } from './level-words.ts';
import { actionRow, databaseListRow, findingNotes, findingRow, waitingLine } from './list-rows.ts';
import { linked } from './rich-text.ts';
import { groupBy, NO_AGENCY, type ViewContext } from './view-context.ts';
import { buildCountdown, countdownSection } from './view-countdown.ts';
import { blockerRow } from './view-database.ts';
import { attributeName, type FactBooks } from './view-facts.ts';
import { buildForecast, forecastSection } from './view-forecast.ts';
import { ownersInOrder } from './view-ministries.ts';
import {
  action,
  databaseRow,
  evidence,
  finding,
  levelStrip,
  link,
  waitingLine as waitingSchema,
} from './view-parts.ts';

const text = z.string();
const option = z.strictObject({ value: text, text });

export const databasesPage = z.strictObject({
  intro: text,
  order_note: text,
  strip: levelStrip,
  presets: z.array(z.strictObject({ id: text, text, count: text })),
  agencies: z.array(option),
  levels: z.array(option),
  lists: z.array(option),
  rows: z.array(databaseRow),
});
export type DatabasesPage = z.output<typeof databasesPage>;

export const waitingPage = z.strictObject({
  groups: z.array(z.strictObject({ id: text, name: text, long_name: text, count: text, rows: z.array(waitingSchema) })),
  blockers: z.array(
    z.strictObject({ subject: link, owner: link, what: text, about: text, since: text, evidence: evidence.nullable() }),
  ),
});
export type WaitingPage = z.output<typeof waitingPage>;

const side = z.strictObject({ what: text, value: text, evidence: evidence.nullable() });
export const conflictsPage = z.strictObject({
  intro: text,
  contradictions: z.array(
    z.strictObject({
      kind: text,
      name: text,
      rows: z.array(z.strictObject({ database: link, sides: z.array(side), text, owner: link, notes: z.array(text) })),
    }),
  ),
  others: z.array(z.strictObject({ kind: text, name: text, count: text, rows: z.array(finding) })),
  resolved: z.array(finding),
});
export type ConflictsPage = z.output<typeof conflictsPage>;

export const actionsPage = z.strictObject({
  countdown: countdownSection,
  forecast: forecastSection,
  groups: z.array(z.strictObject({ kind: text, name: text, count: text, rows: z.array(action) })),
});
export type ActionsPage = z.output<typeof actionsPage>;

const PRESETS = [
  'qua-han',
  'bao-cao-tieu-chi',
  'da-ket-noi',
  'da-xac-nhan',
  'dang-cho',
  'chua-thong-nhat',
  'chua-co-thong-tin',
] as const;

export function buildDatabasesPage(ctx: ViewContext): DatabasesPage {
  const rows = databasesInOrder(ctx).map((one) => databaseListRow(ctx, one));
  const scored = ctx.scored.map((one) => one.database_id);
  const silent = ctx.data.readiness.filter((row) => row.level_reported === null).length;
  return {
    intro: ctx.f(['pages', 'databases', 'intro'], {
      n: ctx.written.number(scored.length),
      u: ctx.written.number(silent),
    }),
    order_note: ctx.t('pages', 'databases', 'order_note'),
    strip: makeStrip(ctx, scored, 'databases/index.html'),
    presets: PRESETS.map((id) => ({
      id,
      text: ctx.t('pages', 'site', 'presets', id),
      count: ctx.written.number(rows.filter((row) => row.tags.split(' ').includes(id)).length),
    })),
    agencies: ownersInOrder(ctx).map((id) => ({ value: id ?? NO_AGENCY, text: ctx.agencyName(id) })),
    levels: [5, 4, 3, 2, 1]
      .map((n) => ({
        value: String(n),
        text: ctx.f(['pages', 'site', 'level_named'], { n, name: ctx.t('levels', String(n), 'short') }),
      }))
      .concat([{ value: 'khong', text: ctx.t('levels', '0', 'name') }]),
    lists: Object.entries(ctx.labels.group('listed_in')).map(([value, name]) => ({ value, text: name })),
    rows,
  };
}

/** Placed databases first; the rest by owner and name, the parts of an umbrella row under it. */
export function databasesInOrder(ctx: ViewContext): DatabaseRow[] {
  const place = (row: DatabaseRow): number => ctx.places.get(row.database_id)?.place ?? Number.MAX_SAFE_INTEGER;
  const parent = (row: DatabaseRow): DatabaseRow =>
    row.part_of === null ? row : (ctx.databases.get(row.part_of) ?? row);
  return [...ctx.data.database].sort(
    (a, b) =>
      place(a) - place(b) ||
      ctx.protocol(a.agency_id) - ctx.protocol(b.agency_id) ||
      parent(a).sort_vi - parent(b).sort_vi ||
      Number(a.part_of !== null) - Number(b.part_of !== null) ||
      a.sort_vi - b.sort_vi,
  );
}

export function buildWaitingPage(ctx: ViewContext, books: FactBooks): WaitingPage {
  const waited = new Set(ctx.data.waiting.map((row) => `${row.database_id ?? row.agency_id} ${row.holder}`));
  return {
    groups: [...groupBy(ctx.data.waiting, (row) => row.holder)].map(([holder, rows]) => ({
      id: holder,
      name: ctx.f(['pages', 'site', 'waits_for'], { holder: ctx.maybe('holders', holder) ?? ctx.none }),
      long_name: ctx.maybe('quoted', holder) ?? '',
      count: ctx.written.count(rows.length),
      rows: rows.map((row) => waitingLine(ctx, books, row)),
    })),
    blockers: ctx.data.blocker
      .filter((row) => !waited.has(`${row.database_id ?? row.agency_id} ${row.holder}`))
      .map((row) => ({
        ...blockerRow(ctx, books, row.database_id ?? row.agency_id ?? '', row),
        subject:
          row.database_id === null ? ctx.agencyLink(row.agency_id) : ctx.databaseLink(row.database_id, '#dang-cho'),
        owner: ctx.agencyLink(row.agency_id, '#dang-cho'),
      })),
  };
}

export function buildConflictsPage(ctx: ViewContext, books: FactBooks): ConflictsPage {
  const contradictions = ctx.data.finding.filter((row) => row.is_contradiction);
  const others = ctx.data.finding.filter((row) => !row.is_contradiction);
  return {
    intro: ctx.f(['pages', 'conflicts', 'intro'], { n: ctx.written.count(contradictions.length) }),
    contradictions: [...groupBy(contradictions, (row) => row.kind)].map(([kind, rows]) => ({
      kind,
      name: rows[0]?.name ?? ctx.none,
      rows: rows.map((row) => ({
        database:
          row.database_id === null
            ? ctx.agencyLink(row.agency_id)
            : ctx.databaseLink(row.database_id, '#chua-thong-nhat'),
        sides: sides(ctx, books, row),
        text: row.text,
        owner: ctx.agencyLink(row.agency_id),
        notes: findingNotes(ctx, row),
      })),
    })),
    others: [...groupBy(others, (row) => row.kind)].map(([kind, rows]) => ({
      kind,
      name: rows[0]?.name ?? ctx.none,
      count: ctx.written.number(rows.length),
      rows: rows.map((row) => findingRow(ctx, row)),
    })),
    resolved: ctx.resolved.map((row) => findingRow(ctx, row)),
  };
}

/** The two sides of a contradiction, each with its evidence. */
function sides(ctx: ViewContext, books: FactBooks, row: Row<'finding'>): z.output<typeof side>[] {
  const both = (row.observation_ids ?? '')
    .split(';')
    .slice(0, 2)
    .flatMap((id) => {
      const fact = ctx.observations.get(id);
      if (fact === undefined) return [];
      const worded = { ...fact, state: fact.value_text, low: fact.value_low, high: fact.value_high };
      return [
        {
          what: attributeName(ctx, fact.attribute),
          value: factValue(ctx, worded, ctx.databases.get(fact.subject_id)),
          evidence: books.evidence(id, row.database_id ?? fact.subject_id),
        },
      ];
    });
  while (both.length < 2) both.push({ what: '', value: ctx.none, evidence: null });
  return both;
}

export function buildActionsPage(ctx: ViewContext): ActionsPage {
  const groups = [...groupBy(ctx.data.action, (row) => row.action)].sort(([, a], [, b]) => b.length - a.length);
  return {
    countdown: buildCountdown(ctx),
    forecast: buildForecast(ctx),
    groups: groups.map(([kind, rows]) => ({
      kind,
      name: ctx.maybe('pages', 'site', 'action_names', kind) ?? rows[0]?.text ?? ctx.none,
      count: ctx.written.number(rows.length),
      rows: rows.map((row, index) => ({
        ...actionRow(ctx, row, index + 1),
        text: [linked(row.text, `databases/${row.database_id}.html#viec-can-lam`)],
      })),
    })),
  };
}
