/** Connection, sync, cleaning and security states, amounts and units of one database. Rule: reported and confirmed stand side by side. */
import { z } from 'zod';
import type { CurrentRow, DatabaseRow } from '../scoring/contract.ts';
import { amountWords, factDetails, factValue, hidesAmounts, targetName } from './fact-words.ts';
import type { ViewContext } from './view-context.ts';
import { attributeName, type FactBooks, sharedMark } from './view-facts.ts';
import { evidence } from './view-parts.ts';

const text = z.string();
const stateRow = z.strictObject({
  what: text,
  reported: text,
  confirmed: text,
  since: text,
  notes: z.array(text),
  is_known: z.boolean(),
  is_conflict: z.boolean(),
  evidence: evidence.nullable(),
});

export const databaseFacts = z.strictObject({
  sharing: z.array(stateRow),
  security: z.array(stateRow),
  others: z.array(stateRow),
  amounts: z.array(
    z.strictObject({
      said: text,
      unit: text,
      interval: text.nullable(),
      stage: text.nullable(),
      is_headline: z.boolean(),
      shared: text.nullable(),
      evidence: evidence.nullable(),
    }),
  ),
  amounts_hidden: text.nullable(),
  expected: text,
  units: z.array(
    z.strictObject({
      role: text,
      done: z.number(),
      total: z.number().nullable(),
      text,
      unit: text,
      notes: z.array(text),
      evidence: evidence.nullable(),
    }),
  ),
});
export type DatabaseFacts = z.output<typeof databaseFacts>;

const SHARING = ['c12.connection', 'c12.sync', 'c12.agent', 'c06.connection', 'c06.cleaning', 'other_db.connection'];
const ALWAYS = ['c12.connection', 'c12.sync', 'c06.connection', 'c06.cleaning'];
const SECURITY = ['security.assessment', 'security.level_approval'];
const OTHERS = [
  'software.state',
  'data.created',
  'data.definition',
  'update.mode',
  'legal.basis',
  'plan.issued',
  'process.reengineering',
  'paper.replacement',
  'service.procedures',
  'service.lookup',
  'signing.solution',
  'training.state',
  'usage.purpose',
];
const INDEPENDENT = new Set(['receiver', 'assessor', 'system']);
const INDICATOR_OF: Record<string, string> = {
  'c06.connection': 'c06_connection',
  'c06.cleaning': 'c06_cleaning',
  'c12.connection': 'c12_connection',
  'c12.sync': 'c12_sync',
};

export function buildDatabaseFacts(ctx: ViewContext, books: FactBooks, database: DatabaseRow): DatabaseFacts {
  const id = database.database_id;
  const facts = ctx.current.get(id) ?? [];
  const rows = (attributes: readonly string[], always: readonly string[]): z.output<typeof stateRow>[] =>
    attributes.flatMap((attribute) => {
      const own = facts.filter((fact) => fact.attribute === attribute);
      if (own.length > 0) return own.map((fact) => stateOf(ctx, books, id, fact));
      return always.includes(attribute) ? [unknownState(ctx, id, attribute)] : [];
    });
  const hidden = hidesAmounts(database);
  const counts = facts.filter((fact) => fact.attribute === 'records.count');
  const row = ctx.readiness.get(id);
  const expected = facts.find((fact) => fact.attribute === 'records.expected');
  return {
    sharing: rows(SHARING, ALWAYS),
    security: rows(SECURITY, ['security.assessment']),
    others: rows(OTHERS, []),
    amounts: hidden
      ? []
      : counts
          .map((fact) => {
            const { said, interval } = amountWords(ctx, fact);
            return {
              said,
              unit: fact.unit ?? '',
              interval,
              stage: fact.stage === null ? null : ctx.t('scales', 'record_stage', fact.stage).toLocaleLowerCase('vi'),
              is_headline:
                fact.unit === row?.records_unit && fact.low === row?.records_low && fact.stage === row?.records_stage,
              shared: fact.shared_n > 1 ? sharedMark(ctx, fact.shared_n) : null,
              evidence: books.evidence(fact.observation_id, id),
            };
          })
          .sort((a, b) => Number(b.is_headline) - Number(a.is_headline)),
    amounts_hidden:
      hidden && (counts.length > 0 || (row?.records_total ?? null) !== null)
        ? ctx.t('pages', 'database', 'amount_hidden')
        : null,
    expected:
      expected === undefined || hidden
        ? ctx.t('pages', 'database', 'amount_no_expected')
        : ctx.f(['pages', 'database', 'amount_expected'], {
            value: factValue(ctx, expected, database),
            source: books.evidence(expected.observation_id, id)?.title ?? ctx.none,
          }),
    units: facts
      .filter(
        (fact) => (fact.attribute === 'units.ratio' || fact.attribute === 'units.count') && fact.value_number !== null,
      )
      .sort((a, b) => roleRank(b.role) - roleRank(a.role))
      .map((fact) => ({
        role: fact.role === null ? ctx.none : (ctx.maybe('scales', 'coverage_role', fact.role) ?? ctx.none),
        done: fact.value_number ?? 0,
        total: fact.value_total,
        text:
          fact.value_total === null
            ? ctx.written.number(fact.value_number ?? 0)
            : ctx.f(['format', 'of'], {
                a: ctx.written.number(fact.value_number ?? 0),
                b: ctx.written.number(fact.value_total),
              }),
        unit: fact.unit ?? '',
        notes: factDetails(ctx, { ...fact, role: null }),
        evidence: books.evidence(fact.observation_id, id),
      })),
  };
}

