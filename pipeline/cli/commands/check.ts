/** csdl check: every problem of the settings at once, each with file, line and key. */
import { EXIT } from '../../../config/fault.ts';
import { tryPlan } from '../../stages/plan.ts';
import type { Verb } from '../command.ts';
import { problemLine } from '../explain.ts';
import { printJson } from '../output.ts';

export const check: Verb = {
  name: 'check',
  summary: 'check all settings without running anything',
  examples: ['csdl check', 'csdl check --config ./my-config', 'csdl check --config ./my-config --json'],
  declare() {},
  async run({ effects, options }) {
    const { plan, problems } = await tryPlan(options.config, effects.environment, true);
    if (options.json) printJson(effects, { ok: problems.length === 0, problems });
    else if (plan === null)
      effects.stdout(
        `${problems.map(problemLine).join('\n')}\n${problems.length} problem${problems.length === 1 ? '' : 's'}\n`,
      );
    else {
      const { config, origin } = plan.loaded;
      const own = origin.filter((o) => !o.shipped).map((o) => o.file);
      effects.stdout(
        `Settings are in order: ${config.databases.length} databases, ${config.agencies.length} agencies, ${config.criteria.criteria.length} criteria, ${plan.sources.length} source(s).\n` +
          `${options.config === undefined ? 'All files are the ones shipped with the program.' : `Own files: ${own.join(', ') || 'none'}; all others are the shipped ones.`}\n`,
      );
    }
    return problems.length === 0 ? EXIT.ok : EXIT.usage;
  },
};
