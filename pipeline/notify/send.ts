/** Sends messages by the way each recipient is reached. Rule: one that fails never keeps another from being sent, and never throws. */
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import type { Log } from '../../config/log.ts';
import type { Notifications, Recipient } from '../../config/schema/notifications.ts';
import { absoluteAccess } from '../../connectors/http/access.ts';
import { createHttpHub } from '../../connectors/http/hub.ts';
import type { HttpAccess } from '../../connectors/ports.ts';
import { sendMail } from './mail.ts';
import type { Message } from './message.ts';

export interface SendInput {
  notifications: Notifications;
  /** Hosts that sources.yaml declares. */
  hosts: readonly string[];
  /** Folder of notifications.yaml. */
  folder: string;
  secrets: readonly string[];
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  signal: AbortSignal;
  log: Log;
}

export interface Sent {
  recipient: string;
  kind: Recipient['kind'];
  state: 'sent' | 'failed';
  code: string | null;
  message: string | null;
  hint: string | null;
}

/** A message is small and its receiver near: a night does not wait for long. */
const TRIES = 3;
const LIMITS = { tries: TRIES, try_seconds: 10, total_seconds: 30, max_bytes: 100_000 } as const;
const PAUSES_MS = [1000, 4000] as const;

/** @returns one row a message, in their order */
export async function sendAll(
  messages: readonly { recipient: Recipient; message: Message }[],
  input: SendInput,
): Promise<Sent[]> {
  const { hosts, environment, now } = input;
  const network = { concurrency: 4, per_host: 2, per_host_per_second: 10 };
  const hub = createHttpHub({ hosts, network, environment, now });
  try {
    return await Promise.all(
      messages.map(async ({ recipient, message }): Promise<Sent> => {
        const row = { recipient: recipient.id, kind: recipient.kind };
        try {
          if (recipient.kind === 'webhook') await post(recipient, message, input, hub);
          else await mailWithRetry(recipient, message, input);
          input.log.info('notify.sent', { recipient: recipient.id, kind: recipient.kind, id: message.id });
          return { ...row, state: 'sent', code: null, message: null, hint: null };
        } catch (error) {
          const failure = failureOf(error, input.secrets);
          input.log.warn('notify.failed', { recipient: recipient.id, kind: recipient.kind, ...failure });
          return { ...row, state: 'failed', ...failure };
        }
      }),
    );
  } finally {
    await hub.close();
  }
}

async function post(
  recipient: Extract<Recipient, { kind: 'webhook' }>,
  message: Message,
  { folder, now, signal, log }: SendInput,
  hub: ReturnType<typeof createHttpHub>,
): Promise<void> {
  const { key_id, secret, ca } = recipient;
  const access: HttpAccess = {
    ...LIMITS,
    auth: { kind: 'hmac', key_id, secret },
    tls: ca === undefined ? undefined : { ca },
  };
  const body = JSON.stringify({ type: 'csdl-notification/1', sent_at: now().toISOString(), ...message.data });
  await hub
    .port({ signal, meter: { tries: 0, bytes: 0 }, log })
    .client(absoluteAccess(access, folder), (client) =>
      client.post(recipient.url, { body, content_type: 'application/json; charset=utf-8' }),
    );
}

async function mailWithRetry(
  recipient: Extract<Recipient, { kind: 'email' }>,
  message: Message,
  { notifications, hosts, folder, signal }: SendInput,
): Promise<void> {
  const { smtp } = notifications;
  if (smtp === undefined) throw new Error('a recipient of kind email without smtp passed the check of the settings');
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    try {
      return await sendMail(message, recipient.to, smtp, hosts, folder);
    } catch (error) {
      const again = error instanceof Fault && error.details.again === true;
      if (!again || tried === TRIES) throw error;
      await wait(PAUSES_MS[tried - 1] ?? 0, undefined, { signal });
    }
  }
}

function failureOf(error: unknown, secrets: readonly string[]): { code: string; message: string; hint: string | null } {
  if (error instanceof Fault)
    return { code: error.code, message: mask(error.message, secrets), hint: error.hint ?? null };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'notify/failed', message: mask(message, secrets), hint: 'run csdl notify --test --debug' };
}
