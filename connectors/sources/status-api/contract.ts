/**
 * The contract `csdl-status/1`: what the owner of a database answers. Shape, words and examples stand here; the published
 * documents (contract/*.json) are made from them. What is published under this name may be added to, never changed.
 */
import { z } from 'zod';
import { grade, slug, speaker } from '../../../config/schema/parts.ts';
import { parseInstant } from '../../../config/time.ts';

export const SCHEMA = 'csdl-status/1';
export const ARROW_STREAM = 'application/vnd.apache.arrow.stream';
export const MOST_FACTS_A_PAGE = 20_000;
export const MOST_PAGES = 1000;
export const MOST_BULK_PARTS = 100;

const DAY_OR_TIME = 'a day (YYYY-MM-DD) or a time with offset (2026-06-29T08:00:00+07:00)';

/** A day, or a time with offset. */
const instant = z
  .string()
  .max(40)
  .refine((text) => parseInstant(text) !== null, `must be ${DAY_OR_TIME}`);

const word = (most: number) => z.string().min(1).max(most);
const amount = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const flag = z.union([z.string().max(300), z.number(), z.boolean()]);

/** The keys that say what the value is; a fact has one of these kinds. */
const KINDS = [['state'], ['number'], ['low', 'high'], ['time'], ['text']] as const;

const given = (keys: readonly string[], value: Record<string, unknown>): boolean =>
  keys.some((key) => value[key] !== undefined);

export const fact = z
  .strictObject({
    database: slug.max(100).optional().meta({ description: 'Code of the database in the catalogue (kebab-case).' }),
    agency: slug.max(100).optional().meta({ description: 'Code of the agency, for the few facts about an agency.' }),
    attribute: word(100).meta({ description: 'What is stated, e.g. records.count, c12.connection, criterion.tc09.' }),
    state: word(60)
      .optional()
      .meta({ description: 'A state of the scale of the attribute, e.g. none, in_progress, done.' }),
    number: amount.optional().meta({ description: 'A number; with `of`, the part.' }),
    of: amount.optional().meta({ description: 'The whole of which `number` is a part: 13 of 19 is number 13, of 19.' }),
    low: amount.optional().meta({ description: 'An approximate number: the lower end, included.' }),
    high: amount.optional().meta({ description: 'An approximate number: the upper end, not included.' }),
    time: instant.optional().meta({ description: `A point in time as the value: ${DAY_OR_TIME}.` }),
    text: word(500).optional().meta({ description: 'Free text, where the attribute takes text.' }),
    unit: word(80).optional().meta({ description: 'Unit of the number, in Vietnamese as people write it.' }),
    stage: word(40).optional().meta({ description: 'Stage of the work the number is of.' }),
    role: word(40).optional().meta({ description: 'What the units counted did.' }),
    target: word(200).optional().meta({ description: 'The other side, where the attribute has one.' }),
    extent: word(40).optional().meta({ description: 'For how much of the database it holds; left out: whole.' }),
    modality: word(40).optional().meta({ description: 'Whether it is done, ongoing, intended …; left out: done.' }),
    flags: z
      .record(z.string().min(1).max(60), flag)
      .refine((flags) => Object.keys(flags).length <= 40, 'at most 40 flags')
      .optional()
      .meta({ description: 'What the attribute declares besides its value, e.g. since, holder, round.' }),
    quoted: word(40)
      .optional()
      .meta({ description: 'Whose words are passed on, where they are not your own: c12, c06, a05.' }),
    said_by: speaker.optional().meta({ description: 'Who speaks; left out: owner.' }),
    grade: grade.optional().meta({ description: 'Strength of the evidence; left out: E3, produced by a machine.' }),
    observed_at: instant.optional().meta({ description: `When it was true: ${DAY_OR_TIME}; left out: stated_at.` }),
    note: word(300).optional().meta({ description: 'A few words for whoever checks the fact.' }),
  })
  .refine((f) => (f.database === undefined) !== (f.agency === undefined), 'give one of `database` and `agency`')
  .refine((f) => KINDS.filter((kind) => given(kind, f)).length === 1, {
    error: 'give one value: `state`, `number` (with `of`), `low` and `high`, `time` or `text`',
  })
  .refine((f) => f.of === undefined || f.number !== undefined, '`of` needs `number`')
  .refine((f) => (f.low === undefined) === (f.high === undefined), '`low` and `high` are given together')
  .meta({
    id: 'Fact',
    description:
      'One fact about one database or agency. Leave out what you do not know: zero and unknown are different.',
    allOf: [
      { oneOf: [{ required: ['database'] }, { required: ['agency'] }] },
      { oneOf: KINDS.map((required) => ({ required: [...required] })) },
    ],
    dependentRequired: { of: ['number'], low: ['high'], high: ['low'] },
  });
export type Fact = z.output<typeof fact>;

const bulkPart = z
  .strictObject({
    href: word(2000).meta({
      description: 'Where the part is; same scheme, host and port as the page. May be relative.',
    }),
    media_type: z.literal(ARROW_STREAM),
    rows: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ description: 'Number of rows, so that none is lost.' }),
  })
  .meta({
    id: 'BulkPart',
    description:
      'Many facts as an Apache Arrow IPC stream, uncompressed. Columns are named as the keys of a fact; a flag is a column `flags.NAME`. Empty cells are keys left out.',
  });
export type BulkPart = z.output<typeof bulkPart>;

const pageOf = <T extends z.ZodType>(element: T) =>
  z.strictObject({
    schema: z.literal(SCHEMA),
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, dots, _ and -, at most 100')
      .meta({ description: 'Name of this report of yours; the same every time.' }),
    title: word(300)
      .refine((text) => !/\p{Cc}/u.test(text), 'must be one line')
      .meta({ description: 'What the evidence is called in reports.' }),
    stated_at: z
      .string()
      .max(40)
      .refine((text) => text.includes('T') && parseInstant(text) !== null, 'must be a time with offset')
      .meta({
        format: 'date-time',
        description:
          'When you stated it, with offset; the same on all pages. Move it on only when the facts were looked at anew.',
      }),
    facts: z.array(element).max(MOST_FACTS_A_PAGE),
    next: word(2000).nullish().meta({
      description: 'The next page, same scheme, host and port; null or left out on the last. May be relative.',
    }),
    bulk: z
      .array(bulkPart)
      .max(MOST_BULK_PARTS)
      .optional()
      .meta({ description: 'Parts in bulk, for very many facts.' }),
  });

/** As it is read: each fact is checked on its own, so that a wrong one refuses itself alone. */
export const page = pageOf(z.unknown());
export type Page = z.output<typeof page>;

/** As it is published. */
export const publishedPage = pageOf(fact).meta({
  id: 'Page',
  description: 'One page of a report; most reports are one.',
});
export { bulkPart };
