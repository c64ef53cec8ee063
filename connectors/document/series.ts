/** Which report a document is an edition of, told from its head: the title and the issuer, without days and numbers. */
import type { DocumentStatement } from '../contract.ts';
import { foldLetters } from './language/fold.ts';

/** Words that date an edition and say nothing of the kind of report. */
const DATING = /\b(?:ngay|thang|quy|tuan|nam|ky|lan|dot|den|tinh den|het|i{1,3}|iv|v|vi{1,3}|ix|x)\b/g;

/** Empty where a title has too few words to tell reports apart. */
export function seriesOf(document: Pick<DocumentStatement, 'title' | 'number' | 'file'>): string {
  const title = foldLetters(document.title.normalize('NFC'))
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\d+/g, ' ')
    .replace(/[^a-z]+/g, ' ')
    .replace(DATING, ' ')
    .replace(/ +/g, ' ')
    .trim();
  if (title.split(' ').length < 3) return '';
  // "12/BC-ABC": who issues it and as what kind of document.
  const issuer = foldLetters(document.number ?? '')
    .replace(/^[\s\d/]+/, '')
    .replace(/[^a-z-]+/g, '');
  return issuer === '' ? title.slice(0, 200) : `${issuer}: ${title.slice(0, 200)}`;
}
