/** What the program needs of the machine: Node, words and time zone, the engine, a browser for PDF. */
import { readFileSync } from 'node:fs';
import { asset } from '../../config/package-root.ts';
import { findBrowser } from '../browser/print-pdf.ts';
import { loadedExtensions } from '../database/nights-of-store.ts';
import { action, type Examined, note, ok } from './examined.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const EXTENSIONS = ['icu', 'json', 'parquet'] as const;

export async function examineMachine(): Promise<Examined[]> {
  return [examineNode(process.versions.node), examineWords(), await examineEngine(), examineBrowser()];
}

/** @param running the version of Node, without a letter before it */
export function examineNode(running: string): Examined {
  const { engines } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { engines: { node: string } };
  const least = engines.node.replace(/^\D+/, '');
  const number = (version: string): number => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major * 1000 + minor;
  };
  return number(running) >= number(least)
    ? ok('node', `Node.js ${running}`)
    : action('node', `Node.js ${running} is too old`, `install Node.js ${least} or newer`);
}

/** Order of Vietnamese words and the offset of the zone come with Node; a build without them gives English silently. */
function examineWords(): Examined {
  const offset = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' })
    .formatToParts(new Date(0))
    .find(({ type }) => type === 'timeZoneName')?.value;
  const hasWords = Intl.Collator.supportedLocalesOf(['vi']).length === 1;
  // In 1970 the south kept UTC+8; what matters is that the zone is known at all.
  const hasZone = offset !== undefined && offset !== 'GMT';
  return hasWords && hasZone
    ? ok('locale', `Vietnamese and ${ZONE} are known`)
    : action(
        'locale',
        `this Node.js does not know ${hasWords ? ZONE : 'Vietnamese'}`,
        'use a build of Node.js with full ICU data, as the official ones are',
      );
}

async function examineEngine(): Promise<Examined> {
  try {
    const loaded = await loadedExtensions();
    const missing = EXTENSIONS.filter((name) => !loaded.includes(name));
    return missing.length === 0
      ? ok('engine', `DuckDB with ${EXTENSIONS.join(', ')}`)
      : action('engine', `DuckDB has no ${missing.join(', ')}`, 'install the release for this machine again');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return action('engine', `DuckDB does not start: ${message}`, 'install the release for this system and processor');
  }
}

function examineBrowser(): Examined {
  try {
    return ok('browser', `${findBrowser()} prints PDF`);
  } catch {
    return note(
      'browser',
      'no Chromium on this machine',
      'needed only for csdl report --format pdf; install chromium to print there',
    );
  }
}
