/** Logs of synchronisation in each of their forms, and Arrow as it comes in bulk. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Field, tableFromArrays, tableToIPC } from 'apache-arrow';
import fc from 'fast-check';
import { silentLog } from '../../../config/log.ts';
import { cellDuration } from '../../../config/schema/parts.ts';
import { ArrowProblem, checkArrowStream } from '../../../connectors/arrow-stream.ts';
import type { CollectContext } from '../../../connectors/contract.ts';
import { bulkRows } from '../../../connectors/sources/status-api/bulk.ts';
import { arrowBatches } from '../../../connectors/sources/sync-log/arrow-frames.ts';
import { datedName, formatOf } from '../../../connectors/sources/sync-log/delivered-files.ts';
import { scheduleDays } from '../../../connectors/sources/sync-log/figures.ts';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { arrowBytes, at, batch, COLUMNS, csvText, jsonText, writeParquet } from '../../support/sync-logs.ts';
import { files, texts } from '../inputs.ts';
import { asFile, scratch } from '../samples.ts';
import { file, must, type Targets, text } from '../target.ts';

const batches = [0, 1, 2, 3].map((day) =>
  batch({
    db: day % 2 === 0 ? 'a' : 'b',
    started: at(`2026-06-2${day + 5} 08:00:00`),
    finished: at(`2026-06-2${day + 5} 08:01:00`),
    sent: 10,
    accepted: 9 + (day % 2),
    rejected: day % 2,
    reason: day === 1 ? 'timeout' : null,
  }),
);
const WORDS = [
  ...[
    ',',
    ';',
    '|',
    '\t',
    '\n',
    '\r\n',
    '"',
    '""',
    '{',
    '}',
    ':',
    'null',
    '1.041',
    '1,041',
    '-5',
    '1e3',
    '2026-06-29 08:00:00',
  ],
  ...[
    '29/06/2026 08:00:00',
    '1782691200',
    '1782691200000',
    '2026-06-29T08:00:00+07:00',
    '2026-13-01',
    'db',
    'started',
    'out',
    'in',
  ],
];
const registry = {
  databases: [
    { database_id: 'a', sync_schedule: 'P1D' },
    { database_id: 'b', sync_schedule: null },
  ],
} as never;

/** Reads a log as the night does, on an engine of its own. */
function reading(): (path: string) => Promise<void> {
  const signal = new AbortController().signal;
  const query = createQuerySessions().port(signal);
  const options = connector.options as unknown as { parse(value: unknown): never };
  return async (path) => {
    const settings = options.parse({ partner: 'c12', columns: COLUMNS, path: basename(path) });
    const context = {
      ...{ sourceId: 's', folder: scratch, log: silentLog, signal, query, registry, asOf: '2026-06-29', hosts: [] },
      ...{ now: () => new Date('2026-06-29T17:30:00Z'), meter: { tries: 0, bytes: 0 }, scratch: () => scratch },
    } as unknown as CollectContext;
    for await (const piece of connector.collect(settings, context)) {
      if (piece.kind !== 'statement') continue;
      const { value_number, value_total } = piece.statement as { value_number?: number; value_total?: number };
      must(!(Number(value_number) < 0) && !(Number(value_number) > Number(value_total)), 'a part of its whole');
    }
  };
}

const ofBytes = (samples: readonly Uint8Array[], ending: string) => {
  const read = reading();
  return file({ inputs: files(samples), feed: (bytes) => read(asFile(bytes, ending)) });
};
const ofTexts = (samples: readonly string[], ending: string) => {
  const read = reading();
  return file({ inputs: texts(samples, WORDS), feed: (content) => read(asFile(content, ending)) });
};

const bulk = (): Uint8Array =>
  tableToIPC(
    tableFromArrays({
      database: ['a', 'b'],
      attribute: ['records.count', 'c12.connection'],
      state: [null, 'two_way'],
      number: [1, null],
    }),
    'stream',
  );

export const targets: Targets = {
  'log: CSV': () => ofTexts([csvText(batches), csvText(batches, ';'), csvText([])], '.csv'),
  'log: JSON lines': () => ofTexts([jsonText(batches)], '.jsonl'),
  'log: Parquet': async () => {
    const path = asFile('', '.parquet');
    await writeParquet(path, batches);
    return ofBytes([readFileSync(path)], '.parquet');
  },
  'log: Arrow': () =>
    ofBytes([arrowBytes(batches, 'file', 'text'), arrowBytes(batches, 'stream', 'dictionary', 2)], '.arrow'),
  'Arrow: batches for measuring': () =>
    file({
      inputs: files([arrowBytes(batches, 'file', 'dictionary'), arrowBytes(batches, 'stream', 'text', 2)]),
      feed: async (bytes) => {
        const path = asFile(bytes, '.arrow');
        for await (const one of arrowBatches({ path, name: 'x.arrow', size: statSync(path).size }))
          must(one.numRows >= 0 && one.schema.fields.every((field) => field instanceof Field), 'a batch with fields');
      },
    }),
  'Arrow: stream of a status in bulk': () =>
    file({
      inputs: files([bulk()]),
      refuses: [ArrowProblem],
      feed: async (bytes) => {
        const path = asFile(bytes, '.arrows');
        let rows = 0;
        for await (const { row } of bulkRows(
          [{ file: path, sha256: '', rows: undefined }],
          new AbortController().signal,
        )) {
          rows += 1;
          must(row === rows, 'rows are counted');
        }
        await checkArrowStream(path, { rows: 1_000_000 });
      },
    }),
  'log: names of files and schedules': () =>
    text({
      inputs: fc.tuple(
        texts(
          ['sync-2026-06-29.csv', 'sync-202606.csv.gz', 'log_2026_06.parquet'],
          ['-', '_', '.', '2026', '06', '29', '00', '99', 'csv', 'gz'],
        ),
        texts(['P1D', 'P1M', 'PT1H', 'P1W'], ['P', 'T', 'D', 'M', 'W', 'Y', 'H', '9']),
      ),
      feed: ([name, duration]) => {
        const dated = datedName(name);
        if (dated !== null)
          must(Number.isFinite(dated.until) && /^\d{4}-\d\d-\d\d$/.test(dated.from), `dates of ${name}`);
        // The registry lets no other through.
        const days = cellDuration.safeParse(duration).success ? scheduleDays(duration) : null;
        must(days === null || (Number.isFinite(days) && days > 0), `days of ${duration}: ${days}`);
        formatOf(name);
      },
    }),
};
