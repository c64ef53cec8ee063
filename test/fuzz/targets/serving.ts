/** What a reader asks of `csdl serve`, and the small files the program reads back: manifest, lock, status. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { takeLock } from '../../../pipeline/lock.ts';
import { outPaths } from '../../../pipeline/paths.ts';
import { byteRange } from '../../../pipeline/serve/byte-range.ts';
import { contentType } from '../../../pipeline/serve/content-types.ts';
import { PublicationFiles } from '../../../pipeline/serve/publication-files.ts';
import { route } from '../../../pipeline/serve/routes.ts';
import { currentManifest } from '../../../pipeline/stages/publish.ts';
import { jsonLike, texts } from '../inputs.ts';
import { scratch } from '../samples.ts';
import { must, type Targets, text } from '../target.ts';

const MANIFEST = {
  ...{
    run_id: 'r',
    as_of: '2026-06-29',
    edition: 'noi_bo',
    program_version: '0',
    method: 'm',
    bundle: 'b',
    made_at: '2026-06-29T00:00:00Z',
  },
  files: {
    'site/index.html': { sha256: 'a'.repeat(64), bytes: 4 },
    'csdl.duckdb': { sha256: 'b'.repeat(64), bytes: 3 },
  },
};

/** A publication with one page, and a file beside it that nobody may see. */
function published(): ReturnType<typeof outPaths> {
  const paths = outPaths(join(scratch, 'out'));
  const folder = join(paths.publications, 'r');
  mkdirSync(join(folder, 'site'), { recursive: true });
  writeFileSync(join(folder, 'site', 'index.html'), 'page');
  writeFileSync(join(folder, 'csdl.duckdb'), 'abc');
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(paths.out, 'secret'), 'secret');
  symlinkSync(join('publications', 'r'), paths.current);
  return paths;
}

const PATHS = [
  '/',
  '/site/index.html',
  '/csdl.duckdb',
  '/status.json',
  '/sql/',
  '/manifest.json',
  '/site',
  '/exports/csv/a.csv',
  '/../secret',
];
const PATH_WORDS = [
  '/',
  '..',
  '.',
  '%2e',
  '%2f',
  '%5c',
  '%00',
  '%',
  '%zz',
  '?',
  '#',
  '//',
  '\\',
  'site',
  'secret',
  'index.html',
  '__proto__',
  ' ',
  'é',
  '%C3%A9',
  '\u0000',
];
const JSON_WORDS = ['{', '}', '"', ':', ',', '[', 'null', '1e999', '"files"', '"pid"', '"__proto__"'];

/** JSON of the shape, with parts replaced, or its text damaged. */
const jsonFile = (sample: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    jsonLike([sample]).map((value) => JSON.stringify(value) ?? ''),
    texts([JSON.stringify(sample)], JSON_WORDS),
  );

export const targets: Targets = {
  'serve: byte ranges': () =>
    text({
      inputs: fc.tuple(
        texts(
          ['bytes=0-1', 'bytes=-5', 'bytes=7-', 'bytes=0-0,2-3'],
          ['bytes', '=', '-', ',', '0', '99', '9'.repeat(20), ' '],
        ),
        fc.nat(20),
      ),
      feed: ([header, size]) => {
        const range = byteRange(header, size);
        if (range === undefined || range === null) return;
        must(
          range.first >= 0 && range.first <= range.last && range.last < size,
          `range ${JSON.stringify(range)} of ${size}`,
        );
      },
    }),
  'serve: addresses': () => {
    const paths = published();
    const served = { paths, publication: new PublicationFiles(paths), console: undefined, consoleName: 'x' };
    return text({
      inputs: texts(PATHS, PATH_WORDS),
      feed: async (target) => {
        const answer = await route(target, served);
        const { body } = answer as { body?: Buffer | { handle: { close(): Promise<void> }; bytes: number } };
        if (body !== undefined && 'handle' in body) {
          await body.handle.close();
          must(body.bytes === 4 || body.bytes === 3, 'only what is listed');
        } else must(!String(body).includes('secret') || answer.status === 302, 'nothing else is seen');
        contentType(target);
      },
    });
  },
  'read back: manifest': () => {
    const paths = published();
    return text({
      inputs: jsonFile(MANIFEST),
      feed: (content) => {
        writeFileSync(join(paths.publications, 'r', 'manifest.json'), content);
        const manifest = currentManifest(paths);
        must(manifest === null || typeof manifest.as_of === 'string', 'a manifest');
      },
    });
  },
  'read back: lock': () => {
    const lock = join(scratch, 'run.lock');
    const holder = {
      pid: 2 ** 22 + 7,
      host: 'elsewhere',
      boot_id: 'x',
      process_start: '1',
      started_at: '2026-06-29T00:00:00Z',
    };
    return text({
      // An empty lock is waited for: its owner may be about to write it.
      inputs: jsonFile(holder).filter((content) => content !== ''),
      feed: (content) => {
        writeFileSync(lock, content);
        takeLock(lock, new Date('2026-06-29T00:00:00Z'))();
      },
    });
  },
};
