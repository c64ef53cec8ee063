/**
 * The one filter of the edition `chia_se`: schema `publication` → schema `edition`, from which its file, pages, exports and
 * reports are all made. What is shown stands in edition-columns.ts; here stand the sets its expressions ask.
 */
import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import type { Database } from './database.ts';
import { EDITION_TABLES, type EditionTable, RULES } from './edition-columns.ts';
import { schemaColumns } from './schema-columns.ts';

/** The schema that holds the filtered tables. */
export const EDITION_SCHEMA = 'edition';

/** Groups of attributes that may be shown; `security` is the one that may not. */
const GROUPS = ['amount', 'checklist', 'cleaning', 'connection', 'law', 'measured', 'software', 'trouble'];
/** Of these, facts that are nothing but words or the name of an endpoint. */
const WORDS_ONLY = ['database.part', 'dispatch.sent', 'probe.available'];
/** Bodies and kinds of obstacles that may be named: all but A05, at which only assessments wait. */
const HOLDERS = [
  'budget',
  'c06',
  'c12',
  'legal',
  'local',
  'none_stated',
  'other_agency',
  'staff',
  'technical',
  'vendor',
];

/** Flags by how they are written; others, every flag of words or of rows among them, are left out. */
const DATE_FLAGS = ['due', 'effective_from', 'last_change', 'last_success', 'last_success_in', 'said_on'];
const YES_FLAGS = ['central_only', 'component', 'on_time_claimed', 'open_list', 'temporary', 'upgrading'];
const COUNT_FLAGS = ['batches', 'days', 'missed_days', 'succeeded'];
const HEDGES = ['duoi', 'gan', 'hon', 'khoang', 'tren', 'tron'];

const listed = (values: readonly string[]): string => values.map(quotedString).join(', ');
const setOf = (values: readonly string[], name: string): string =>
  `SELECT unnest([${listed(values)}]) AS ${quotedIdentifier(name)}`;

function keptFlags(): string {
  const flag = (name: string): string => `json_extract_string(f, '$.${name}')`;
  const piece = (name: string, condition: string, value: string): string =>
    `CASE WHEN ${condition} THEN '"${name}":' || ${value} END`;
  const pieces = [
    ...DATE_FLAGS.map((n) =>
      piece(n, `try_cast(${flag(n)} AS DATE) IS NOT NULL`, `'"' || try_cast(${flag(n)} AS DATE) || '"'`),
    ),
    // Since when A05 is waited for says as much as that it is.
    piece(
      'since',
      `try_cast(${flag('since')} AS DATE) IS NOT NULL AND coalesce(${flag('holder')} IN (${listed(HOLDERS)}), true)`,
      `'"' || try_cast(${flag('since')} AS DATE) || '"'`,
    ),
    ...YES_FLAGS.map((n) => piece(n, `${flag(n)} = 'true'`, "'true'")),
    ...COUNT_FLAGS.map((n) =>
      piece(n, `try_cast(${flag(n)} AS INTEGER) IS NOT NULL`, `try_cast(${flag(n)} AS INTEGER)`),
    ),
    piece('holder', `${flag('holder')} IN (${listed(HOLDERS)})`, `'"' || ${flag('holder')} || '"'`),
    piece('hedge', `${flag('hedge')} IN (${listed(HEDGES)})`, `'"' || ${flag('hedge')} || '"'`),
  ];
  return `CREATE MACRO ${RULES}.kept_flags(f) AS '{' || array_to_string(list_filter([${pieces.join(', ')}], x -> x IS NOT NULL), ',') || '}'`;
}

/** Holders joined by semicolons, without those that may not be named. */
const KEPT_HOLDERS = `CREATE MACRO ${RULES}.kept_holders(h) AS
  nullif(array_to_string(list_filter(string_split(h, ';'), x -> x IN (${listed(HOLDERS)})), ';'), '')`;

/** What says where a machine or a person is found: addresses of the web and of mail, of machines, names of hosts, telephones. */
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ADDRESSES = [
  '[a-z][a-z0-9+.-]*://[^\\s,;)]+',
  '[a-z0-9._%+-]+@[a-z0-9.-]+[a-z0-9]',
  `\\b${OCTET}(?:\\.${OCTET}){3}\\b(?::[0-9]+)?`,
  '\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:vn|com|net|org|gov|edu|info|local|internal|intranet|lan|corp|test|example)\\b(?::[0-9]+)?(?:/[^\\s,;)]*)?',
  '\\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\\b',
  '(?:\\+84\\)?|\\b0)[ .]?[235789](?:[ .-]?[0-9]){8,9}\\b',
];
const WITHOUT_ADDRESSES = `CREATE MACRO ${RULES}.without_addresses(x) AS regexp_replace(x, ${quotedString(ADDRESSES.join('|'))}, '…', 'gi')`;

const CITATIONS =
  "(SELECT finding_id, unnest(string_split(observation_ids, ';')) AS id FROM publication.finding WHERE observation_ids IS NOT NULL)";

