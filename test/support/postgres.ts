/** A database of a test's own on the server that CSDL_TEST_POSTGRES names; dropped when the test file is done. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export const SKIPPED = 'CSDL_TEST_POSTGRES is not set: run .ci/postgres npm run test:postgres';

/** URL of a superuser, or undefined: then the suite is skipped and says so. */
export const url = process.env.CSDL_TEST_POSTGRES;
/** The authority of the server's certificate, where the server speaks TLS. */
export const authority = process.env.CSDL_TEST_POSTGRES_CA;

if (url === undefined) process.stdout.write(`the PostgreSQL suite is skipped: ${SKIPPED}\n`);

export interface TestServer {
  host: string;
  port: number;
  database: string;
  /** A user that may read `thua` and nothing else, and its password. */
  user: string;
  password: string;
  /** Runs statements as superuser in the database of the test. */
  run(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function testServer(): Promise<TestServer> {
  const name = `csdl_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const root = new Client({ connectionString: url ?? '' });
  await root.connect();
  await root.query(`CREATE DATABASE ${name}`);
  await root.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  const address = new URL(url ?? '');
  address.pathname = `/${name}`;
  const admin = new Client({ connectionString: address.href });
  await admin.connect();
  await admin.query(`
    CREATE TABLE thua (id bigint, chu_su_dung text, trang_thai text, cap_nhat timestamptz, ngay date, gio timestamp);
    INSERT INTO thua SELECT i, 'Tran Thi Bi Mat', 'two_way', '2026-06-28 10:00:00+07', '2026-06-27', '2026-06-28 10:00:00'
      FROM generate_series(1, 1041) AS i;
    CREATE TABLE kin (id int);
    CREATE SEQUENCE day;
    GRANT SELECT ON thua TO ${name};
    GRANT ALL ON SEQUENCE day TO ${name};
    GRANT ALL ON SCHEMA public TO ${name}`);
  return {
    host: address.hostname,
    port: Number(address.port || 5432),
    database: name,
    user: name,
    password,
    run: async (sql) => (await admin.query<Record<string, unknown>>(sql)).rows,
    async close() {
      await admin.end();
      await root.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await root.query(`DROP ROLE ${name}`);
      await root.end();
    },
  };
}