/** What says most about "đủ" comes first. */
function roleRank(role: string | null): number {
  return ['exploiting', 'access_granted', 'trained', 'deployed', 'reported', 'data_entered'].indexOf(role ?? '');
}

function stateOf(ctx: ViewContext, books: FactBooks, id: string, fact: CurrentRow): z.output<typeof stateRow> {
  const partner = targetName(ctx, fact.target);
  const hidden = ctx.meta.edition === 'chia_se' && fact.attribute.startsWith('security.');
  const said = hidden ? ctx.t('pages', 'common', 'not_in_edition') : ctx.state(fact.attribute, fact.state);
  const since = /"since":"(\d{4}-\d{2}-\d{2})/.exec(fact.flags)?.[1] ?? null;
  const notes = hidden
    ? []
    : factDetails(ctx, {
        ...fact,
        target: null,
        flags: fact.flags.replace(/"since":"[^"]*",?/, '').replace(/,\}$/, '}'),
      });
  if (fact.quoted !== null)
    notes.push(
      ctx.f(['pages', 'common', 'quoted_by'], {
        owner: ctx.agencyName(ctx.databases.get(id)?.agency_id ?? null),
        holder: ctx.maybe('holders', fact.quoted) ?? ctx.none,
      }),
    );
  if (fact.is_conflict) notes.push(ctx.t('result_states', 'conflict'));
  if (!fact.is_live) notes.push(ctx.t('result_states', 'stale'));
  if (fact.shared_n > 1) notes.push(ctx.f(['pages', 'common', 'shared_mark'], { n: ctx.written.count(fact.shared_n) }));
  return {
    what: partner === null ? attributeName(ctx, fact.attribute) : `${attributeName(ctx, fact.attribute)}: ${partner}`,
    reported: said,
    confirmed: INDEPENDENT.has(fact.said_by) ? said : ctx.none,
    since: since === null ? ctx.none : ctx.date(since),
    notes,
    is_known: true,
    is_conflict: fact.is_conflict,
    evidence: books.evidence(fact.observation_id, id),
  };
}

function unknownState(ctx: ViewContext, id: string, attribute: string): z.output<typeof stateRow> {
  const result = ctx.indicators.get(id)?.find((one) => one.indicator === INDICATOR_OF[attribute]);
  const outside = result?.state === 'not_applicable';
  const ground = outside && result.ground !== null ? ctx.maybe('pages', 'site', 'grounds', result.ground) : null;
  return {
    what: attributeName(ctx, attribute),
    // Left out is not the same as not known.
    reported:
      ctx.meta.edition === 'chia_se' && attribute.startsWith('security.')
        ? ctx.t('pages', 'common', 'not_in_edition')
        : ctx.t('result_states', outside ? 'not_applicable' : 'unknown'),
    confirmed: ctx.none,
    since: ctx.none,
    notes: ground === null ? [] : [ground],
    is_known: false,
    is_conflict: false,
    evidence: null,
  };
}
