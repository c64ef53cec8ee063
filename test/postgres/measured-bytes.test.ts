/** As test/pipeline/measured-bytes.test.ts, for records that lie in PostgreSQL: what its server says in an answer or an error stays there. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { canarySettings, expectNothingKept, MARK, NUMBER, ROWS } from '../support/measured-canary.ts';
import { SKIPPED, type TestServer, testServer, url } from '../support/postgres.ts';

describe.skipIf(url === undefined)(`PostgreSQL${url === undefined ? ` (${SKIPPED})` : ''}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer();
    await server.run(`
      CREATE TABLE person AS SELECT '${MARK}k' || (i % 39000) AS code, '${MARK}' || md5(i::text) AS id,
        '${MARK} ' || i || ' Nguyễn Văn  A' AS name, '${MARK}/13/' || (1900 + i % 99) AS born, '${MARK}p' || i AS parent,
        ${NUMBER} + i % 2 AS salary FROM generate_series(1, ${ROWS}) AS i;
      GRANT SELECT ON person TO ${server.user}`);
  });
  afterAll(() => server.close());

  test('no byte of a record measured there is in anything a night leaves', async () => {
    const { host, port, database, user, password } = server;
    const place = `postgres: {host: '${host}', port: ${port}, database: ${database}, user: ${user}, password: '\${CANARY_PASSWORD}', tls: false}`;
    await expectNothingKept(canarySettings(place, [`${host}:${port}`]), { CANARY_PASSWORD: password });
  }, 120_000);
});
