/** Files for tests of measuring: data as Parquet or CSV, and a contract over them. */
import { join } from 'node:path';
import { Database } from '../../pipeline/database/database.ts';

/** Writes the rows of a query to `folder/name` (ending .parquet or .csv). */
export async function dataFile(folder: string, name: string, query: string): Promise<string> {
  const database = await Database.open({ threads: 1 });
  const path = join(folder, name);
  const format = name.endsWith('.csv') ? 'FORMAT csv, HEADER' : 'FORMAT parquet';
  await database.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (${format})`);
  database.close();
  return path;
}

/** Values that must be seen nowhere. */
export const CANARY = ['079099123456', 'Nguyễn Chim Hoàng Yến', 'CANARY-KEY-7', '31/02/1987', '0912000777'];
const [ID, NAME, KEY, DATE, PHONE] = CANARY;

/** Rows that fail in every way, each with a canary in it. */
export const CANARY_ROWS = `SELECT * FROM (VALUES
  ('${KEY}', '${ID}1', '${NAME} ', '${DATE}', '${PHONE}0', 'x'), ('${KEY}', '${ID}1', '${NAME} ', '${DATE}', '${PHONE}0', 'y'),
  ('${KEY}x', NULL, NULL, NULL, NULL, NULL)) AS t(code, id, name, born, phone, parent)`;

export const CANARY_CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: nguoi-lao-dong
version: 1.0.0
status: active
schema:
  - name: person
    quality:
      - {id: rows, metric: rowCount, mustBeGreaterThan: 100}
      - {id: cast, type: sql, query: 'SELECT max(CAST(name AS INTEGER)) FROM {object}', mustBe: 0}
      - {id: text, type: sql, query: 'SELECT max(name) FROM {object}', mustBe: 0}
      - {id: file, type: sql, query: "SELECT count(*) FROM read_csv('/etc/passwd')", mustBe: 0}
    properties:
      - {name: code, logicalType: string, primaryKey: true}
      - name: id
        logicalType: string
        required: true
        classification: restricted
        quality:
          - {id: id_form, type: custom, engine: csdl, implementation: personal-id}
          - {id: id_valid, metric: invalidValues, mustBe: 0, arguments: {validValues: [a]}}
      - {name: name, logicalType: string, required: true, quality: [{id: name_spacing, type: custom, engine: csdl, implementation: spacing}]}
      - {name: born, logicalType: date, logicalTypeOptions: {format: dd/MM/yyyy}}
      - {name: phone, logicalType: integer, quality: [{id: phone_form, type: custom, engine: csdl, implementation: phone-number}]}
      - {name: parent, logicalType: string, relationships: [{to: person.code}]}
      - {name: gone, logicalType: string, required: true}
`;

/** Everything a DuckDB file holds, as one text. */
export async function everyCell(path: string): Promise<string> {
  const database = await Database.open({ path, readOnly: true });
  try {
    const tables = await database.anyRows(
      'SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal ORDER BY 1',
    );
    const texts: string[] = [];
    for (const { name } of tables)
      texts.push(JSON.stringify(await database.anyRows(`SELECT * FROM "${String(name)}"`)));
    return texts.join('\n');
  } finally {
    database.close();
  }
}
