/** csdl notify: who would be told of the last night, and a test of the way there. */
import { EXIT, Fault } from '../../../config/fault.ts';
import { Labels } from '../../../config/labels.ts';
import { notifyContext } from '../../notify/context.ts';
import { lastResult } from '../../notify/last-result.ts';
import { testMessage } from '../../notify/message.ts';
import { forgetFailures } from '../../notify/notified.ts';
import { messagesOf } from '../../notify/notify-night.ts';
import { sendAll } from '../../notify/send.ts';
import { outPaths } from '../../paths.ts';
import { makePlan } from '../../stages/plan.ts';
import type { Verb } from '../command.ts';
import { printJson, table } from '../output.ts';

export const notify: Verb = {
  name: 'notify',
  summary: 'try who is told how a night went: a test message, or what the last night would say',
  examples: [
    'csdl notify --test --config /etc/csdl --out /srv/csdl        # sends one test message to each recipient',
    'csdl notify --dry-run                                        # prints what the last night says; sends nothing',
    'csdl notify --test --dry-run --recipient truc-van-hanh',
  ],
  declare(command) {
    command
      .option('--test', 'send a test message to each recipient of notifications.yaml', false)
      .option('--dry-run', 'print the messages and send nothing', false)
      .option('--recipient <id...>', 'only these recipients');
  },
  async run({ effects, options, log }, _args, flags) {
    if (flags.test !== true && flags.dryRun !== true)
      throw new Fault('usage/nothing-asked', 'csdl notify sends nothing by itself: the night does', {
        exit: EXIT.usage,
        hint: 'give --test to send a test message, or --dry-run to see what the last night says',
      });
    const { loaded } = await makePlan(options.config, effects.environment);
    const { recipients } = loaded.notifications;
    const only = flags.recipient as string[] | undefined;
    const unknown = only?.find((id) => !recipients.some((recipient) => recipient.id === id));
    if (recipients.length === 0 || unknown !== undefined)
      throw new Fault(
        'usage/unknown-recipient',
        unknown === undefined
          ? 'notifications.yaml names nobody'
          : `there is no recipient "${unknown}" in notifications.yaml`,
        { exit: EXIT.usage, hint: 'its comments show how a recipient is written' },
      );
    const asked = recipients.filter(({ id }) => only === undefined || only.includes(id));
    const labels = new Labels(loaded.config.labels);
    const messages =
      flags.test === true
        ? asked.map((recipient) => ({ recipient, message: testMessage(labels, effects.now()) }))
        : (await messagesOf(loaded, lastResult(options.out), options.out)).filter(({ recipient }) =>
            asked.includes(recipient),
          );
    if (flags.dryRun === true) {
      if (options.json)
        printJson(
          effects,
          messages.map(({ recipient, message }) => ({ recipient: recipient.id, ...message.data })),
        );
      else if (messages.length === 0) effects.stdout('Nobody is told: there is nothing that a recipient asked for.\n');
      else
        effects.stdout(
          messages
            .map(
              ({ recipient, message }) => `── ${recipient.id} (${recipient.kind}): ${message.subject}\n${message.text}`,
            )
            .join('\n'),
        );
      return EXIT.ok;
    }
    const { environment, now, signal } = effects;
    const sent = await sendAll(messages, notifyContext(loaded, false, { environment, now, signal, log }));
    const reached = sent.filter(({ state }) => state === 'sent').map(({ recipient }) => recipient);
    forgetFailures(outPaths(options.out).out, reached);
    if (options.json) printJson(effects, sent);
    else {
      effects.stdout(
        `${table(sent.map(({ recipient, kind, state, code }) => ({ recipient, kind, state, error: code ?? '' })))}\n`,
      );
      for (const { recipient, message, hint } of sent)
        if (message !== null) effects.stdout(`! ${recipient}: ${message}${hint === null ? '' : ` → ${hint}`}\n`);
    }
    return sent.every(({ state }) => state === 'sent') ? EXIT.ok : EXIT.failed;
  },
};
