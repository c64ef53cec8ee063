/**
 * SQL in a process of its own, whose memory never held what is hidden. Rule: a file for others is not
 * written where the secrets were read; what the engine leaves in the free space of its blocks may be memory used before.
 */
import { spawn } from 'node:child_process';
import { Fault } from '../../config/fault.ts';
import { packageRoot } from '../../config/package-root.ts';

const SCRIPT = `
import { DuckDBInstance } from '@duckdb/node-api';
let sql = '';
for await (const piece of process.stdin.setEncoding('utf8')) sql += piece;
const settings = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', memory_limit: '512MB', threads: '1' };
const connection = await (await DuckDBInstance.create(':memory:', settings)).connect();
await connection.run("SET TimeZone = 'UTC'");
await connection.run(sql);
`;

const MOST_MS = 600_000;

/** Runs statements in a fresh engine; it inherits no environment. @throws Fault `database/clean-process` */
export function runInCleanProcess(sql: string, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
      cwd: packageRoot,
      env: {},
      stdio: ['pipe', 'ignore', 'pipe'],
      timeout: MOST_MS,
    });
    let said = '';
    const fail = (reason: string): void =>
      reject(
        new Fault('database/clean-process', `${what}: ${reason}`, {
          hint: 'the process that writes the edition failed',
        }),
      );
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said = `${said}${piece}`.slice(0, 4_000);
    });
    // A child that ends early says why by its end; what could not be handed to it need not be told.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else fail(/^\w*Error: .*$/m.exec(said)?.[0] ?? `it ended with ${code ?? 'a signal'}`);
    });
    child.stdin.end(sql);
  });
}
