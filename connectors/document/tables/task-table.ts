/** One table of tasks, read row by row. */
import type { Locator, TaskStatement } from '../../contract.ts';
import { parseDeadline } from '../language/dates.ts';
import type { Cell, CellsRow } from '../model.ts';
import type { Names } from '../names/names.ts';
import { type AgencyCell, readAgencyCell, readLeadCell } from './agency-cell.ts';
import { type Columns, misfit, type Role } from './columns.ts';
import { boundTexts, type Inherited, inherit } from './inheritance.ts';
import { basisOfHeading, isListOfLate, periodOfHeading, saysLate, type TableInPlace } from './sections.ts';
import type { TaskContext, TaskReading } from './task-reading.ts';
import { agencyRole, cellOf, lineOf, readTaskRows, type TaskRow, textOf } from './task-rows.ts';
import { databasesOf, readTitle, type TaskTitle } from './task-title.ts';

export type { StatusText, TaskContext, TaskReading } from './task-reading.ts';

/** The agencies of one row or sub-row, with the row that holds their texts (null: its own). */
interface AgencyRow {
  ids: string[];
  row: CellsRow;
  text: TaskRow | null;
  cell: AgencyCell;
}

/** Reads one table into a reading. */
export class TaskTable {
  readonly place: TableInPlace;
  readonly columns: Columns;
  readonly names: Names;
  readonly context: TaskContext;
  readonly reading: TaskReading;
  readonly #listIsLate: boolean;
  readonly #agencies = new Map<string, AgencyCell>();
  readonly #titles = new Map<TaskRow, TaskTitle>();
  readonly #databasesOf = new Map<TaskRow, string[]>();

  constructor(place: TableInPlace, columns: Columns, names: Names, context: TaskContext, reading: TaskReading) {
    this.place = place;
    this.columns = columns;
    this.names = names;
    this.context = context;
    this.reading = reading;
    this.#listIsLate = columns.at.overdue_agencies !== undefined || isListOfLate(place);
  }

  read(): void {
    const { rows, strays } = readTaskRows(this.place.table, this.columns, (text) => this.#isAgency(text));
    for (const { row, text } of strays) {
      this.#reject('unnumbered_row', 'a row without a number that belongs to no task', text, this.#evidence(row));
    }
    const fitting = rows.filter((row) => this.#fits(row));
    const inherited = inherit(fitting, this.columns, (row) => this.#lead(row).ids.join() || 'collective');
    const { taken, without } = boundTexts(inherited, this.columns, this.reading.inherited);
    this.reading.inherited = taken;
    for (const { row, label } of without)
      this.#reject('inherited_too_long', 'takes over more text than is read', '', this.#evidence(row, label));
    const shared = this.#sharedBy(fitting, inherited);
    for (const row of fitting) this.#task(row, inherited.get(row) as Inherited, shared);
  }

  #isAgency(text: string): boolean {
    const { id, score } = this.names.agencies.resolve(text, this.context.day);
    return id !== null && score >= 0.9;
  }

  /** A row whose own cells are under the wrong titles is refused as a whole. */
  #fits(row: TaskRow): boolean {
    const roles: Role[] = ['deadline', 'lead', 'executing', 'overdue_agencies', 'legal_basis', 'task'];
    const odd = roles.filter((role) => misfit(role, textOf(cellOf(row.row, this.columns, role))));
    const firm = odd.filter((role) => role !== 'legal_basis' && role !== 'deadline');
    const deadline = textOf(cellOf(row.row, this.columns, 'deadline'));
    if (firm.length === 0 && !(odd.includes('deadline') && (odd.length > 1 || this.#isAgency(deadline)))) return true;
    const raw = row.row.cells.map(textOf).join(' | ').slice(0, 500);
    this.#reject('shifted_columns', `cells that cannot be ${odd.join(', ')}`, raw, this.#evidence(row.row, row.label));
    return false;
  }

  #cell(row: TaskRow, role: Role): Cell | null {
    return cellOf(row.row, this.columns, role);
  }

  #read(text: string, lead: boolean): AgencyCell {
    const key = `${lead} ${text}`;
    let cell = this.#agencies.get(key);
    if (cell === undefined) {
      cell = (lead ? readLeadCell : readAgencyCell)(text, this.names.agencies, this.context.day);
      this.#agencies.set(key, cell);
    }
    return cell;
  }

  #leadText(row: TaskRow): string {
    const roles: Role[] = ['lead', 'executing', 'agency', 'responsible_head'];
    const role = roles.find((one) => this.columns.at[one] !== undefined);
    return role === undefined ? '' : textOf(this.#cell(row, role));
  }

  #lead(row: TaskRow): AgencyCell {
    return this.#read(this.#leadText(row), true);
  }

  #title(row: TaskRow): TaskTitle {
    let title = this.#titles.get(row);
    if (title === undefined) {
      title = readTitle(textOf(this.#cell(row, 'task')), this.names, this.context.day);
      this.#titles.set(row, title);
    }
    return title;
  }

  /** The agencies of a row and its sub-rows, each with the cells it wrote. */
  #agencyRows(row: TaskRow, from: Inherited): AgencyRow[] {
    const role = agencyRole(this.columns);
    const main = this.#read(textOf(this.#cell(from.agency, role)), false);
    const ownLead = from.inferred && from.agency === row;
    const lead = this.#lead(row);
    const rows: AgencyRow[] = [{ ids: ownLead ? lead.ids : main.ids, row: row.row, text: from.text, cell: main }];
    for (const sub of [...from.agency.subRows, ...(from.agency === row ? [] : row.subRows)]) {
      const cell = this.#read(textOf(cellOf(sub, this.columns, role)), false);
      rows.push({ ids: cell.ids, row: sub, text: null, cell });
    }
    return rows;
  }

  #databases(row: TaskRow, from: Inherited): string[] {
    const known = this.#databasesOf.get(row);
    if (known !== undefined) return known;
    const title = this.#title(row);
    const agencies = [
      ...this.#lead(from.lead).ids,
      ...(title.owner === null ? [] : [title.owner]),
      ...this.#agencyRows(row, from).flatMap((one) => one.ids),
    ];
    const ids = databasesOf(title.text, [...new Set(agencies)], this.names);
    this.#databasesOf.set(row, ids);
    return ids;
  }