/** Name of a set → the query whose one column it is; a later one may ask an earlier one. */
const SETS: readonly (readonly [name: string, query: string])[] = [
  ['holder', setOf(HOLDERS, 'holder')],
  ['open_database', "SELECT database_id FROM publication.database WHERE classification = 'open'"],
  [
    'criterion',
    "SELECT criterion FROM publication.criterion WHERE block <> 'an_ninh' AND (attribute IS NULL OR attribute NOT LIKE 'security.%')",
  ],
  [
    'block',
    `SELECT block FROM publication.criterion GROUP BY block HAVING bool_and(criterion IN (FROM ${RULES}.criterion))`,
  ],
  ['unit', 'SELECT DISTINCT unit FROM raw.unit'],
  [
    'attribute',
    `SELECT attribute FROM publication.attribute_def
     WHERE attribute_group IN (${listed(GROUPS)}) AND attribute NOT IN (${listed(WORDS_ONLY)})
       AND (attribute NOT LIKE 'criterion.%' OR attribute IN (SELECT 'criterion.' || criterion FROM ${RULES}.criterion))`,
  ],
  [
    'scaled',
    `SELECT attribute FROM publication.attribute_def WHERE type = 'state' AND attribute IN (FROM ${RULES}.attribute)`,
  ],
  [
    'fact',
    `SELECT id FROM publication.observation
     WHERE rejected_by IS NULL AND attribute IN (FROM ${RULES}.attribute)
       AND (attribute <> 'blocked_by' OR coalesce(json_extract_string(flags, '$.holder'), value_text) IN (FROM ${RULES}.holder))`,
  ],
  ['hidden_fact', `SELECT id FROM publication.observation WHERE id NOT IN (FROM ${RULES}.fact)`],
  [
    'finding_on_hidden',
    `SELECT finding_id FROM ${CITATIONS} GROUP BY finding_id HAVING bool_or(id IN (FROM ${RULES}.hidden_fact))`,
  ],
  [
    'finding_on_shown',
    `SELECT finding_id FROM ${CITATIONS} GROUP BY finding_id HAVING bool_and(id IN (FROM ${RULES}.fact))`,
  ],
  [
    'addressed',
    `SELECT title FROM (SELECT DISTINCT evidence_title AS title FROM publication.observation)
     WHERE title <> ${RULES}.without_addresses(title)`,
  ],
  ['quoted', `SELECT id FROM publication.observation WHERE quoted IN ('c12', 'c06') AND id IN (FROM ${RULES}.fact)`],
  [
    'wait',
    `SELECT observation_id FROM publication.waiting
     WHERE observation_id IN (FROM ${RULES}.fact) AND holder IN (FROM ${RULES}.holder) AND attributes NOT LIKE '%security.%'`,
  ],
  [
    // What a live source calls its answers is its own words; documents are known by their titles.
    'document',
    `SELECT d.document FROM publication.document AS d JOIN publication.source AS s ON s.source_id = d.source_id
     WHERE s.connector IN ('baseline', 'document', 'inbox', 'spreadsheet')`,
  ],
  [
    'target',
    `SELECT database_id AS target FROM publication.database
     UNION SELECT agency_id FROM publication.agency
     UNION SELECT substr(key, length('pages.site.targets.') + 1) FROM publication.label WHERE starts_with(key, 'pages.site.targets.')
     UNION FROM ${RULES}.holder`,
  ],
  [
    'ground',
    "SELECT substr(key, length('pages.site.grounds.') + 1) AS ground FROM publication.label WHERE starts_with(key, 'pages.site.grounds.')",
  ],
];

/** Makes schema `edition` anew from schema `publication`, which must be complete. */
export async function filterEdition(database: Database): Promise<void> {
  const types = new Map<string, Map<string, string>>();
  for (const { table_name: table, column_name: column, data_type: type } of await schemaColumns(
    database,
    'publication',
  )) {
    const columns = types.get(table) ?? new Map<string, string>();
    types.set(table, columns.set(column, type));
  }
  const statements = [
    `DROP SCHEMA IF EXISTS ${EDITION_SCHEMA} CASCADE`,
    `DROP SCHEMA IF EXISTS ${RULES} CASCADE`,
    `CREATE SCHEMA ${EDITION_SCHEMA}`,
    `CREATE SCHEMA ${RULES}`,
    WITHOUT_ADDRESSES,
    ...SETS.map(([name, query]) => `CREATE TABLE ${RULES}.${name} AS ${query}`),
    keptFlags(),
    KEPT_HOLDERS,
    ...[...types].flatMap(([name, columns]) => {
      const table = EDITION_TABLES[name];
      return table === undefined ? [] : [filtered(name, table, columns)];
    }),
  ];
  for (const statement of statements) await database.run(statement, {}, 'filtering the edition chia_se');
}

/** Columns keep their order and type; the long log of facts stays a view, written straight into the file. */
function filtered(name: string, table: EditionTable, columns: ReadonlyMap<string, string>): string {
  const shown = new Set(table.shown.split(' '));
  const blank = new Set(table.blank?.split(' '));
  const list = [...columns].flatMap(([column, type]) => {
    const quoted = quotedIdentifier(column);
    const expression = table.as?.[column];
    if (expression !== undefined) return [`(${expression})::${type} AS ${quoted}`];
    if (blank.has(column)) return [`NULL::${type} AS ${quoted}`];
    return shown.has(column) ? [`t.${quoted}`] : [];
  });
  const where = table.where === undefined ? '' : ` WHERE ${table.where}`;
  const kind = name === 'observation' ? 'VIEW' : 'TABLE';
  return `CREATE ${kind} ${EDITION_SCHEMA}.${quotedIdentifier(name)} AS SELECT ${list.join(', ')} FROM publication.${quotedIdentifier(name)} AS t${where}`;
}
