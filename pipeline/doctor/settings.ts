/** The settings as the next night will find them. Rule: of a secret only the name is said. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { knownFault } from '../../config/system-fault.ts';
import { localDay } from '../../config/time.ts';
import { tryPlan } from '../stages/plan.ts';
import { action, type Examined, note, ok } from './examined.ts';

export interface ExaminedSettings {
  examined: Examined[];
  /** Ids of those who are told how a night went; null where the settings cannot be read. */
  recipients: string[] | null;
}

const UNSET = 'config/unset-variable';

export async function examineSettings(
  configFolder: string | undefined,
  environment: NodeJS.ProcessEnv,
  now: Date,
): Promise<ExaminedSettings> {
  try {
    const { plan, problems } = await tryPlan(configFolder, environment, true);
    const unset = problems.filter(({ code }) => code === UNSET);
    // That `${NAME}` itself is no good value only says again that it is not set.
    const others = problems.filter((one) => !unset.some(({ file, key }) => file === one.file && key === one.key));
    const names = [...new Set(unset.map(({ message }) => /variable (\w+)/.exec(message)?.[1] ?? ''))].sort();
    const [first] = others;
    const examined = [
      first === undefined
        ? names.length === 0
          ? ok('settings', 'in order')
          : note('settings', 'no problem seen; a file that names a variable is only looked through once it is set')
        : action(
            'settings',
            `${others.length} to put right; the first: ${first.file}:${first.line ?? 1}: ${first.message}`,
            `${first.hint === null ? '' : `${first.hint}; `}csdl check lists all of them`,
          ),
      names.length === 0
        ? ok('secrets', 'every variable that the settings name is set')
        : (hasHiddenSecrets(configFolder) ? note : action)(
            'secrets',
            `not set in this environment: ${names.join(', ')}`,
            'set them in the file of secrets that the schedule reads (/etc/csdl/secrets.env), and load it before csdl doctor, which sees only its own environment',
          ),
    ];
    const fixed = plan?.loaded.config.sources.as_of;
    if (fixed !== undefined && fixed !== localDay(now))
      examined.push(
        note(
          'day',
          `sources.yaml fixes as_of: ${fixed}`,
          `remove the line for a nightly run (${plan?.loaded.origin.find(({ file }) => file === 'sources.yaml')?.path}): every night scores for that day`,
        ),
      );
    return { examined, recipients: plan?.loaded.notifications.recipients.map(({ id }) => id) ?? null };
  } catch (error) {
    const known = knownFault(error);
    if (known === null) throw error;
    return { examined: [action('settings', known.message, known.hint ?? 'csdl check says more')], recipients: null };
  }
}

/** Whether the file of secrets is there for root and the schedule alone: whoever asks here cannot have loaded it. */
function hasHiddenSecrets(configFolder: string | undefined): boolean {
  const file = join(configFolder ?? '', 'secrets.env');
  if (configFolder === undefined || !existsSync(file)) return false;
  try {
    accessSync(file, constants.R_OK);
    return false;
  } catch {
    return true;
  }
}
