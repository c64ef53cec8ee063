/**
 * Sentences of the label file with links in the places of their numbers and names.
 * Rule: with a `around` link, no digit of the sentence is left outside a link.
 */
import { isOne, type Labels, piecesOf } from '../config/labels.ts';
import type { Link, Rich, Segment } from './view-parts.ts';

export type Filling = string | number | Link | Segment | Rich;

/** A piece of text without a link. */
export function plain(text: string): Segment {
  return { text, href: null, tone: 'plain' };
}

/** A piece of text with a link. */
export function linked(text: string | number, href: string | null, tone: Segment['tone'] = 'plain'): Segment {
  return { text: String(text), href, tone };
}

/** Pieces joined by a separator of the label file's format. */
export function joinRich(parts: readonly Rich[], separator: string): Rich {
  return parts.flatMap((part, index) => (index === 0 ? part : [plain(separator), ...part]));
}

/** A sentence of the label file; every {place} takes text, a link or pieces; `around` links what holds digits. */
export function sentence(
  labels: Labels,
  path: readonly string[],
  values: Readonly<Record<string, Filling>>,
  around: string | null = null,
): Rich {
  const out: Rich = [];
  for (const piece of piecesOf(labels.text(...path))) {
    if (typeof piece === 'string') {
      out.push(plain(piece));
      continue;
    }
    const value = pieces(values[piece.name] ?? `{${piece.name}}`);
    if (piece.one === null) out.push(...value);
    else out.push(plain(isOne(bareText(value)) ? piece.one : piece.many));
  }
  return tidy(out, around);
}

/** The pieces as one string. */
export function bareText(text: Rich): string {
  return text.map((piece) => piece.text).join('');
}

/** Joins neighbours of the same kind and links pieces with digits. */
export function tidy(text: Rich, around: string | null): Rich {
  const out: Rich = [];
  for (const piece of text) {
    if (piece.text === '') continue;
    const href = piece.href ?? (around !== null && /\d/.test(piece.text) ? around : null);
    const last = out.at(-1);
    if (last !== undefined && last.href === href && last.tone === piece.tone && (href === null || piece.href === null))
      last.text += piece.text;
    else out.push({ text: piece.text, href, tone: piece.tone });
  }
  return out;
}

function pieces(value: Filling): Rich {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object') return 'tone' in value ? [value] : [linked(value.text, value.href)];
  return [plain(String(value))];
}
