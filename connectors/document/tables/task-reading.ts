/** What reading the tables of tasks gives, and what it must be told. */
import type { DocumentCheckStatement, TaskStatement } from '../../contract.ts';
import type { Found, Rejected } from '../extraction.ts';
import type { Cell } from '../model.ts';

export interface TaskContext {
  /** Id of the document statement. */
  document: string;
  /** Day of the document (YYYY-MM-DD), for names valid by date. */
  day?: string;
}

/** What an agency writes about its task: the text to be read for facts. */
export interface StatusText {
  /** Databases the task is about; empty when its title names none. */
  database_ids: string[];
  agency: string | null;
  task_no: number;
  row: number | string;
  table: string;
  cell: Cell;
  column: 'tinh_hinh' | 'kho_khan';
  /** For how many databases the one text was given. */
  shared_n: number;
  /** Row in which the text really stands. */
  inherited_from?: number | string;
}

export interface TaskReading {
  tasks: Found<TaskStatement>[];
  statuses: StatusText[];
  checks: Found<DocumentCheckStatement>[];
  rejections: Rejected[];
  /** Characters of texts that rows took over from others so far. */
  inherited: number;
}
