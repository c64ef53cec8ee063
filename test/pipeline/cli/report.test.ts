/** csdl report: what it writes, what it refuses, and what a browser that fails leaves behind (nothing). */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { printPdf } from '../../../pipeline/browser/print-pdf.ts';
import { wordParts } from '../../../pipeline/cli/report-check.ts';
import { wordText } from '../../reports/official/official-parts.ts';
import { csdl, jsonOf, type Outside } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const project = new Project();
const to = join(project.folder, 'reports');

beforeAll(async () => {
  await project.run();
}, 60_000);

function report(argv: readonly string[], outside: Outside = {}) {
  return csdl(['report', '--config', project.config, '--out', project.out, '--to', to, ...argv], outside);
}

async function textOf(path: string): Promise<string> {
  return wordText((await wordParts(readFileSync(path))).get('word/document.xml') ?? '');
}

describe('Word files', () => {
  test('a night publishes them, and the verb writes the same bytes', async () => {
    const published = readdirSync(join(project.out, 'exports', 'word')).sort();
    expect(published).toEqual([
      'bao-cao-bo-noi-vu.docx',
      'bao-cao-bo-tu-phap.docx',
      'bao-cao-bo-y-te.docx',
      'bao-cao.docx',
    ]);
    const said = await report(['--all', '--json']);
    expect(said.exit, said.stderr).toBe(0);
    const { files } = jsonOf(said) as { files: { file: string; layout: string }[] };
    expect(files.map((one) => one.layout)).toEqual(['pass', 'pass', 'pass', 'pass']);
    for (const name of published)
      expect(readFileSync(join(to, name)).equals(readFileSync(join(project.out, 'exports', 'word', name))), name).toBe(
        true,
      );
  });

  test('the figures are those of the tables', async () => {
    const [row] = await project.query(
      "SELECT count(*)::INTEGER AS n, count(*) FILTER (level_reported IS NULL)::INTEGER AS silent, (SELECT count(DISTINCT database_id)::INTEGER FROM overdue) AS late FROM readiness WHERE agency_id = 'bo-y-te'",
    );
    const text = await textOf(join(project.out, 'exports', 'word', 'bao-cao-bo-y-te.docx'));
    const two = (n: unknown): string => String(n).padStart(2, '0');
    expect(text).toContain(`${two(row?.n)} CSDL được giao; ${two(row?.late)} CSDL đang quá hạn`);
    expect(text).toContain(`${row?.silent === 0 ? '0' : two(row?.silent)} CSDL chưa có thông tin`);
    const [sum] = await project.query('SELECT count(*)::INTEGER AS n FROM readiness');
    expect(await textOf(join(project.out, 'exports', 'word', 'bao-cao.docx'))).toMatch(
      new RegExp(`Tổng số\\n${sum?.n}\\n`),
    );
  });

  test('with a number it is the report to be signed', async () => {
    const said = await report(['--ministry', 'bo-noi-vu', '--number', '05/BC-BNV']);
    expect(said.exit, said.stderr).toBe(0);
    const text = await textOf(join(to, 'bao-cao-bo-noi-vu.docx'));
    expect(text).toContain('Số: 05/BC-BNV');
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).not.toContain('DỰ THẢO');
  });

  test('a head that the decree would not have is written, shown and ends with 4', async () => {
    project.write({ 'report.yaml': 'letterhead: {issuer: Bộ viết thường}\n' });
    const said = await report(['--json']);
    project.write({ 'report.yaml': '{}\n' });
    expect(said.exit).toBe(4);
    expect(said.stderr).toMatch(/issuing-body.*Bộ viết thường/);
    const checked = await csdl(['report', '--check', join(to, 'bao-cao.docx')]);
    expect(checked.exit).toBe(4);
    expect(checked.stdout).toContain('issuing-body');
  });

  test('--check looks through any Word file', async () => {
    const said = await csdl(['report', '--check', join(project.out, 'exports', 'word', 'bao-cao.docx')]);
    expect([said.exit, said.stdout]).toEqual([0, expect.stringContaining('rules kept')]);
    const none = join(project.folder, 'none.docx');
    writeFileSync(none, 'no zip');
    expect((await csdl(['report', '--check', none])).exit).not.toBe(0);
    expect((await csdl(['report', '--check', join(project.folder, 'absent.docx')])).stderr).toContain('usage/no-file');
  });

  test.each([
    [['--format', 'odt'], 'usage/report'],
    [['--ministry', 'bo-y-te', '--all'], 'usage/report'],
    [['--ministry', 'bo-y-tee'], 'usage/unknown-agency'],
    [['--number', '5/BC'], 'usage/report'],
    [['--number', '05/BC-X Y'], 'usage/report'],
    [['--number', '05/BC-BNV', '--all'], 'usage/report'],
    [['--number', '05/BC-BNV', '--format', 'pdf'], 'usage/report'],
  ])('%j is refused before anything is written', async (argv, code) => {
    const said = await report(argv);
    expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining(code)]);
  });

  test('an agency of report.yaml must be one', async () => {
    project.write({ 'report.yaml': 'agencies:\n  bo-khong-co: {issuer: BỘ}\n' });
    const said = await csdl(['check', '--config', project.config]);
    project.write({ 'report.yaml': '{}\n' });
    expect([said.exit, said.stdout + said.stderr]).toEqual([
      2,
      expect.stringContaining('agency "bo-khong-co" is not in agencies.csv'),
    ]);
  });
});

