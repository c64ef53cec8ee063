/** The SQL console as it is served below /sql/: a page for each publication, and the engine that the build has put together. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Labels } from '../../config/labels.ts';
import { asset } from '../../config/package-root.ts';
import { consoleStyles, renderConsole } from '../../reports/console/render-page.ts';
import type { Answer } from './answer.ts';
import { contentType } from './content-types.ts';
import type { ServedPublication } from './publication-files.ts';

/** Name below /sql/ → file of the build; the engine lies there compressed. */
const BUILT: Readonly<Record<string, { file: string; isGzip: boolean }>> = {
  'page.js': { file: 'page.js', isGzip: false },
  'duckdb-browser-eh.worker.js': { file: 'duckdb-browser-eh.worker.js', isGzip: false },
  'duckdb-eh.wasm': { file: 'duckdb-eh.wasm.gz', isGzip: true },
};

const builtFile = (file: string): string => asset('dist', 'reports', 'console', 'served', file);

export class ConsoleFiles {
  readonly #labels: Labels;
  readonly #kept = new Map<string, Answer>();

  constructor(labels: Labels) {
    this.#labels = labels;
  }

  /** Whether the build has made the engine; a clone that was only type-checked has none. */
  get isBuilt(): boolean {
    return Object.values(BUILT).every(({ file }) => existsSync(builtFile(file)));
  }

  /** @param name what stands behind /sql/; null for what the console has not */
  async answer(name: string, { manifest }: Pick<ServedPublication, 'folder' | 'manifest'>): Promise<Answer | null> {
    if (name === 'index.html') {
      const etag = `"${manifest.files['csdl.duckdb']?.sha256 ?? ''}"`;
      return kept(renderConsole({ ...manifest, etag }, this.#labels), name);
    }
    if (name === 'page.css') return kept(consoleStyles(), name);
    const built = Object.hasOwn(BUILT, name) ? BUILT[name] : undefined;
    if (built === undefined) return null;
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const answer = { ...kept(await readFile(builtFile(built.file)), name), isGzip: built.isGzip };
    this.#kept.set(name, answer);
    return answer;
  }
}

function kept(content: string | Buffer, name: string): Answer {
  const body = Buffer.from(content);
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  return { status: 200, type: contentType(name), etag, isConsole: true, body };
}
