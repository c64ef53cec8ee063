/**
 * HTML → PDF by a browser of this machine, without a network or a window (the page's own policy forbids scripts). Rule: what was started here ends here,
 * with all its children and its folder, also when it fails, takes too long or the run is stopped.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXIT, Fault } from '../../config/fault.ts';

/** Where a Chromium usually is. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  // No name is ever looked up: a page has nothing to ask, and nothing that got into it may.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
];

/** Of the environment only what the browser needs to find its fonts and programs: no secret is passed on. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'FONTCONFIG_FILE', 'FONTCONFIG_PATH', 'SystemRoot', 'USERPROFILE'];

const MOST_SAID = 4_000;

export interface PrintOptions {
  /** Path of the browser; where it is not given the usual places are tried. */
  readonly browser?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** When the document was made: the time in the PDF. ISO 8601, UTC. */
  readonly madeAt: string;
  /** Milliseconds a document may take. */
  readonly timeout?: number;
}

const TIMEOUT_MS = 60_000;
const CREATOR = 'csdl-readiness';

/** The browser that prints. @throws Fault `report/no-browser` */
export function findBrowser(given?: string): string {
  const found = given === undefined ? PLACES.find(existsSync) : existsSync(given) ? given : undefined;
  if (found === undefined)
    throw new Fault('report/no-browser', given === undefined ? 'no browser to print with' : `there is no ${given}`, {
      exit: EXIT.usage,
      hint: 'install Chromium, name one with --browser, or write Word files (--format docx)',
    });
  return found;
}

/**
 * @returns bytes of the PDF, fonts embedded as the machine has them
 * @throws Fault `report/no-browser`, `report/not-printed`; AbortError when the run is stopped
 */
export async function printPdf(html: string, options: PrintOptions): Promise<Uint8Array> {
  const browser = findBrowser(options.browser);
  options.signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'csdl-print-'));
  try {
    const page = join(folder, 'page.html');
    const target = join(folder, 'page.pdf');
    writeFileSync(page, html);
    const said = await runBrowser(
      browser,
      [
        ...FLAGS,
        // Chromium refuses its own sandbox for the superuser, as in containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(folder, 'profile')}`,
        `--print-to-pdf=${target}`,
        pathToFileURL(page).href,
      ],
      options,
    );
    if (!existsSync(target)) throw notPrinted('the browser wrote no PDF', said);
    const bytes = readFileSync(target);
    if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw notPrinted('what the browser wrote is no PDF', said);
    return withoutMachine(bytes, options.madeAt);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Waits for the end of the browser; what it said on stderr. */
function runBrowser(browser: string, args: readonly string[], options: PrintOptions): Promise<string> {
  const { signal, environment, timeout = TIMEOUT_MS } = options;
  const env = Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]]));
  return new Promise((resolve, reject) => {
    // A group of its own, so that all its processes can be ended, and only they.
    const child = spawn(browser, args, {
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    const stop = (reason: unknown): void => {
      endGroup(child);
      finish(() => reject(reason));
    };
    const timer = setTimeout(
      () => stop(notPrinted(`the browser did not end within ${timeout / 1000} seconds`, said)),
      timeout,
    );
    const abort = (): void => stop(signal.reason);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle();
    };
    signal.addEventListener('abort', abort, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MOST_SAID);
    });
    child.once('error', (error) => finish(() => reject(notPrinted(error.message, said))));
    child.once('close', (code) => {
      endGroup(child);
      finish(() =>
        code === 0 ? resolve(said) : reject(notPrinted(`the browser ended with ${code ?? 'a signal'}`, said)),
      );
    });
  });
}

/** Ends the browser and what it started; what has ended already is left. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function notPrinted(message: string, said: string): Fault {
  return new Fault('report/not-printed', message, {
    hint: 'try the browser by hand, name another one with --browser, or write Word files (--format docx)',
    details: { said: said.trim().split('\n').slice(-5) },
  });
}

/** Publication and program in place of the browser's clock and description: as long, so that no place in the file moves. */
function withoutMachine(bytes: Buffer, madeAt: string): Uint8Array {
  const time = `D:${madeAt.slice(0, 19).replace(/\D/g, '')}+00'00'`;
  const text = bytes
    .toString('latin1')
    .replace(/(\/(?:CreationDate|ModDate) \()(D:[^)]*)\)/g, (whole, key: string, old: string) =>
      old.length === time.length ? `${key}${time})` : whole,
    )
    .replace(
      /(\/Creator \()((?:\\.|[^\\)])*)\)/g,
      (_, key: string, old: string) => `${key}${CREATOR.padEnd(old.length).slice(0, old.length)})`,
    );
  return Buffer.from(text, 'latin1');
}
