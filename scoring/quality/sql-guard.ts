/**
 * Whether a query of a contract may run: one SELECT, made of words and functions that are known to be harmless. What is
 * not known is refused; the engines hold a second line of their own (read-only, nothing outside in reach).
 */

const FUNCTIONS = new Set(
  (
    'count sum min max avg abs round floor ceil ceiling sign mod power sqrt coalesce nullif greatest least cast try_cast ' +
    'lower upper trim ltrim rtrim btrim length char_length character_length octet_length substr substring left right ' +
    'replace translate position strpos concat concat_ws reverse lpad rpad starts_with split_part md5 ' +
    'extract date_part date_trunc date_diff datediff make_date age ' +
    'row_number rank dense_rank lag lead first_value last_value ntile over ' +
    'count_if countif bool_and bool_or every regexp_matches regexp_full_match regexp_replace regexp_like ' +
    'stddev stddev_pop stddev_samp variance var_pop var_samp median exists in any all some values filter ' +
    'decimal numeric varchar char'
  ).split(' '),
);
/** Words after which a bracket opens, without a function being called. */
const WORDS = new Set(
  (
    'select from where and or not on using when then else case by having as with join union intersect except distinct ' +
    'between like ilike similar to is within partition order group limit offset array interval lateral recursive return'
  ).split(' '),
);
const FORBIDDEN = new Set(
  (
    'insert update delete merge create alter drop truncate copy attach detach install load export import pragma set reset ' +
    'call execute prepare deallocate vacuum analyze checkpoint grant revoke into lock listen notify do begin commit rollback ' +
    'declare fetch refresh reindex cluster explain describe show summarize use lateral recursive table information_schema pg_catalog'
  ).split(' '),
);

const TOKEN =
  /\s+|'(?:''|[^'])*'|"(?:""|[^"])*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?|\.|::|<=|>=|<>|!=|\|\||[-+*/%(),=<>]/y;

/** @returns why it is refused, in fixed words; null when it may run */
export function guardQuery(query: string): string | null {
  if (query.length > 20_000) return 'too long';
  const tokens = tokensOf(query);
  if (tokens === undefined) return 'it holds a sign that is not allowed: comments, several statements, parameters';
  const first = tokens[0]?.toLowerCase();
  if (first !== 'select' && first !== 'with') return 'only SELECT is run';
  if (tables(tokens)) return 'it names a table outside the contract';
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const word = token.toLowerCase();
    const before = tokens[i - 1]?.toLowerCase();
    if (token === '(') {
      depth++;
      const refusal = i === 0 ? null : callRefused(before ?? '', tokens[i - 2]?.toLowerCase(), tokens, i);
      if (refusal !== null) return refusal;
    } else if (token === ')') {
      if (--depth < 0) return 'unbalanced brackets';
    } else if (FORBIDDEN.has(word)) return 'it does more than select, or looks where it may not';
    else if (/^(pg_|duckdb_|sqlite_|pragma_)/.test(word.replace(/^"/, ''))) return 'it looks into the system tables';
    else if (token.startsWith("'") && before !== undefined && ['from', 'join'].includes(before))
      return 'it reads a file';
    else if (
      ['for', 'set'].includes(word) &&
      ['update', 'share', 'no', 'key'].includes(tokens[i + 1]?.toLowerCase() ?? '')
    )
      return 'it locks rows';
  }
  return depth === 0 ? null : 'unbalanced brackets';
}

/** Whether a table is called with its schema: those of the contract are called by their ids alone. */
function tables(tokens: readonly string[]): boolean {
  const clauses: ('from' | 'on' | 'other')[] = ['other'];
  for (const [i, token] of tokens.entries()) {
    const word = token.toLowerCase();
    const clause = clauses.at(-1);
    if (word === '(') clauses.push(clause === 'from' ? 'from' : 'other');
    else if (word === ')') clauses.pop();
    else if (word === 'from' || word === 'join' || (word === ',' && clause === 'on')) clauses.splice(-1, 1, 'from');
    else if (word === 'on' || word === 'using') clauses.splice(-1, 1, 'on');
    else if (['select', 'where', 'group', 'having', 'order', 'limit', 'union', 'with'].includes(word))
      clauses.splice(-1, 1, 'other');
    else if (word === '.' && clause === 'from' && !/^[0-9]/.test(tokens[i - 1] ?? '')) return true;
  }
  return false;
}

function callRefused(name: string, before: string | undefined, tokens: readonly string[], at: number): string | null {
  if (name.startsWith('"')) {
    // A quoted name before a bracket is a call, or the columns of a WITH.
    return closesBeforeAs(tokens, at) ? null : 'a function is called by a quoted name';
  }
  if (!/^[a-z_]/.test(name) || WORDS.has(name) || (FUNCTIONS.has(name) && before !== '.')) return null;
  return closesBeforeAs(tokens, at) && (before === 'with' || before === ',' || before === 'as')
    ? null
    : 'it calls a function that is not on the list';
}

/** name ( a, b ) AS ( …: the head of a WITH. */
function closesBeforeAs(tokens: readonly string[], at: number): boolean {
  let end = at + 1;
  while (end < tokens.length && tokens[end] !== ')' && tokens[end] !== '(') end++;
  return tokens[end] === ')' && tokens[end + 1]?.toLowerCase() === 'as' && tokens[end + 2] === '(';
}

function tokensOf(query: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const found = TOKEN.exec(query);
    if (found === null) return undefined;
    if (found[0] === '-' && query[TOKEN.lastIndex] === '-') return undefined;
    if (found[0] === '/' && query[TOKEN.lastIndex] === '*') return undefined;
    if (found[0].trim() !== '') tokens.push(found[0]);
  }
  return tokens;
}
