/** csdl sql without a statement: a prompt on a terminal, a file of statements elsewhere; each passes the safe reader. */
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { csdl, type Said } from '../../support/cli.ts';
import { FACTS, ndjson, Project } from '../../support/project.ts';

const project = new Project({ 'nguon-mot.ndjson': ndjson(FACTS) });
const CTRL = { c: '\u0003', d: '\u0004' };
const UP = '\u001b[A';

beforeAll(async () => {
  await project.run();
});

async function piped(text: string, ...flags: string[]): Promise<Said> {
  const input = new PassThrough();
  const echo = new PassThrough();
  input.end(text);
  const said = await csdl(['sql', '--out', project.out, ...flags], { keyboard: { input, isTerminal: false, echo } });
  expect(echo.read(), 'nothing is prompted').toBeNull();
  return said;
}

/** Types each piece once the prompt for it stands there, as a person would. */
async function typed(pieces: readonly string[], wait = /(csdl|\.\.\.)> /g): Promise<Said & { screen: string }> {
  const input = new PassThrough();
  const echo = new PassThrough();
  let screen = '';
  let next = 0;
  let seen = 0;
  echo.on('data', (data: Buffer) => {
    screen += data.toString();
    // Moves of the cursor leave the prompt in place; a new one stands on a line of its own.
    const prompts = screen.split(/\r?\n/).filter((line) => line.match(wait) !== null).length;
    if (prompts > seen && next < pieces.length) {
      seen = prompts;
      const piece = pieces[next++];
      setImmediate(() => input.write(piece));
    }
  });
  const said = await csdl(['sql', '--out', project.out], { keyboard: { input, isTerminal: true, echo } });
  return { ...said, screen };
}

describe('statements piped in', () => {
  test('run one after the other; the last needs no semicolon', async () => {
    const said = await piped("SELECT 1 AS a; -- one; two\nSELECT 'x;y' AS b;\n\nSELECT\n  3 AS c", '--json');
    expect(said).toMatchObject({ exit: 0, stdout: '[{"a":1}]\n[{"b":"x;y"}]\n[{"c":3}]\n', stderr: '' });
  });

  test('stop at the first that fails, with its exit code', async () => {
    const said = await piped('SELECT 1 AS a;\nDROP TABLE readiness;\nSELECT 2 AS b;', '--json');
    expect([said.exit, said.stdout]).toEqual([2, '[{"a":1}]\n']);
    expect(said.stderr).toContain('usage/only-select');
  });

  test('nothing at all is no error', async () => {
    expect(await piped('  \n-- only words\n/* ; */')).toMatchObject({ exit: 0, stdout: '', stderr: '' });
  });

  test('.mode csv: no text becomes a formula, numbers stay', async () => {
    const said = await piped(
      `.mode csv\nSELECT '=1+1' AS a, -5 AS b, 'a "b", c' AS c, NULL AS d;\n.mode json\nSELECT 1 AS a;`,
    );
    expect(said.stdout).toBe(`a,b,c,d\n'=1+1,-5,"a ""b"", c",\n[{"a":1}]\n`);
  });

  test('what is not there is said', async () => {
    expect((await piped('.nothing')).stderr).toContain('.help lists them');
    expect((await piped('.mode xml')).stderr).toContain('.mode table|csv|json');
    expect((await piped(".schema a'b")).stderr).toContain('needs the name of a table');
  });
});

describe('a prompt', () => {
  test('.tables, .schema and .help; .quit ends with 0 even after a fault', async () => {
    const said = await typed(['.tables\r', '.schema readiness\r', 'SELEC 1;\r', '.help\r', '.quit\r']);
    expect(said.exit).toBe(0);
    expect(said.stdout).toMatch(/observation_conflict {2}/);
    expect(said.stdout).toMatch(/level_confirmed +integer/);
    expect(said.stdout).toContain('.schema TABLE');
    expect(said.stderr).toContain('Parser Error');
  });

  test('a statement over several lines, and the one before by the key upwards', async () => {
    const said = await typed(['SELECT 41\r', '+ 1 AS a;\r', 'SELECT 7 AS b;\r', `${UP}\r`, CTRL.d]);
    expect(said.stdout).toBe(' a\n──\n42\nb\n─\n7\nb\n─\n7\n');
    expect(said.screen).toContain(' ...> ');
    expect(said.exit).toBe(0);
  });

  test('Ctrl+C forgets what was begun, and ends nothing', async () => {
    const said = await typed(['SELECT nonsense\r', CTRL.c, 'SELECT 7 AS b;\r', CTRL.d]);
    expect([said.exit, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('7');
  });

  test('Ctrl+C stops what runs', async () => {
    const input = new PassThrough();
    const echo = new PassThrough();
    const started = performance.now();
    const ended = csdl(['sql', '--out', project.out], { keyboard: { input, isTerminal: true, echo } });
    input.write('SELECT count(*) FROM range(1000000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range;\r');
    await new Promise((resolve) => setTimeout(resolve, 700));
    input.write(CTRL.c);
    await new Promise((resolve) => setTimeout(resolve, 300));
    input.write(`SELECT 'still here' AS a;\r`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    input.write('.quit\r');
    const said = await ended;
    expect([said.exit, said.stderr]).toEqual([0, expect.stringContaining('sql/stopped')]);
    expect(said.stdout).toContain('still here');
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

test('without a keyboard it says how it is used', async () => {
  expect((await csdl(['sql', '--out', project.out])).stderr).toContain('usage/no-statement');
});
