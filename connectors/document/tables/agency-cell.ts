/** A cell of agencies: who is named, what else is written there, and counts like "04/51". */
import { foldLetters } from '../language/fold.ts';
import type { AgencyNames } from '../names/agencies.ts';

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
/** What may stand beside names without being one: kinds, counts, conjunctions, collective wordings. */
const PLAIN =
  /^(?:va|cac|nhung|mot so|co lien quan|lien quan|cung|trong do|gom|bao gom|chu tri|chu tich|phoi hop|dang thuc hien|qua han|chua hoan thanh|\d+|tinh|thanh pho|tp|bo|nganh|so|cap|co quan|cac co quan|don vi|dia phuong|ubnd|uy ban nhan dan|truc thuoc trung uong|ngang|thuoc|chinh phu|trung uong|tinh uy|thanh uy|dang uy|dang|o|tai|voi|bo truong|thu truong|truong|lanh dao|[\s.,;:/&()+*-])+$/;

export function readAgencyCell(text: string, names: AgencyNames, day: string | undefined): AgencyCell {
  const matches = names.find(text, day);
  const rest: string[] = [];
  let at = 0;
  for (const match of matches) {
    rest.push(text.slice(at, match.start));
    at = match.end;
  }
  rest.push(text.slice(at));
  const ratio = RATIO.exec(text);
  const pieces = rest
    .flatMap((piece) => piece.split(/[,;\n\u2022]|\s[-\u2013]\s/))
    .map((piece) => piece.replace(/\s+/g, ' ').trim())
    .filter((piece) => (piece.match(/\p{L}/gu)?.length ?? 0) >= 3);
  return {
    ids: [...new Set(matches.map((match) => match.id))],
    score: Math.min(1, ...matches.map((match) => match.score)),
    strangers: pieces.filter((piece) => !PLAIN.test(foldLetters(piece))),
    namesOnly: matches.length > 0 && rest.every((piece) => /^(?:[\s,;.\n+-]|v\u00e0)*$/iu.test(piece)),
    ...(ratio === null ? {} : { overdueN: Number(ratio[1]), assignedN: Number(ratio[2]) }),
  };
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
