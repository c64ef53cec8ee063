/** What the tables of one document may come to, counted while they are read: too much is refused before it is read. */
import { documentFault, type Limits } from './limits.ts';

export class Allowance {
  readonly #limits: Pick<Limits, 'tableRows' | 'tableText'>;
  #text = 0;

  constructor(limits: Pick<Limits, 'tableRows' | 'tableText'>) {
    this.#limits = limits;
  }

  /** Throws `document/too-many-rows` for a table of that many rows. */
  rows(count: number): void {
    const most = this.#limits.tableRows;
    if (count > most)
      throw documentFault('too-many-rows', `a table has more than ${most} rows`, 'send it in several parts');
  }

  /** Counts characters of a table; throws `document/too-large` when all tables together have too many. */
  text(characters: number): void {
    this.#text += characters;
    const most = this.#limits.tableText;
    if (this.#text > most)
      throw documentFault('too-large', `its tables have more than ${most} characters`, 'send it in several parts');
  }
}
