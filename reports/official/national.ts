/** The report on all databases: the first page of the site, in its order, as a report. */
import { bareText } from '../rich-text.ts';
import { type Paragraph, paragraph } from '../word/document.ts';
import { type Annex, annexReference } from './annex.ts';
import { groupedForm, overdueForm } from './annex-forms.ts';
import { ministriesAnnex } from './annex-tables.ts';
import { itemBlocks, lineOf, partBlocks, proposalBlocks } from './body.ts';
import type { OfficialInput } from './input.ts';
import type { Content } from './official.ts';

export function nationalReport(input: OfficialInput): Content {
  const { view, labels } = input;
  const { overview } = view;
  const heading = (key: string): string => labels.text('pages', 'overview', 'headings', key);
  const lines = (texts: readonly Parameters<typeof bareText>[0][]): Paragraph[] =>
    texts.map((text) => lineOf(input, bareText(text)));
  const none = (text: string | null): Paragraph[] => (text === null ? [] : [lineOf(input, text)]);
  const annexes: Annex[] = [
    ...(view.annexes.none === null ? [overdueForm(input, null), groupedForm(input)] : []),
    ministriesAnnex(input),
  ];
  const reference = annexReference(labels, annexes);
  const result = `${bareText(overview.headline)} ${bareText(overview.previous)}`;
  return {
    subject: labels.text('product', 'report_subject'),
    agencyId: null,
    annexes,
    body: partBlocks(input, [
      {
        key: 'situation',
        blocks: [
          ...itemBlocks([
            { title: heading('results'), lines: [lineOf(input, result), ...lines(overview.results)] },
            { title: heading('criteria'), lines: lines(overview.criteria) },
            { title: heading('c12'), lines: lines(overview.connection) },
          ]),
          ...(reference === null ? [] : [paragraph('body', reference)]),
        ],
      },
      {
        key: 'trouble',
        blocks: itemBlocks([
          {
            title: heading('waiting'),
            lines: [
              ...none(overview.waiting_none),
              ...overview.waiting.flatMap((group) => [
                paragraph('group', `${bareText(group.title)}:`),
                ...lines(group.lines),
              ]),
            ],
          },
          { title: heading('conflicts'), lines: [...none(overview.conflicts_none), ...lines(overview.conflicts)] },
        ]),
      },
      { key: 'proposals', blocks: proposalBlocks(input, overview.proposals) },
      { key: 'scope', blocks: lines(overview.scope) },
    ]),
  };
}
