/** Shape of notifications.yaml: who is told how the night went, of what, and how much of it. */
import { z } from 'zod';
import { slug } from './parts.ts';

/** What a night may have to tell. */
export const OCCASIONS = ['failed', 'withheld', 'level', 'critical'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** `counts` names nothing; the others name what the edition of that name shows. */
export const CONTENTS = ['counts', 'chia_se', 'noi_bo'] as const;
export type Content = (typeof CONTENTS)[number];

const occasions = z
  .array(z.enum(OCCASIONS))
  .min(1)
  .default([...OCCASIONS]);
/** A PEM file, relative to the folder of notifications.yaml. */
const pem = z.string().min(1).max(1000);
const secret = z.string().min(16, 'must have at least 16 characters; is the environment variable set?').max(1000);

/** One address, without a name beside it: nothing that could break out of a header line. */
export const mailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@<>(),;:"\\\p{Cc}]+@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/u, 'must be an address: name@host');

const told = { id: slug, on: occasions, content: z.enum(CONTENTS).default('counts') };

const webhook = z.strictObject({
  ...told,
  kind: z.literal('webhook'),
  /** Its host stands under `hosts` in sources.yaml; https, but for this machine itself. */
  url: z.url({ protocol: /^https?$/, error: 'must be an https address' }),
  /** Which secret signed: the receiver chooses it. */
  key_id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'must be letters, digits, dots, _ and -')
    .default('csdl'),
  /** Shared with the receiver; the message is signed with it and it never travels. */
  secret,
  ca: pem.optional(),
});
const mail = z.strictObject({ ...told, kind: z.literal('email'), to: z.array(mailAddress).min(1).max(50) });

const smtp = z
  .strictObject({
    /** Stands under `hosts` in sources.yaml. */
    host: z
      .string()
      .transform((text) => text.toLowerCase())
      .refine((text) => /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+)$/.test(text), 'must be a host, without port'),
    port: z.number().int().min(1).max(65_535).default(587),
    from: mailAddress,
    user: z.string().min(1).max(200).optional(),
    password: z.string().min(1, 'is empty; is the environment variable set?').max(1000).optional(),
    ca: pem.optional(),
  })
  .refine((s) => (s.user === undefined) === (s.password === undefined), '`user` and `password` are given together');

export const notificationsFile = z
  .strictObject({
    /** The address at which people open the site; links of a message begin with it. */
    site: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
      .refine((url) => url.endsWith('/'), 'must end with /')
      .optional(),
    smtp: smtp.optional(),
    recipients: z
      .array(z.discriminatedUnion('kind', [webhook, mail]))
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id stands there twice')
      .default([]),
  })
  .refine((n) => n.smtp !== undefined || n.recipients.every((r) => r.kind !== 'email'), {
    path: ['smtp'],
    message: 'is needed for recipients of kind email',
  });
export type Notifications = z.output<typeof notificationsFile>;
export type Recipient = Notifications['recipients'][number];
