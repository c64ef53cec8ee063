/** The report on the databases of one agency: its page of the site as a report. Rule: facts of other agencies stay out. */
import { bareText } from '../rich-text.ts';
import type { AgencyPage } from '../view-agency.ts';
import { type Paragraph, paragraph } from '../word/document.ts';
import { type Annex, annexReference } from './annex.ts';
import { ofAgency, overdueForm } from './annex-forms.ts';
import { actionsAnnex, databasesAnnex } from './annex-tables.ts';
import { itemBlocks, lineOf, partBlocks, proposalBlocks } from './body.ts';
import type { OfficialInput } from './input.ts';
import type { Content } from './official.ts';

/** Proposals in the body; all of them stand in the annex. */
const MOST = 5;

export function ministryReport(input: OfficialInput, page: AgencyPage): Content {
  const { view, labels } = input;
  const separator = labels.text('format', 'list_separator');
  const line = (text: string): Paragraph => lineOf(input, text);
  const say = (key: string, values: Record<string, string>): Paragraph => line(labels.format(['report', key], values));
  const tasks = ofAgency(view.annexes.overdue, page.name).tasks;
  const annexes: Annex[] = [
    databasesAnnex(input, page),
    ...(tasks.length > 0 ? [overdueForm(input, page.name)] : []),
    ...(page.actions.length > 0 ? [actionsAnnex(input, page.actions)] : []),
  ];
  const reference = annexReference(labels, annexes);
  const waiting = page.waiting.map((one) =>
    say(one.days === null ? 'waiting_undated' : 'waiting', {
      db: one.database.text,
      holder: one.holder,
      what: one.what,
      since: one.since,
      n: one.days_text,
    }),
  );
  const heading = (key: string): string => labels.text('pages', 'overview', 'headings', key);
  return {
    subject: labels.format(['report', 'subject_agency'], { agency: page.name }),
    agencyId: page.id,
    annexes,
    body: partBlocks(input, [
      {
        key: 'situation',
        blocks: [
          ...itemBlocks([
            {
              title: labels.text('report', 'items', 'result'),
              lines: [
                line(page.summary),
                ...page.presets
                  .filter((one) => one.names.length > 0)
                  .map((one) =>
                    say('named', {
                      text: one.text,
                      n: labels.format(['pages', 'common', 'n_csdl'], { n: one.count }),
                      names: one.names.map((name) => name.text).join(separator),
                    }),
                  ),
              ],
            },
            {
              title: labels.text('report', 'items', 'tasks'),
              lines: page.counts === null ? [] : [line(page.counts)],
            },
          ]),
          ...(reference === null ? [] : [paragraph('body', reference)]),
        ],
      },
      {
        key: 'trouble',
        blocks: itemBlocks([
          {
            title: heading('waiting'),
            lines: waiting.length > 0 ? waiting : [line(labels.text('report', 'waiting_none'))],
          },
          {
            title: labels.text('report', 'items', 'blockers'),
            lines: page.blockers.map((one) => say('blocker', { about: one.about, what: one.what, since: one.since })),
          },
          {
            title: heading('conflicts'),
            lines:
              page.contradictions.length > 0
                ? page.contradictions.flatMap((group) => group.rows.map((one) => line(one.text)))
                : [line(labels.text('report', 'conflicts_none'))],
          },
          {
            title: labels.text('report', 'items', 'others'),
            lines: page.findings.map((group) => say('counted', { text: group.name, n: group.count })),
          },
        ]),
      },
      {
        key: 'proposals',
        blocks:
          page.actions.length > 0
            ? proposalBlocks(input, page.actions.slice(0, MOST))
            : [line(labels.text('report', 'proposals_none'))],
      },
      { key: 'scope', blocks: view.overview.scope.map((text) => line(bareText(text))) },
    ]),
  };
}
