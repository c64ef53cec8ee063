/** The command line: the verbs in the order of the help, shared flags, one place where the exit code is decided. */
import { Command } from 'commander';
import { EXIT, type ExitCode } from '../../config/fault.ts';
import { packageVersion } from '../../config/package-root.ts';
import type { Verb } from './command.ts';
import { createContext } from './context.ts';
import type { Effects } from './effects.ts';
import { explainFault } from './explain.ts';
import type { Spoken } from './log.ts';
import { addGlobalOptions, type GivenOptions } from './options.ts';

/**
 * The order in the help is a choice: what is used most comes first. Only the verb that was asked for is loaded: what
 * one verb needs (the database, the templates) costs others a third of a second.
 */
const VERBS: readonly (readonly [name: string, load: () => Promise<Verb>])[] = [
  ['run', async () => (await import('./commands/run.ts')).run],
  ['check', async () => (await import('./commands/check.ts')).check],
  ['extract', async () => (await import('./commands/extract.ts')).extract],
  ['template', async () => (await import('./commands/template.ts')).template],
  ['reply', async () => (await import('./commands/reply.ts')).reply],
  ['profile', async () => (await import('./commands/profile.ts')).profile],
  ['reconcile', async () => (await import('./commands/reconcile.ts')).reconcile],
  ['score', async () => (await import('./commands/score.ts')).score],
  ['diff', async () => (await import('./commands/diff.ts')).diff],
  ['explain', async () => (await import('./commands/explain.ts')).explain],
  ['sql', async () => (await import('./commands/sql.ts')).sql],
  ['list', async () => (await import('./commands/list.ts')).list],
  ['export', async () => (await import('./commands/export.ts')).exporting],
  ['serve', async () => (await import('./commands/serve.ts')).serve],
  ['verify', async () => (await import('./commands/verify.ts')).verify],
  ['keygen', async () => (await import('./commands/keygen.ts')).keygen],
  ['render', async () => (await import('./commands/render.ts')).render],
  ['report', async () => (await import('./commands/report.ts')).report],
  ['backup', async () => (await import('./commands/backup.ts')).backup],
  ['restore', async () => (await import('./commands/restore.ts')).restore],
  ['init', async () => (await import('./commands/init.ts')).init],
  ['schedule', async () => (await import('./commands/schedule.ts')).schedule],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctor],
  ['notify', async () => (await import('./commands/notify.ts')).notify],
  ['completion', async () => (await import('./commands/completion.ts')).completion],
];

/** The verb named, or all of them when none is (for the help and for what is misspelt); the version needs none. */
export async function loadVerbs(name?: string): Promise<Verb[]> {
  if (name === '--version' || name === '-V') return [];
  const named = VERBS.filter(([known]) => known === name);
  return Promise.all((named.length > 0 ? named : VERBS).map(([, load]) => load()));
}

/** Parses `argv` (without node and script), runs the verb and gives the exit code; never exits the process itself. */
export async function runProgram(argv: readonly string[], effects: Effects): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const secrets = collectSecrets(effects.environment);
  const spoken: Spoken = { format: null, run: null };
  const program = new Command('csdl')
    .description('Which national databases are "đúng, đủ, sạch, sống", on what evidence, and what to do next.')
    .version(packageVersion)
    .configureOutput({ writeOut: effects.stdout, writeErr: effects.stderr })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 done · 1 infrastructure or bug · 2 usage or configuration · 3 a source was not ok · 4 a gate was not met',
    );
  // Completion is made of the whole tree.
  for (const verb of await loadVerbs(argv[0] === 'completion' ? undefined : argv[0])) {
    const command = addGlobalOptions(program.command(verb.name).description(verb.summary)).exitOverride();
    verb.declare(command);
    command.addHelpText('after', `\nExamples:\n${verb.examples.map((example) => `  $ ${example}`).join('\n')}`);
    command.action(async () => {
      const flags = command.opts<GivenOptions & Record<string, unknown>>();
      exit = await verb.run(createContext(effects, flags, secrets, spoken), command.args, flags, command);
    });
  }
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    return explainFault(error, effects, {
      json: argv.includes('--json'),
      debug: argv.includes('--debug'),
      secrets,
      spoken,
    });
  }
}

/** Values of the environment that look like secrets, longest first: masked wherever they would be printed. */
function collectSecrets(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment)
    .filter(
      ([name, value]) =>
        /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|CREDENTIAL/i.test(name) && value !== undefined && value.length >= 6,
    )
    .map(([, value]) => value ?? '')
    .sort((a, b) => b.length - a.length);
}
