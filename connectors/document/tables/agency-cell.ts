/** A cell of agencies: who is named, what else is written there, and counts like "04/51". */
import { foldLetters } from '../language/fold.ts';
import type { AgencyNames } from '../names/agencies.ts';
import { wordsOf } from '../names/words.ts';

export interface AgencyCell {
  /** In the order of the cell, each once. */
  ids: string[];
  /** Lowest likeness of a name taken (1 when all are letter for letter). */
  score: number;
  /** Pieces that name a body the registry does not have, as printed. */
  strangers: string[];
  /** Nothing but the names and what joins them. */
  namesOnly: boolean;
  /** "04/51": so many of so many agencies. */
  overdueN?: number;
  assignedN?: number;
}

const RATIO = /(?<![\d/])(\d{1,3})\s?\/\s?(\d{1,3})(?![\d/])/;
/** Words that may stand beside names without naming anybody: kinds, conjunctions, collective wordings. */
const PLAIN = new Set(
  (
    'va cac nhung mot so co lien quan cung trong do gom bao chu tri tich phoi hop dang thuc hien qua han chua hoan thanh ' +
    'tinh pho tp bo nganh cap don vi dia phuong ubnd uy ban nhan dan truc thuoc trung uong ngang chinh phu o tai voi ' +
    'truong thu lanh dao nhiem vu con lai da khac hoac hang thang'
  ).split(' '),
);

export function readAgencyCell(printed: string, names: AgencyNames, day: string | undefined): AgencyCell {
  const text = withoutPredecessors(printed);
  // "Bo X (Y)": the unit in brackets is how the ministry does it, not a second agency.
  const matches = names.find(text, day).filter((match, at, all) => {
    const before = all[at - 1];
    const bracket = before !== undefined && /^\s*\(\s*$/.test(text.slice(before.end, match.start));
    return !(bracket && names.parentOf(match.id) === before.id);
  });
  const named: { id: string; score: number }[] = [];
  const strangers: string[] = [];
  let onlyJoints = true;
  let at = 0;
  for (const match of [...matches, null]) {
    const gap = text.slice(at, match?.start ?? text.length);
    if (!/^(?:[\s,;.\n+-]|v\u00e0)*$/iu.test(gap)) onlyJoints = false;
    const pieces = gap.split(/[,;\n\u2022]|\s[-\u2013]\s/).map((piece) => piece.replace(/\s+/g, ' ').trim());
    // What stands directly before a name may be the misread beginning of a longer one.
    const before = match === null ? '' : (pieces.pop() ?? '');
    for (const piece of pieces) place(piece, names, day, named, strangers);
    if (match !== null) {
      const longer = isName(before) ? names.resolve(`${before} ${text.slice(match.start, match.end)}`, day) : null;
      if (longer?.id) named.push({ id: longer.id, score: longer.score });
      else {
        place(before, names, day, named, strangers);
        named.push(match);
      }
      at = match.end;
    }
  }
  const ratio = RATIO.exec(text);
  return {
    ids: [...new Set(named.map((one) => one.id))],
    score: Math.min(1, ...named.map((one) => one.score)),
    strangers,
    namesOnly: named.length > 0 && onlyJoints,
    ...(ratio === null ? {} : { overdueN: Number(ratio[1]), assignedN: Number(ratio[2]) }),
  };
}

/** "Bo X (cua Bo Y chuyen sang)": who had the task before has it no more. Same length as the text. */
function withoutPredecessors(text: string): string {
  if (!text.includes('(')) return text;
  const plain = foldLetters(text);
  let out = '';
  for (const { index, 0: aside } of plain.matchAll(/\([^()]{0,400}\)/g)) {
    if (!/^\(\s*(?:truoc (?:day|do)|tien than)|\s(?:chuyen|ban giao) (?:sang|ve|den|qua)\W*$/.test(aside)) continue;
    out += text.slice(out.length, index) + ' '.repeat(aside.length);
  }
  return out + text.slice(out.length);
}

/** Words that are more than the joints of a list. */
function isName(piece: string): boolean {
  if ((piece.match(/\p{L}/gu)?.length ?? 0) < 3) return false;
  return wordsOf(piece).some(({ plain }) => !PLAIN.has(plain) && !/^\d+$/.test(plain));
}

/** A piece between the names found: a name with misread letters, or a body the registry does not have. */
function place(
  piece: string,
  names: AgencyNames,
  day: string | undefined,
  named: { id: string; score: number }[],
  strangers: string[],
): void {
  const name = isName(piece);
  // "Tai chinh" is made of such words and yet a name, when it is one to the letter.
  if (!name && !/^\p{Lu}.*\s/u.test(piece)) return;
  const resolved = names.resolve(piece, day);
  if (resolved.id === null || (!name && resolved.score < 1)) {
    if (name) strangers.push(piece);
  } else named.push({ id: resolved.id, score: resolved.score });
}

/**
 * The agencies that lead, of a cell that may also name those who cooperate ("X chu tri, phoi hop voi Y").
 */
export function readLeadCell(text: string, names: AgencyNames, day: string | undefined): AgencyCell {
  const cooperate = foldLetters(text).search(/phoi hop/);
  const before = cooperate > 0 ? readAgencyCell(text.slice(0, cooperate), names, day) : null;
  if (before === null || before.ids.length === 0) return readAgencyCell(text, names, day);
  return { ...before, namesOnly: false };
}
