/** Cuts what is typed into statements at each `;` that stands outside texts, names, dollar quotes and comments. */

export interface CutStatements {
  /** Whole statements, without their semicolon. */
  whole: string[];
  /** What was begun and not ended; '' when nothing was. */
  rest: string;
}

/** One token that may hold a semicolon of its own, whole or to the end of the text; else one character. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[eE]'(?:\\[\s\S]|''|[^'\\])*(?:'|$)|'[^']*(?:''[^']*)*(?:'|$)|"[^"]*(?:""[^"]*)*(?:"|$)|\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)|\w+|[\s\S]/g;
const isComment = (token: string): boolean => token.startsWith('--') || token.startsWith('/*');

export function cutStatements(text: string): CutStatements {
  const whole: string[] = [];
  let [from, hasContent] = [0, false];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token !== ';') {
      hasContent ||= !isComment(token) && token.trim() !== '';
      continue;
    }
    if (hasContent) whole.push(text.slice(from, index).trim());
    [from, hasContent] = [index + 1, false];
  }
  const rest = text.slice(from);
  // A comment that is still open waits for its end; one that is closed is nothing to run.
  const isOpen = /\/\*(?:(?!\*\/)[\s\S])*$/.test(rest) && !rest.trim().startsWith('--');
  return { whole, rest: hasContent || isOpen ? rest.trimStart() : '' };
}