describe('PDF', () => {
  /** A browser that does what a line of shell says; its last argument but one names the PDF. */
  function browser(script: string): string {
    const path = join(temporaryFolder(), 'browser');
    writeFileSync(
      path,
      `#!/bin/sh\nfor a in "$@"; do case "$a" in --print-to-pdf=*) pdf="\${a#*=}";; esac; done\n${script}\n`,
    );
    chmodSync(path, 0o755);
    return path;
  }
  const options = {
    environment: { PATH: process.env.PATH, SECRET_TOKEN: 'geheim' },
    signal: new AbortController().signal,
    madeAt: '2026-06-29T15:00:00.000Z',
  };
  const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('csdl-print-'));

  test('without a browser the message says what to do', async () => {
    const said = await report(['--format', 'pdf', '--browser', '/no/such/browser']);
    expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining('report/no-browser')]);
    expect(said.stderr).toContain('--format docx');
  });

  test('what it writes carries the time of the publication, not that of the machine', async () => {
    const bytes = await printPdf('<p>x</p>', {
      ...options,
      browser: browser(
        `printf '%%PDF-1.4 /Creator (Some Browser 9) /CreationDate (D:20990101000000+00'"'"'00'"'"')' > "$pdf"`,
      ),
    });
    expect(Buffer.from(bytes).toString()).toBe(
      `%PDF-1.4 /Creator (csdl-readiness) /CreationDate (D:20260629150000+00'00')`,
    );
  });

  test('no secret of the environment reaches it', async () => {
    const bytes = await printPdf('<p>x</p>', { ...options, browser: browser('{ printf "%%PDF-"; env; } > "$pdf"') });
    expect(Buffer.from(bytes).toString()).not.toContain('geheim');
  });

  test.each([
    ['exit 3', /ended with 3/],
    ['exit 0', /wrote no PDF/],
    ['echo hello > "$pdf"', /is no PDF/],
  ])('"%s" is a fault', async (script, message) => {
    const before = left();
    await expect(printPdf('<p>x</p>', { ...options, browser: browser(script) })).rejects.toThrow(message);
    expect(left()).toEqual(before);
  });

  test('one that hangs is ended with its children, in time', async () => {
    const pid = join(temporaryFolder(), 'pid');
    const hanging = browser(`sleep 60 &\necho $! > ${pid}\nwait`);
    await expect(printPdf('<p>x</p>', { ...options, browser: hanging, timeout: 500 })).rejects.toThrow(
      /within 0.5 seconds/,
    );
    expect(existsSync(pid)).toBe(true);
    await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false);
  });

  test('a run that is stopped stops it', async () => {
    const stop = new AbortController();
    const printed = printPdf('<p>x</p>', { ...options, browser: browser('sleep 60'), signal: stop.signal });
    stop.abort();
    await expect(printed).rejects.toThrow(/abort/i);
  });
});

/** A process that has ended but was not yet waited for by its new parent does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
