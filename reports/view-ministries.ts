/** The table by ministry of the first page. Rule: protocol order, counts only; no rank, no score, no colour but for overdue. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { NO_AGENCY, type ViewContext } from './view-context.ts';
import { ministryChange } from './view-editions.ts';
import { link } from './view-parts.ts';

const cellLink = z.strictObject({ text: z.string(), href: z.string(), is_zero: z.boolean() });

export const ministryRow = z.strictObject({
  agency: link,
  databases: cellLink,
  overdue: cellLink,
  is_overdue: z.boolean(),
  change: z.strictObject({ text: z.string(), href: z.string().nullable(), is_zero: z.boolean() }),
  criteria: cellLink,
  connection: cellLink,
  confirmed: cellLink,
  silent: cellLink,
  trouble: z.string(),
  trouble_href: z.string().nullable(),
});
export type MinistryRow = z.output<typeof ministryRow>;

type Summary = Omit<Row<'agency_summary'>, 'agency_id' | 'blockers'>;

const COUNTS = [
  'databases',
  'overdue',
  'criteria_reported',
  'connection_reported',
  'connection_confirmed',
  'not_reported',
] as const;
const COMPARED = ['overdue_before', 'overdue_left', 'overdue_entered'] as const;

/** Owners of databases in protocol order. */
export function ownersInOrder(ctx: ViewContext): (string | null)[] {
  return ctx.data.agency_summary.map((row) => row.agency_id).sort((a, b) => ctx.protocol(a) - ctx.protocol(b));
}

export function ministryRows(ctx: ViewContext): MinistryRow[] {
  const summaries = new Map(ctx.data.agency_summary.map((row) => [row.agency_id, row]));
  return ownersInOrder(ctx).flatMap((id) => {
    const row = summaries.get(id);
    if (row === undefined) return [];
    const page = `agencies/${id ?? NO_AGENCY}.html`;
    const trouble = (row.blockers ?? '')
      .split(';')
      .filter((one) => one !== '')
      .map((one) => ctx.maybe('blocked_by', one) ?? ctx.none)
      .join(ctx.t('format', 'list_separator'));
    return [
      {
        ...counts(ctx, row, page),
        agency: { text: ctx.agencyName(id), href: page },
        trouble: trouble === '' ? ctx.none : trouble,
        trouble_href: trouble === '' ? null : `${page}#dang-cho`,
      },
    ];
  });
}

export function ministryTotal(ctx: ViewContext): MinistryRow {
  const sum: Summary = {
    databases: 0,
    overdue: 0,
    criteria_reported: 0,
    connection_reported: 0,
    connection_confirmed: 0,
    not_reported: 0,
    overdue_before: null,
    overdue_left: null,
    overdue_entered: null,
  };
  for (const row of ctx.data.agency_summary) {
    for (const key of COUNTS) sum[key] += row[key];
    // Unknown stays unknown: without a period before there is nothing to add up.
    for (const key of COMPARED) if (row[key] !== null) sum[key] = (sum[key] ?? 0) + row[key];
  }
  return {
    ...counts(ctx, sum, 'databases/index.html'),
    agency: { text: ctx.t('pages', 'overview', 'table_by_agency', 'total'), href: null },
    trouble: '',
    trouble_href: null,
  };
}

function counts(
  ctx: ViewContext,
  row: Summary,
  page: string,
): Omit<MinistryRow, 'agency' | 'trouble' | 'trouble_href'> {
  const cell = (n: number, anchor: string): z.output<typeof cellLink> => ({
    text: ctx.written.number(n),
    href: `${page}${anchor}`,
    is_zero: n === 0,
  });
  return {
    databases: cell(row.databases, page.startsWith('agencies/') ? '#csdl' : '#tat-ca'),
    overdue: cell(row.overdue, '#qua-han'),
    is_overdue: row.overdue > 0,
    change: ministryChange(ctx, row),
    criteria: cell(row.criteria_reported, '#bao-cao-tieu-chi'),
    connection: cell(row.connection_reported, '#da-ket-noi'),
    confirmed: cell(row.connection_confirmed, '#da-xac-nhan'),
    silent: cell(row.not_reported, '#chua-co-thong-tin'),
  };
}
