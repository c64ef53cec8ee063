/**
 * Shape of an ODCS v3 contract, as far as anything can be checked. What could hold a check is strict, so that a misspelt
 * key is an error and never a check that silently is none; what only describes (team, price, roles …) is let through.
 */
import { z } from 'zod';

const anything = z.unknown();
const described = {
  authoritativeDefinitions: anything.optional(),
  tags: anything.optional(),
  description: anything.optional(),
};

export const customProperties = z.array(
  z.strictObject({
    id: z.string().optional(),
    property: z.string(),
    value: anything,
    description: anything.optional(),
  }),
);

/** Ids stand in results, pages and logs. */
const ruleId = z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'an id has 1 to 200 characters, and no control characters');

const operand = z.union([z.number(), z.boolean(), z.string(), z.null()]);
const range = z.array(z.number());

/** Operators as the standard spells them, and two spellings of its older pages. */
export const operators = {
  mustBe: operand.optional(),
  mustNotBe: operand.optional(),
  mustBeGreaterThan: z.number().optional(),
  mustBeGreaterOrEqualTo: z.number().optional(),
  mustBeGreaterThanOrEqualTo: z.number().optional(),
  mustBeLessThan: z.number().optional(),
  mustBeLessOrEqualTo: z.number().optional(),
  mustBeLessThanOrEqualTo: z.number().optional(),
  mustBeBetween: range.optional(),
  mustNotBeBetween: range.optional(),
};

export const odcsRule = z.strictObject({
  ...described,
  ...operators,
  id: ruleId.optional(),
  name: z.string().optional(),
  type: z.enum(['library', 'text', 'sql', 'custom']).optional(),
  dimension: z
    .enum(['accuracy', 'completeness', 'conformity', 'consistency', 'coverage', 'timeliness', 'uniqueness'])
    .optional(),
  severity: z.string().optional(),
  businessImpact: anything.optional(),
  method: anything.optional(),
  unit: z.string().optional(),
  scheduler: anything.optional(),
  schedule: anything.optional(),
  customProperties: customProperties.optional(),
  metric: z.enum(['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount']).optional(),
  /** v3.0: what `metric` is called since v3.1. */
  rule: z.string().optional(),
  /** v3.0: since v3.1 an argument. */
  validValues: z.array(operand).optional(),
  arguments: z
    .strictObject({
      missingValues: z.array(operand).optional(),
      validValues: z.array(operand).optional(),
      pattern: z.string().optional(),
      properties: z.array(z.string()).optional(),
    })
    .optional(),
  query: z.string().optional(),
  engine: z.string().optional(),
  implementation: z.union([z.string(), z.record(z.string(), anything)]).optional(),
});
export type OdcsRule = z.output<typeof odcsRule>;

const bound = z.union([z.number(), z.string(), z.boolean()]);
export const typeOptions = z.strictObject({
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(0).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: bound.optional(),
  maximum: bound.optional(),
  exclusiveMinimum: bound.optional(),
  exclusiveMaximum: bound.optional(),
  multipleOf: z.number().positive().optional(),
  timezone: anything.optional(),
  defaultTimezone: anything.optional(),
  minItems: anything.optional(),
  maxItems: anything.optional(),
  uniqueItems: anything.optional(),
  minProperties: anything.optional(),
  maxProperties: anything.optional(),
  required: anything.optional(),
});
export type TypeOptions = z.output<typeof typeOptions>;

const relationship = {
  type: z.enum(['foreignKey']).optional(),
  customProperties: anything.optional(),
  to: z.union([z.string(), z.array(z.string())]),
};

export const odcsProperty = z.strictObject({
  ...described,
  id: z.string().optional(),
  name: z.string().min(1),
  businessName: anything.optional(),
  logicalType: z
    .enum(['string', 'date', 'timestamp', 'time', 'number', 'integer', 'object', 'array', 'boolean'])
    .optional(),
  logicalTypeOptions: typeOptions.optional(),
  physicalType: anything.optional(),
  physicalName: z.string().min(1).optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.number().int().optional(),
  partitioned: z.boolean().optional(),
  partitionKeyPosition: z.number().int().optional(),
  classification: z.string().optional(),
  criticalDataElement: z.boolean().optional(),
  encryptedName: anything.optional(),
  examples: z.array(anything).optional(),
  transformSourceObjects: anything.optional(),
  transformLogic: anything.optional(),
  transformDescription: anything.optional(),
  relationships: z.array(z.strictObject(relationship)).optional(),
  quality: z.array(odcsRule).optional(),
  customProperties: customProperties.optional(),
  items: anything.optional(),
  properties: anything.optional(),
});
export type OdcsProperty = z.output<typeof odcsProperty>;

export const odcsObject = z.strictObject({
  ...described,
  id: z.string().optional(),
  name: z.string().min(1),
  physicalName: z.string().min(1).optional(),
  physicalType: anything.optional(),
  businessName: anything.optional(),
  logicalType: z.literal('object').optional(),
  dataGranularityDescription: anything.optional(),
  properties: z.array(odcsProperty).optional(),
  relationships: z
    .array(z.strictObject({ ...relationship, from: z.union([z.string(), z.array(z.string())]) }))
    .optional(),
  quality: z.array(odcsRule).optional(),
  customProperties: customProperties.optional(),
});
export type OdcsObject = z.output<typeof odcsObject>;

export const odcsServer = z.looseObject({
  server: z.string().min(1),
  type: z.string().min(1),
  path: z.string().optional(),
  format: z.string().optional(),
  delimiter: z.string().optional(),
  database: z.string().optional(),
  schema: z.string().optional(),
});
export type OdcsServer = z.output<typeof odcsServer>;

export const odcsSla = z.strictObject({
  id: ruleId.optional(),
  property: z.string().min(1),
  value: operand,
  valueExt: operand.optional(),
  unit: z.string().optional(),
  element: z.string().optional(),
  driver: anything.optional(),
  description: anything.optional(),
  scheduler: anything.optional(),
  schedule: anything.optional(),
});
export type OdcsSla = z.output<typeof odcsSla>;

export const odcsContract = z.strictObject({
  ...described,
  apiVersion: z.enum(['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0']),
  kind: z.literal('DataContract'),
  id: ruleId,
  version: ruleId,
  status: z.string().min(1),
  name: z.string().optional(),
  tenant: anything.optional(),
  domain: anything.optional(),
  dataProduct: anything.optional(),
  servers: z.array(odcsServer).optional(),
  schema: z.array(odcsObject).optional(),
  support: anything.optional(),
  price: anything.optional(),
  team: anything.optional(),
  roles: anything.optional(),
  slaDefaultElement: z.string().optional(),
  slaProperties: z.array(odcsSla).optional(),
  customProperties: customProperties.optional(),
  contractCreatedTs: anything.optional(),
});
export type OdcsContract = z.output<typeof odcsContract>;
