/**
 * The second look at a query of a contract, before PostgreSQL runs it: by the server's own plan, whatever the text says. It may
 * read what the tables of the contract are made of and nothing else, and call nothing that acts beyond the query.
 */

/** What a plan touches: tables, functions that give rows, functions that do more than reckon. */
export type Touched = ReadonlySet<string>;

/** Nodes that write, or whose tables the plan does not name. */
const OPAQUE = new Set(['ModifyTable', 'Table Function Scan', 'Custom Scan']);

const ACTS =
  /\b(pg_sleep\w*|pg_read_\w+|pg_ls_\w+|pg_stat_file|pg_file_\w+|pg_advisory\w*|pg_try_advisory\w*|pg_notify|pg_(?:terminate|cancel)_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_create_\w+|pg_drop_\w+|pg_logical_\w+|pg_replication_\w+|lo_\w+|loread|lowrite|dblink\w*|set_config|current_setting|nextval|setval|currval|lastval|query_to_xml\w*|table_to_xml\w*|schema_to_xml\w*|database_to_xml\w*|cursor_to_xml\w*|inet_server_\w+|inet_client_\w+|txid_\w+|pg_export_snapshot|random|setseed)\s*\(/gi;

/** @param plan what EXPLAIN (VERBOSE, FORMAT JSON) gives; null where it cannot be followed */
export function touchedBy(plan: unknown): Touched | null {
  const found = new Set<string>();
  return walk(plan, found) ? found : null;
}

function walk(value: unknown, found: Set<string>): boolean {
  if (typeof value === 'string') {
    for (const [, name = ''] of value.matchAll(ACTS)) found.add(`call ${name.toLowerCase()}`);
    return true;
  }
  if (Array.isArray(value)) return value.every((one) => walk(one, found));
  if (typeof value !== 'object' || value === null) return true;
  const node = value as Readonly<Record<string, unknown>>;
  const type = node['Node Type'];
  if (typeof type === 'string') {
    if (OPAQUE.has(type)) return false;
    if (type === 'Foreign Scan' && node['Relation Name'] === undefined) return false;
    if (node['Relation Name'] !== undefined)
      found.add(`table ${JSON.stringify([node.Schema ?? null, node['Relation Name']])}`);
    if (type === 'Function Scan') found.add(`rows of ${String(node['Function Name'] ?? node['Function Call'])}`);
  }
  return Object.values(node).every((one) => walk(one, found));
}

/** @returns why a query is refused, in fixed words; null when it may run */
export function refusal(query: Touched | null, allowed: readonly (Touched | null)[]): string | null {
  if (query === null) return 'what it would do cannot be followed';
  const known = new Set(allowed.flatMap((touched) => [...(touched ?? [])]));
  for (const item of query) {
    if (known.has(item)) continue;
    if (item.startsWith('table ')) return 'it reads a table outside the contract';
    return 'it calls a function that does more than reckon';
  }
  return null;
}
