/** The log of synchronisations over HTTP, through the real client, engine, store and models, night after night. */
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../support/loopback.ts';
import { clockFrom, fact, ndjson, Project } from '../support/project.ts';

const HEADER = 'db,way,started,finished,sent,accepted,rejected,backlog\n';
const row = (day: string, way: string, accepted = 100): string =>
  `ho-so-mot,${way},${day} 08:00:00,${day} 08:01:00,100,${accepted},${100 - accepted},0\n`;

test('a log over HTTP confirms the connection and the schedule; when it falls silent the claim is held against it', async () => {
  let log = HEADER + row('2026-06-28', 'out') + row('2026-06-28', 'in');
  const server = await listen(
    createServer((request, response) => {
      const tag = `"${log.length}"`;
      if (request.headers['if-none-match'] === tag) response.writeHead(304).end();
      else response.writeHead(200, { etag: tag, 'content-type': 'text/csv' }).end(log);
    }),
  );
  const claim = ndjson([fact('ho-so-mot', 'c12.connection', { state: 'two_way' })], { stated_at: '2026-06-20' });
  const columns =
    '{database: db, direction: way, started: started, finished: finished, sent: sent, accepted: accepted, rejected: rejected, backlog: backlog}';
  const project = new Project({
    'bao-cao.ndjson': claim,
    'sources.yaml': `hosts: [127.0.0.1]
sources:
  - {id: bao-cao, connector: baseline, options: {path: bao-cao.ndjson}}
  - id: nhat-ky
    connector: sync-log
    trust: {grade: E4, said_by: [receiver]}
    options: {url: "http://${server.host}/log.csv", partner: c12, columns: ${columns}}
`,
  });
  const night = (day: string) => project.run({ asOf: day, now: clockFrom(`${day}T15:30:00Z`) });

  const { report } = await night('2026-06-29');
  expect(report.sources[1]).toMatchObject({ id: 'nhat-ky', state: 'ok', rejections: 0 });
  expect(
    await project.query(
      'SELECT batches, succeeded, records_sent, records_accepted, last_success::VARCHAR AS last_success FROM sync_window',
    ),
  ).toEqual([{ batches: 1, succeeded: 1, records_sent: '100', records_accepted: '100', last_success: '2026-06-28' }]);
  expect(
    await project.query("SELECT level_confirmed, c12_state FROM readiness WHERE database_id = 'ho-so-mot'"),
  ).toEqual([{ level_confirmed: 1, c12_state: 'two_way' }]);
  const confirmed = await project.query(
    "SELECT indicator, confirmed > 0 AS confirmed FROM indicator_result WHERE database_id = 'ho-so-mot' AND indicator IN ('c12_connection', 'last_update_on_schedule') ORDER BY 1",
  );
  expect(confirmed).toEqual([
    { indicator: 'c12_connection', confirmed: true },
    { indicator: 'last_update_on_schedule', confirmed: true },
  ]);

  // Delivered every night, and nothing in it any more.
  log += row('2026-06-28', 'out', 0);
  await night('2026-07-08');
  const [finding] = await project.query("SELECT text FROM finding WHERE kind = 'connected_without_traffic'");
  expect(finding?.text).toContain('chưa ghi nhận đồng bộ trong 10 ngày');
  await server.close();
});
