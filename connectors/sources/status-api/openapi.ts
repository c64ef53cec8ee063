/** The contract as published: an OpenAPI document and a JSON Schema, made from the shapes that are checked. */
import { z } from 'zod';
import { HMAC_SCHEME } from '../../http/sign.ts';
import { ARROW_STREAM, bulkPart, fact, publishedPage, SCHEMA } from './contract.ts';

export const EXAMPLE = {
  schema: SCHEMA,
  id: 'status-of-our-databases',
  title: 'Status of our databases, nightly',
  stated_at: '2026-06-29T01:30:00+07:00',
  facts: [
    { database: 'dan-cu', attribute: 'checklist.met', number: 13, of: 19 },
    {
      database: 'dan-cu',
      attribute: 'c12.connection',
      state: 'two_way',
      flags: { since: '2026-03-01' },
    },
    {
      database: 'dan-cu',
      attribute: 'records.count',
      low: 4_750_000,
      high: 4_850_000,
      unit: 'record',
    },
    { database: 'dan-cu', attribute: 'update.last', time: '2026-06-28T23:10:00+07:00' },
  ],
  next: null,
};

/** Schemas by name, which refer to each other at `at`. */
function schemas(at: (id: string) => string): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  registry.add(publishedPage, { id: 'Page' });
  registry.add(fact, { id: 'Fact' });
  registry.add(bulkPart, { id: 'BulkPart' });
  const made = z.toJSONSchema(registry, { target: 'draft-2020-12', io: 'input', uri: at }).schemas;
  const entries = Object.entries(made).map(
    ([id, { $schema: _, $id: __, id: ___, ...schema }]) => [id, schema] as const,
  );
  return Object.fromEntries(entries);
}

export function jsonSchema(): object {
  const { Page, ...others } = schemas((id) => `#/$defs/${id}`);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:csdl-readiness:csdl-status:1',
    title: SCHEMA,
    ...Page,
    $defs: others,
    examples: [EXAMPLE],
  };
}

const described = (description: string) => ({ description });

export function openApi(): object {
  const etag = {
    description:
      'Stands for the whole answer. Where there are several pages or parts, send the same ETag with each of them, and only if it changes whenever any of them does.',
    schema: { type: 'string', maxLength: 200 },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: `Status of databases (${SCHEMA})`,
      version: '1.0.0',
      description:
        'One address that the owner of one or more databases answers and the readiness programme asks once a night. Answer within 20 seconds, at most 50 MB a page, gzip where you can. Errors are told by their status; the body is not read.',
    },
    servers: [{ url: 'https://{host}', variables: { host: { default: 'example.invalid' } } }],
    paths: {
      '/status': {
        get: {
          operationId: 'status',
          summary: 'All facts, or their first page. The path is yours to choose.',
          parameters: [
            {
              name: 'If-None-Match',
              in: 'header',
              description: 'The ETag of the last answer that was taken in full.',
              schema: { type: 'string' },
            },
          ],
          responses: {
            200: {
              description: 'A page of facts.',
              headers: { ETag: etag },
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/Page' },
                  examples: { page: { value: EXAMPLE } },
                },
              },
            },
            304: described('Nothing has changed since the answer with this ETag.'),
            401: described('Credentials are missing or wrong.'),
            403: described('This account may not read.'),
            429: {
              description: 'Asked too often.',
              headers: { 'Retry-After': { description: 'Seconds, or an HTTP date.', schema: { type: 'string' } } },
            },
            503: {
              description: 'Not now; asked again a few times, after `Retry-After` where it is given.',
              headers: { 'Retry-After': { description: 'Seconds, or an HTTP date.', schema: { type: 'string' } } },
            },
          },
          security: [{ bearer: [] }, { basic: [] }, { mutualTLS: [] }, { hmac: [] }, {}],
        },
      },
      '/status/parts/{part}': {
        get: {
          operationId: 'bulkPart',
          summary: 'A part in bulk, where a page names one in `bulk`. The path is yours to choose.',
          parameters: [{ name: 'part', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'An Arrow IPC stream.',
              headers: { ETag: etag },
              content: { [ARROW_STREAM]: { schema: {} } },
            },
          },
          security: [{ bearer: [] }, { basic: [] }, { mutualTLS: [] }, { hmac: [] }, {}],
        },
      },
    },
    components: {
      schemas: schemas((id) => `#/components/schemas/${id}`),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
        mutualTLS: { type: 'mutualTLS', description: 'A client certificate that you issue or name.' },
        hmac: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: `Authorization: ${HMAC_SCHEME} key_id="…", timestamp="…", signature="…". The signature is the lower-case hex HMAC-SHA256, under the shared secret (UTF-8), of six lines joined by line feeds, none at the end: ${HMAC_SCHEME}; the method (GET); path and query exactly as sent; the Host header exactly as sent; the timestamp (seconds since 1970); the lower-case hex SHA-256 of the body (of nothing, for GET). Refuse timestamps more than 300 seconds off.`,
        },
      },
    },
  };
}
