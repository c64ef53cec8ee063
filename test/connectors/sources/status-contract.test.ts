import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../config/package-root.ts';
import { fact, page, publishedPage } from '../../../connectors/sources/status-api/contract.ts';
import { EXAMPLE, jsonSchema, openApi } from '../../../connectors/sources/status-api/openapi.ts';

const folder = join(packageRoot, 'connectors', 'sources', 'status-api', 'contract');
const PUBLISHED = { 'openapi.json': openApi, 'csdl-status-1.schema.json': jsonSchema };

/** All references of a document, and what they lead to. */
function references(node: unknown, root: unknown): [string, unknown][] {
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string') return references(value, root);
    const found = value
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], root);
    return [[value, found]];
  });
}

describe('the published contract', () => {
  test.each(Object.entries(PUBLISHED))(
    '%s is what the code checks (UPDATE_CONTRACT=1 writes it anew)',
    (name, make) => {
      const path = join(folder, name);
      if (process.env.UPDATE_CONTRACT === '1') writeFileSync(path, `${JSON.stringify(make(), null, 2)}\n`);
      expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(make())));
    },
  );

  test.each(Object.entries(PUBLISHED))('%s: every reference leads somewhere', (_name, make) => {
    const root = JSON.parse(JSON.stringify(make()));
    const found = references(root, root);
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter(([, target]) => target === undefined)).toEqual([]);
  });

  test('it is an OpenAPI document with every way to prove who asks', () => {
    const document = openApi() as { openapi: string; components: { securitySchemes: object; schemas: object } };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'basic', 'mutualTLS', 'hmac']);
    expect(Object.keys(document.components.schemas).sort()).toEqual(['BulkPart', 'Fact', 'Page']);
  });

  test('every key says what it is for', () => {
    const { properties } = (
      jsonSchema() as { $defs: { Fact: { properties: Record<string, { description?: string }> } } }
    ).$defs.Fact;
    expect(Object.keys(properties).sort()).toEqual(Object.keys(fact.shape).sort());
    for (const [key, { description }] of Object.entries(properties)) expect(description, key).toMatch(/\S{3,}/);
  });

  test('the example holds, as published and as read', () => {
    expect(publishedPage.parse(EXAMPLE)).toEqual(EXAMPLE);
    expect(page.parse(EXAMPLE)).toEqual(EXAMPLE);
  });

  test('the README shows an example that holds', () => {
    const text = readFileSync(join(folder, '..', 'README.md'), 'utf8');
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    expect(() => publishedPage.parse(JSON.parse(json))).not.toThrow();
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});

describe('a fact', () => {
  const base = { database: 'a', attribute: 'b' };
  test.each([
    [{ ...base, number: 1 }, true],
    [{ ...base, number: 1, of: 2 }, true],
    [{ ...base, low: 1, high: 2 }, true],
    [{ ...base, state: 'done' }, true],
    [{ ...base, time: '2026-06-29' }, true],
    [{ ...base, text: 'words' }, true],
    [{ agency: 'a', attribute: 'b', text: 'words' }, true],
    [base, false],
    [{ ...base, agency: 'a', number: 1 }, false],
    [{ attribute: 'b', number: 1 }, false],
    [{ ...base, number: 1, state: 'done' }, false],
    [{ ...base, of: 2 }, false],
    [{ ...base, number: 1, low: 1, high: 2 }, false],
    [{ ...base, low: 1 }, false],
    [{ ...base, state: 'done', of: 2 }, false],
    [{ ...base, time: '2026-06-29T08:00:00' }, false],
    [{ ...base, time: '29/06/2026' }, false],
    [{ ...base, number: -1 }, false],
    [{ ...base, number: 2 ** 60 }, false],
    [{ ...base, number: '1' }, false],
    [{ ...base, number: 1, targt: 'x' }, false],
    [{ ...base, text: 'x'.repeat(501) }, false],
  ])('%j: %s', (given, holds) => {
    expect(fact.safeParse(given).success).toBe(holds);
  });
});
