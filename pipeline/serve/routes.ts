/** Address → answer. Rule: an address is decoded once and looked up; nothing in it is ever a path of the disk. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OutPaths } from '../contract.ts';
import { SIGNATURE_FILE } from '../signature.ts';
import { type Answer, plainAnswer } from './answer.ts';
import type { ConsoleFiles } from './console-files.ts';
import { contentType } from './content-types.ts';
import { openListed, type PublicationFiles, type ServedPublication } from './publication-files.ts';

export interface Served {
  paths: OutPaths;
  publication: PublicationFiles;
  /** Undefined where the console is not built. */
  console: ConsoleFiles | undefined;
  /** Text of the link to the console. */
  consoleName: string;
}

const NOT_FOUND = plainAnswer(404, 'not found');
/** Files of the publication that have an address; the rest of its folder has none. */
const OPEN = /^(csdl\.duckdb$|site\/|exports\/)/;

/** @param target as it stands in the first line of the request */
export async function route(target: string, served: Served): Promise<Answer> {
  const name = nameOf(target);
  if (name === null) return plainAnswer(400, 'this address cannot be read');
  if (name === '') return moved('site/index.html');
  if (name === 'status.js' || name === 'status.json') return status(name, served);
  const publication = await served.publication.current();
  if (publication === null) return plainAnswer(503, 'nothing is published yet', { 'retry-after': '60' });
  if (name === 'manifest.json') return hashed(publication.manifestText, name);
  if (name === SIGNATURE_FILE) return publication.signature === null ? NOT_FOUND : hashed(publication.signature, name);
  if (name === 'sql') return served.console === undefined ? NOT_FOUND : moved('sql/');
  if (name.startsWith('sql/'))
    return (await served.console?.answer(asPage(name).slice('sql/'.length), publication)) ?? NOT_FOUND;
  const isFolder = !name.endsWith('/') && Object.hasOwn(publication.manifest.files, `${name}/index.html`);
  if (isFolder) return moved(`${name.split('/').at(-1)}/`);
  return file(publication, asPage(name));
}

/** The name behind the first slash, decoded once; null for what is no plain address of ours. */
function nameOf(target: string): string | null {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  if (!path.startsWith('/')) return null;
  try {
    const name = decodeURIComponent(path.slice(1));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of ours holds one
    return /[\u0000-\u001f\\]|(^|\/)\.{1,2}(\/|$)|\/\/|^\//.test(name) ? null : name;
  } catch {
    return null;
  }
}

const asPage = (name: string): string => (name.endsWith('/') ? `${name}index.html` : name);

async function file(publication: ServedPublication, name: string): Promise<Answer> {
  const listed = OPEN.test(name) && Object.hasOwn(publication.manifest.files, name);
  const { sha256 = '', bytes = 0 } = listed ? (publication.manifest.files[name] ?? {}) : {};
  const handle = listed ? await openListed(publication, name) : null;
  if (handle === null) return NOT_FOUND;
  return { status: 200, type: contentType(name), etag: `"${sha256}"`, body: { handle, bytes } };
}

/** How the last run ended; `status.js` also tells the pages that a console is there. */
async function status(name: 'status.js' | 'status.json', served: Served): Promise<Answer> {
  const path = name === 'status.js' ? served.paths.statusJs : served.paths.statusJson;
  let text = await readFile(path, 'utf8').catch(() => '');
  if (name === 'status.js' && served.console !== undefined)
    text += `window.CSDL_CONSOLE = ${JSON.stringify({ href: 'sql/', text: served.consoleName }).replace(/</g, '\\u003c')};\n`;
  else if (text === '') return NOT_FOUND;
  return hashed(text, name);
}

function hashed(text: string, name: string): Answer {
  const body = Buffer.from(text);
  return { status: 200, type: contentType(name), etag: `"${createHash('sha256').update(body).digest('hex')}"`, body };
}

function moved(to: string): Answer {
  return plainAnswer(302, `see ${to}`, { location: encodeURI(to) });
}