  /** For each row whose text others take over: how many databases the text is about in all. */
  #sharedBy(rows: readonly TaskRow[], inherited: Map<TaskRow, Inherited>): Map<TaskRow, number> {
    const ids = new Map<TaskRow, Set<string>>();
    for (const row of rows) {
      const from = inherited.get(row) as Inherited;
      const set = ids.get(from.text) ?? new Set<string>();
      for (const id of this.#databases(row, from)) set.add(id);
      ids.set(from.text, set);
    }
    return new Map([...ids].map(([row, set]) => [row, Math.max(1, set.size)]));
  }

  #task(row: TaskRow, from: Inherited, shared: Map<TaskRow, number>): void {
    const title = this.#title(row);
    const leadText = this.#leadText(from.lead).replace(/\s+/g, ' ');
    const lead = this.#lead(from.lead);
    const agencyRows = this.#agencyRows(row, from);
    const late = this.#isLate(row);
    const doing = agencyRows.flatMap((one) => one.ids);
    const onlyLead = doing.length === 0 && this.columns.at.overdue_agencies === undefined;
    const overdue = late ? [...new Set(onlyLead ? lead.ids : doing)] : [];
    const strangers =
      late && this.columns.at.overdue_agencies !== undefined ? agencyRows.flatMap((one) => one.cell.strangers) : [];
    const deadline = this.#deadline(row, from);
    const inheritedFrom = [from.agency, from.lead, from.text, from.deadline].find((one) => one !== row);
    const databases = this.#databases(row, from);
    const statement: TaskStatement = {
      type: 'task',
      document: this.context.document,
      no: row.no,
      title: title.text === '' ? row.label : title.text,
      legal_basis: this.#basis(from),
      lead_agencies: lead.ids.length > 0 || title.owner === null || leadText !== '' ? lead.ids : [title.owner],
      ...(leadText === '' || lead.namesOnly ? {} : { lead_raw: leadText }),
      deadline: deadline.day,
      deadline_raw: deadline.raw,
      ...(agencyRows[0]?.cell.assignedN === undefined ? {} : { assigned_agencies_n: agencyRows[0].cell.assignedN }),
      overdue_agencies: overdue,
      ...(strangers.length === 0 ? {} : { overdue_raw: strangers }),
      list: late ? 'overdue' : 'assigned',
      ...(row.source_program === undefined ? {} : { source_program: row.source_program }),
      ...(row.group === undefined ? {} : { group: row.group }),
      statuses: this.#statuses(agencyRows, from),
      database_ids: databases,
      evidence: {
        ...this.#evidence(row.row, row.label),
        ...(inheritedFrom === undefined ? {} : { inherited_from: labelOf(inheritedFrom) }),
      },
    };
    const sure = Math.min(lead.score, ...agencyRows.map((one) => one.cell.score)) * (from.inferred ? 0.75 : 0.98);
    this.reading.tasks.push({ statement, confidence: Math.round(sure * 100) / 100 });
    this.#texts(row, from, agencyRows, databases, shared.get(from.text) ?? 1);
    const named = agencyRows.flatMap((one) => one.ids).length + strangers.length;
    const printed = agencyRows[0]?.cell.overdueN;
    if (printed !== undefined && printed !== named) {
      this.#reject(
        'agency_not_named',
        `${printed} agencies are said to be overdue, ${named} are named`,
        textOf(this.#cell(row, agencyRole(this.columns))),
        statement.evidence,
      );
    }
  }

  #isLate(row: TaskRow): boolean {
    const progress = saysLate(textOf(this.#cell(row, 'progress')));
    // A column of those who are late says it of every row it has.
    if (this.columns.at.overdue_agencies !== undefined) return true;
    return progress ?? row.late ?? this.#listIsLate;
  }

  #deadline(row: TaskRow, from: Inherited): { day: string | null; raw: string } {
    const printed = textOf(this.#cell(from.deadline, 'deadline')).replace(/\s+/g, ' ');
    if (this.columns.at.deadline !== undefined) return { day: parseDeadline(printed).day, raw: printed };
    for (const heading of [row.group ?? '', ...[...this.place.headings].reverse()]) {
      const period = periodOfHeading(heading);
      if (period !== null) return { day: parseDeadline(period).day, raw: period };
    }
    return { day: null, raw: '' };
  }

  #basis(from: Inherited): string {
    const printed = textOf(this.#cell(from.basis, 'legal_basis')).replace(/\s+/g, ' ');
    if (this.columns.at.legal_basis !== undefined) return printed;
    for (const heading of [...[...this.place.headings].reverse(), this.place.title]) {
      const basis = basisOfHeading(heading);
      if (basis !== null) return basis;
    }
    return '';
  }

  /** The columns with what the agency wrote: the status, and where there is none the progress; the difficulties. */
  #textColumns(): [Role | undefined, Role | undefined] {
    const { at } = this.columns;
    const status: Role | undefined =
      at.status === undefined ? (at.progress === undefined ? undefined : 'progress') : 'status';
    return [status, at.difficulty === undefined ? undefined : 'difficulty'];
  }

  #statuses(agencyRows: AgencyRow[], from: Inherited): TaskStatement['statuses'] {
    const [status, difficulty] = this.#textColumns();
    if (status === undefined && difficulty === undefined) return [];
    const said = new Map<string, TaskStatement['statuses'][number]>();
    for (const { ids, row, text } of agencyRows) {
      const source = text?.row ?? row;
      const statusText = status === undefined ? '' : textOf(cellOf(source, this.columns, status));
      const difficultyText = difficulty === undefined ? '' : textOf(cellOf(source, this.columns, difficulty));
      for (const agency of ids) {
        if (said.has(agency)) continue;
        said.set(agency, {
          agency,
          ...(statusText === '' ? {} : { status: statusText }),
          ...(difficultyText === '' ? {} : { difficulty: difficultyText }),
          ...(from.inferred ? { inferred: true } : {}),
        });
      }
    }
    return [...said.values()];
  }

  #texts(row: TaskRow, from: Inherited, agencyRows: AgencyRow[], databaseIds: string[], shared: number): void {
    const [status, difficulty] = this.#textColumns();
    for (const { ids, row: agencyRow, text } of agencyRows) {
      const source = text?.row ?? agencyRow;
      for (const [role, column] of [
        [status, 'tinh_hinh'],
        [difficulty, 'kho_khan'],
      ] as const) {
        const cell = role === undefined ? null : cellOf(source, this.columns, role);
        if (cell === null || textOf(cell) === '') continue;
        this.reading.statuses.push({
          database_ids: databaseIds,
          agency: ids.length === 1 ? (ids[0] as string) : null,
          task_no: row.no,
          row: labelOf(row),
          table: String(this.place.number),
          cell,
          column,
          shared_n: shared,
          ...(text === null || text === row ? {} : { inherited_from: labelOf(from.text) }),
        });
      }
    }
  }

  #evidence(row: CellsRow, label?: string): Locator {
    return {
      table: String(this.place.number),
      ...(label === undefined ? {} : { row: /^\d+$/.test(label) ? Number(label) : label }),
      ...lineOf(row),
    };
  }

  #reject(code: string, message: string, raw: string, evidence: Locator): void {
    this.reading.rejections.push({ code, message, raw: raw.slice(0, 500), evidence });
  }
}

function labelOf(row: TaskRow): number | string {
  return /^\d+$/.test(row.label) ? Number(row.label) : row.label;
}
