/** The header of an SQL file: its leading `-- @key value` lines; a plain comment line continues the one above. */

export function parseHeader(sql: string): Record<string, string> {
  const header: Record<string, string> = {};
  let last: string | null = null;
  for (const line of sql.split('\n')) {
    if (!line.startsWith('--')) break;
    const text = line.slice(2).trim();
    const found = /^@([a-z_]+)\s*(.*)$/.exec(text);
    if (found?.[1] !== undefined) {
      last = found[1];
      header[last] = found[2] ?? '';
    } else if (last !== null) {
      header[last] = `${header[last]} ${text}`;
    }
  }
  return header;
}
