/** The overdue list in the two forms of the Văn phòng Chính phủ. Rule: columns, order and counts are those of the site's annexes. */
import { viCount } from '../../config/format.ts';
import type { OverdueAnnex } from '../view-annex-overdue.ts';
import { cell, paragraph, type Row } from '../word/document.ts';
import type { LookName } from '../word/looks.ts';
import { type Annex, grid, gridRow, headRow } from './annex.ts';
import { type OfficialInput, words } from './input.ts';

/** Millimetres; together the width of a page on its long side. */
const AGENCIES = [14, 82, 31, 31, 31, 31, 32];
const TASKS = [12, 42, 32, 24, 22, 26, 62, 32];
const GROUPED = [14, 84, 44, 36, 24, 50];

const AGENCY_LOOKS: LookName[] = ['cellMiddle', 'cell', ...Array<LookName>(5).fill('cellMiddle')];
const TASK_LOOKS: LookName[] = ['cellMiddle', 'cell', 'cell', 'cell', 'cellMiddle', 'cell', 'cell', 'cell'];
const GROUPED_LOOKS: LookName[] = ['cellMiddle', 'cell', 'cell', 'cell', 'cellMiddle', 'cell'];

/** Agencies by rate and their tasks with what each wrote; of one agency where it is named. */
export function overdueForm({ view, labels }: OfficialInput, agency: string | null): Annex {
  const form = agency === null ? view.annexes.overdue : ofAgency(view.annexes.overdue, agency);
  const { agencies, tasks } = form;
  const title = labels.format(['tables', 'vpcp_agency', 'title'], { n: viCount(agencies.length) });
  const end = title.endsWith(')') ? ')' : '';
  return {
    key: 'overdue',
    title: labels.text('tables', 'annex', 'overdue_title'),
    asOf: view.head.as_of_short,
    blocks: [
      paragraph('tableTitle', [
        { text: end === '' ? title : title.slice(0, -1) },
        { text: '1', raised: true },
        { text: end },
      ]),
      grid(
        AGENCIES,
        words(labels, 'tables', 'vpcp_agency', 'columns'),
        AGENCY_LOOKS,
        agencies.map((one) => [one.no, one.name, one.assigned, one.done, one.in_progress, one.overdue, one.rate]),
      ),
      paragraph('note', [
        { text: '1', raised: true },
        { text: ` ${labels.text('tables', 'vpcp_agency', 'footnote')}.` },
      ]),
      ...(form.counts_note === null ? [] : [paragraph('note', form.counts_note)]),
      paragraph(
        'tableTitle',
        labels.format(['tables', 'vpcp_task', 'title'], {
          n: viCount(tasks.filter((row) => row.kind !== 'part').length),
        }),
      ),
      grid(
        TASKS,
        words(labels, 'tables', 'vpcp_task', 'columns'),
        TASK_LOOKS,
        tasks.map((row) => [
          row.no,
          row.title,
          row.basis,
          row.lead,
          row.deadline,
          row.agency,
          row.status,
          row.difficulty,
        ]),
      ),
      ...(form.source_note === null ? [] : [paragraph('note', form.source_note)]),
    ],
  };
}

/** Its own line and its own tasks; a task of several keeps the line that counts them. */
export function ofAgency(form: OverdueAnnex, agency: string): OverdueAnnex {
  const own = (row: OverdueAnnex['tasks'][number]): boolean => row.agency === agency;
  const tasks: OverdueAnnex['tasks'] = [];
  let parent: OverdueAnnex['tasks'][number] | null = null;
  let no = 0;
  for (const row of form.tasks) {
    if (row.kind === 'parent') parent = row;
    if (row.kind === 'parent' || !own(row)) continue;
    no += 1;
    if (row.kind === 'single') tasks.push({ ...row, no: `${no}.` });
    else tasks.push(...(parent === null ? [] : [{ ...parent, no: `${no}.` }]), row);
  }
  const agencies = form.agencies.filter((row) => row.name === agency).map((row, i) => ({ ...row, no: `${i + 1}.` }));
  return { ...form, agencies, tasks };
}

/** Tasks by source and group, one running number. */
export function groupedForm({ view, labels }: OfficialInput): Annex {
  const rows = view.annexes.grouped.rows.map(
    (row): Row =>
      row.kind === 'task'
        ? gridRow([row.no, row.title, row.basis, row.lead, row.deadline, row.agencies], GROUPED_LOOKS)
        : { cells: [cell('cellStrong', row.heading, GROUPED.length)] },
  );
  return {
    key: 'grouped',
    title: view.annexes.grouped.title,
    asOf: null,
    blocks: [
      {
        kind: 'table',
        look: 'grid',
        widths: GROUPED,
        head: [headRow(words(labels, 'tables', 'vpcp_grouped', 'columns'))],
        rows,
      },
    ],
  };
}
