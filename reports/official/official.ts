/**
 * The official reports of a publication as documents, for Word and for paper: one on all databases, one on each agency's.
 * Rule: pure; the same view, labels and settings give the same documents.
 */

import type { AgencyPage } from '../view-agency.ts';
import { NO_AGENCY } from '../view-context.ts';
import { type Block, type Document, paragraph } from '../word/document.ts';
import { type Annex, annexSection } from './annex.ts';
import { ended } from './body.ts';
import { endTable, headTable, titleBlocks } from './heading.ts';
import { letterheadOf, type OfficialInput } from './input.ts';
import { ministryReport } from './ministry.ts';
import { nationalReport } from './national.ts';

/** What makes one report differ from another. */
export interface Content {
  readonly subject: string;
  readonly agencyId: string | null;
  readonly body: readonly Block[];
  readonly annexes: readonly Annex[];
}

/** Name of the file of the report on all databases, without its ending. */
export const NATIONAL = 'bao-cao';

/** The report on all databases. */
export function nationalDocument(input: OfficialInput): Document {
  return documentOf(input, nationalReport(input));
}

/** The report on one agency's databases. */
export function agencyDocument(input: OfficialInput, page: AgencyPage): Document {
  return documentOf(input, ministryReport(input, page));
}

/** Owners of databases that a report can be made for: those that are known. */
export function reportedAgencies({ view }: Pick<OfficialInput, 'view'>): AgencyPage[] {
  return view.agency.filter((page) => page.id !== NO_AGENCY);
}

/** All reports of a publication: name of the file without its ending → document. */
export function* allDocuments(input: OfficialInput): Generator<[name: string, document: Document]> {
  yield [NATIONAL, nationalDocument(input)];
  for (const page of reportedAgencies(input)) yield [`${NATIONAL}-${page.id}`, agencyDocument(input, page)];
}

function documentOf(input: OfficialInput, content: Content): Document {
  const { view, labels, settings, number } = input;
  const { head } = view;
  const letterhead = letterheadOf(settings, content.agencyId);
  const title = labels.text('product', 'report_title');
  return {
    title: content.subject,
    subject: title,
    creator: head.name,
    madeAt: head.published_at,
    foot:
      number === null
        ? labels.format(['report', 'foot'], {
            draft: head.draft,
            as_of: head.as_of_short,
            publication: head.publication,
          })
        : null,
    sections: [
      {
        direction: 'portrait',
        blocks: [
          headTable({ letterhead, labels, number, draft: head.draft }),
          ...titleBlocks({ title, subject: content.subject, asOf: head.as_of }, letterhead, labels),
          ...ended(input, content.body),
          paragraph('foot', ''),
          endTable(letterhead, labels),
        ],
      },
      ...content.annexes.map((annex, index) => annexSection(labels, annex, index, content.annexes.length)),
    ],
  };
}
