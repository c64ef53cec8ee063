/** csdl doctor: whether the next night will go well, and what to do where it will not. */
import { EXIT } from '../../../config/fault.ts';
import type { Examined } from '../../doctor/examined.ts';
import { examineClosed, examineFolder } from '../../doctor/folder.ts';
import { examineMachine } from '../../doctor/machine.ts';
import { examineNights, examineNotified } from '../../doctor/nights.ts';
import { examineSchedule } from '../../doctor/schedule.ts';
import { examineSettings } from '../../doctor/settings.ts';
import { outPaths } from '../../paths.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';
import { visible } from '../visible.ts';

export const doctor: Verb = {
  name: 'doctor',
  summary: 'look at machine, settings, folder and last nights: what needs action, and what to do',
  examples: [
    'csdl doctor --config /etc/csdl --out /srv/csdl',
    'csdl doctor --json        # exit 4 where something needs action',
  ],
  declare() {},
  async run({ effects, options }) {
    const now = effects.now();
    const paths = outPaths(options.out);
    const settings = await examineSettings(options.config, effects.environment, now);
    const closed = examineClosed(paths);
    const results =
      closed === null
        ? [
            ...examineFolder(paths, now, process.getuid?.()),
            ...(await examineNights(paths, now)),
            ...(await examineSchedule(paths.out, effects.environment)),
            ...examineNotified(paths.out, settings.recipients),
          ]
        : [closed];
    const examined: Examined[] = [...settings.examined, ...(await examineMachine()), ...results];
    const actions = examined.filter(({ state }) => state === 'action');
    if (options.json) printJson(effects, { ok: actions.length === 0, checks: examined });
    else effects.stdout(`${examined.map(shown).join('\n')}\n\n${closing(actions.length)}\n`);
    return actions.length === 0 ? EXIT.ok : EXIT.gate;
  },
};

const MARKS = { ok: 'ok', note: 'note', action: 'ACTION' } as const;

function shown({ check, state, message, hint }: Examined): string {
  const line = `${MARKS[state].padEnd(7)} ${check}: ${message}`;
  return hint === null ? visible(line) : `${visible(line)}\n        → ${visible(hint)}`;
}

function closing(actions: number): string {
  if (actions === 0) return 'Nothing needs action.';
  return `${actions} thing${actions === 1 ? '' : 's'} need${actions === 1 ? 's' : ''} action.`;
}
