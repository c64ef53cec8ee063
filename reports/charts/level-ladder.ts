/** The five levels in a row with the place of a database: confirmed, reported, possible. Rule: words and outline, not colour alone. */
import type { DatabaseLevel } from '../view-database-level.ts';

export interface LadderWords {
  reported: string;
  confirmed: string;
  possible: string;
}

export function levelLadder(
  ladder: DatabaseLevel['ladder'],
  words: LadderWords,
  escapeHtml: (text: string) => string,
): string {
  const steps = ladder.names.map((name, index) => {
    const n = index + 1;
    const state =
      n <= (ladder.confirmed ?? 0)
        ? 'is-confirmed'
        : n <= (ladder.reported ?? 0)
          ? 'is-reported'
          : n <= (ladder.max ?? 0)
            ? 'is-possible'
            : 'is-later';
    const notes = [
      n === ladder.confirmed ? words.confirmed : '',
      n === ladder.reported ? words.reported : '',
      n === ladder.max && (ladder.max ?? 0) > (ladder.reported ?? 0) ? words.possible : '',
    ].filter((note) => note !== '');
    return `<li class="${state} step-${n}"><span class="step-no">${n}</span> <span class="step-name">${escapeHtml(name)}</span>${notes.map((note) => `<span class="step-note">${escapeHtml(note)}</span>`).join('')}</li>`;
  });
  return `<ol class="ladder" aria-label="${escapeHtml(ladder.alt)}">${steps.join('')}</ol>`;
}
