/** Shape of attributes.yaml: the closed vocabulary of facts. */
import { z } from 'zod';

const words = z.array(z.string().min(1)).min(1);

export const FLAG_TYPES = ['boolean', 'integer', 'date', 'text', 'holder'] as const;
export const ATTRIBUTE_TYPES = ['state', 'ratio', 'quantity', 'time', 'text'] as const;
export const KEY_PARTS = ['unit', 'stage', 'role', 'target'] as const;

export const attributeDefinition = z.strictObject({
  group: z.enum([
    'checklist',
    'amount',
    'connection',
    'cleaning',
    'security',
    'software',
    'law',
    'trouble',
    'measured',
  ]),
  type: z.enum(ATTRIBUTE_TYPES),
  scale: z.string().optional(),
  age: z.string(),
  subjects: z.array(z.enum(['database', 'agency'])).default(['database']),
  /** Which parts beside extent make the key of the fact. */
  parts: z.array(z.enum(KEY_PARTS)).default([]),
  flags: z.record(z.string(), z.enum(FLAG_TYPES)),
  /** Words by which a status text names the criterion when it says that it does not fit the database. */
  said_as: z.array(z.string().min(3)).default([]),
});
export type AttributeDefinition = z.output<typeof attributeDefinition>;

export const attributesFile = z.strictObject({
  version: z.number().int(),
  vocabularies: z.strictObject({
    modality: words,
    extent: words,
    stage: words,
    role: words,
    said_by: words,
    quoted: words,
    holder: words,
  }),
  unit_classes: z.record(z.string(), words),
  scales: z.record(z.string(), words),
  attributes: z.record(z.string(), attributeDefinition),
});
export type Attributes = z.output<typeof attributesFile>;
