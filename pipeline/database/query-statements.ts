/**
 * Which statements a session of a connector runs: those that read, and those that make tables in its own memory.
 * Everything that writes a file, changes a setting, prints or loads something is refused by its type.
 */
import { type DuckDBConnection, type DuckDBPreparedStatement, type DuckDBValue, StatementType } from '@duckdb/node-api';
import { Fault } from '../../config/fault.ts';

const READS: readonly StatementType[] = [StatementType.SELECT];
const MAKES: readonly StatementType[] = [
  StatementType.CREATE,
  StatementType.DROP,
  StatementType.ALTER,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.SELECT,
];

/** Prepared and bound, one after the other; each is to be run before the next is asked for. */
export async function* statementsOf(
  connection: DuckDBConnection,
  sql: string,
  parameters: Readonly<Record<string, unknown>>,
  use: 'rows' | 'run',
): AsyncIterable<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  for (let i = 0; i < statements.count; i++) {
    const prepared = await statements.prepare(i);
    try {
      mayRun(prepared.statementType, sql, use);
      bind(prepared, parameters);
      yield prepared;
    } finally {
      prepared.destroySync();
    }
  }
}

function mayRun(type: StatementType, sql: string, use: 'rows' | 'run'): void {
  if ((use === 'rows' ? READS : MAKES).includes(type)) return;
  // A database file that may be read could otherwise be written; the text is the program's own, so its form is known.
  if (use === 'run' && type === StatementType.ATTACH && /\(\s*READ_ONLY\s*\)\s*;?\s*$/.test(sql)) return;
  throw new Fault('database/refused-statement', `a session does not run ${StatementType[type]} here`, {
    hint: use === 'rows' ? 'read with SELECT' : 'read with SELECT, and keep what is worked out in tables',
  });
}

/** Binds what the statement names; DuckDB refuses parameters it does not name. */
function bind(prepared: DuckDBPreparedStatement, parameters: Readonly<Record<string, unknown>>): void {
  const values: Record<string, DuckDBValue> = {};
  for (let i = 1; i <= prepared.parameterCount; i++) {
    const name = prepared.parameterName(i);
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value !== null && !['string', 'number', 'bigint', 'boolean'].includes(typeof value)) {
      throw new Fault('database/missing-parameter', `no plain value was given for $${name}`);
    }
    values[name] = value as DuckDBValue;
  }
  if (prepared.parameterCount > 0) prepared.bind(values);
}
