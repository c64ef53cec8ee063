/**
 * Whether the text of a query is one single question: it begins with `select` or `with`, holds no second statement, and
 * closes no bracket that it did not open (it is put into brackets). The database refuses the rest by itself; here the
 * operator learns of it before the night.
 */

/** Literals, quoted names and comments, in which `;` and brackets mean nothing. Comments within comments are not followed. */
const QUOTED =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_][A-Za-z_0-9]*)?\$[\s\S]*?\$\1\$|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\//g;

/** The query without the semicolon at its end. */
export function withoutEnd(sql: string): string {
  let text = sql.trim();
  // Not by one pattern: over thousands of blank lines it starts at each of them anew.
  while (text.endsWith(';')) text = text.slice(0, -1).trimEnd();
  return text;
}

/** @returns what is wrong with it, or null */
export function queryProblem(sql: string): string | null {
  const bare = withoutEnd(sql.replace(QUOTED, (part) => (/^(?:--|\/\*)/.test(part) ? '\n' : ' 0 ')));
  if (!/^(?:select|with)\b/i.test(bare)) return 'must be a query that begins with select, or with … select';
  if (bare.includes(';')) return 'must be one statement';
  if (/\0/.test(sql)) return 'holds a zero byte';
  // An opening quote that nothing closes would swallow what the program puts behind the query.
  if (/['"]|\/\*/.test(bare)) return 'has a quote or comment that is not closed';
  let depth = 0;
  for (const sign of bare) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth < 0) return 'closes a bracket that it did not open';
  }
  return depth === 0 ? null : 'has a bracket that is not closed';
}
