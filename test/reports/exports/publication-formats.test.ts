import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { PUBLICATION_FORMATS } from '../../../reports/exports/formats.ts';
import type { PublicationExport } from '../../../reports/exports/publication-format.ts';
import { HOSTILE, META } from '../../support/export-tables.ts';
import {
  databaseRow,
  exportOf,
  healthRow,
  publicationOf,
  readinessRow,
  readOpenMetrics,
} from '../../support/published.ts';

const textOf = (format: keyof typeof PUBLICATION_FORMATS, input: PublicationExport): string =>
  [...PUBLICATION_FORMATS[format].write(input)].join('');

const RUN = {
  run_id: META.run_id,
  started_at: '2026-06-29 15:59:00',
  finished_at: null,
  as_of: '2026-06-29',
  state: 'published',
  program_version: '0.1.0',
  method: 'csdl-readiness 1.1.0',
  sources: 1,
  sources_failed: 0,
  appended: 3,
};
const AGENCY = {
  agency_id: 'bo-y-te',
  name: 'Bộ Y tế',
  short_name: null,
  type: 'bo',
  agency_group: 'bo',
  protocol_order: 1,
  sort_vi: 1,
  parent_id: null,
  valid_from: null,
  valid_to: null,
};
const PILLAR = { database_id: 'a', pillar: 'dung', confirmed: 0, floor: 20, ceiling: 100, coverage: 20 };
const gate = (name: string, passed: boolean, may: boolean) => ({
  database_id: 'a',
  level: 3,
  gate: name,
  passed,
  confirmed: false,
  may_pass: may,
  observation_id: null,
  is_live: true,
});
const criterion = (id: string, state: string) => ({
  database_id: 'a',
  criterion: id,
  block: 'dung',
  state,
  known_by: null,
  observation_id: null,
  ground: null,
});
const data = publicationOf({
  run: [RUN],
  agency: [AGENCY],
  database: [databaseRow('a', 'Cơ sở dữ liệu a')],
  readiness: [readinessRow('a')],
  dimension_score: [PILLAR],
  source_health: [healthRow('nguon')],
  level_gate: [gate('c12_connected', true, true), gate('c12_synced', false, true), gate('c06_cleaned', false, false)],
  criterion_status: [criterion('tc01', 'met'), criterion('tc02', 'unknown'), criterion('tc03', 'unmet')],
});

interface Node {
  '@id': string;
  '@type': string | string[];
  [key: string]: unknown;
}
interface Graph {
  '@context': Record<string, unknown>;
  '@graph': Node[];
}
const graphOf = (input: PublicationExport): Graph => JSON.parse(textOf('dqv', input)) as Graph;

describe('DQV and DCAT', () => {
  const { '@context': context, '@graph': graph } = graphOf(exportOf(data));
  const ofType = (type: string): Node[] => graph.filter((node) => [node['@type']].flat().includes(type));

  test('four metrics over all, and four under them for each pillar, each in one dimension', () => {
    const metrics = ofType('dqv:Metric');
    const general = metrics.filter((node) => node['skos:broader'] === undefined).map((node) => node['@id']);
    expect(general).toEqual(['confirmed', 'floor', 'ceiling', 'coverage'].map((figure) => `csdl:metric/${figure}`));
    expect(metrics).toHaveLength(8);
    const dimensions = ofType('dqv:Dimension').map((node) => node['@id']);
    for (const metric of metrics) expect(dimensions).toContain(metric['dqv:inDimension']);
  });

  test('a measurement says of what, by which metric, its exact value and the run', () => {
    const floor = ofType('dqv:QualityMeasurement').find((node) => node['dqv:isMeasurementOf'] === 'csdl:metric/floor');
    expect(floor).toMatchObject({
      'dqv:computedOn': 'csdl:database/a',
      'dqv:value': '35.8',
      'prov:wasGeneratedBy': `csdl:run/${META.run_id}`,
    });
    expect(ofType('dqv:QualityMeasurement')).toHaveLength(8);
    expect(ofType('prov:Activity')).toHaveLength(1);
  });

  test('every IRI that is pointed at stands in the file, is of ours or of a named vocabulary', () => {
    const ids = new Set(graph.map((node) => node['@id']));
    expect(ids.size).toBe(graph.length);
    const links = Object.entries(context)
      .filter(([, term]) => typeof term === 'object' && (term as { '@type'?: string })['@type'] === '@id')
      .map(([name]) => name);
    for (const node of graph)
      for (const name of links)
        for (const target of [node[name] ?? []].flat() as string[])
          expect(target.startsWith('xsd:') || ids.has(target), `${node['@id']} ${name} ${target}`).toBe(true);
    const prefixes = Object.entries(context).filter(
      ([name, value]) => typeof value === 'string' && !name.startsWith('@'),
    );
    for (const node of graph)
      for (const key of Object.keys(node).filter((name) => !name.startsWith('@')))
        expect(
          prefixes.some(([name]) => key.startsWith(`${name}:`)),
          key,
        ).toBe(true);
    expect(context.csdl).toBe('urn:csdl-readiness:');
  });

  test('with an address of ours, files can be downloaded from below it', () => {
    const served = graphOf(exportOf(data, { iriBase: 'https://csdl.example/hien-tai/' }));
    const file = served['@graph'].find((node) => node['@type'] === 'dcat:Distribution');
    expect(file?.['dcat:downloadURL']).toBe('csdl:exports/readiness.csv');
    expect(served['@context'].csdl).toBe('https://csdl.example/hien-tai/');
    expect(textOf('dqv', exportOf(data))).not.toContain('downloadURL":"csdl');
  });

  test('a figure that is not known has no measurement', () => {
    const silent = publicationOf({ run: [RUN], readiness: [readinessRow('a', { confirmed: null, floor: null })] });
    const measured = graphOf(exportOf(silent))['@graph'].filter((node) => node['@type'] === 'dqv:QualityMeasurement');
    expect(measured.map((node) => node['dqv:isMeasurementOf'])).toEqual([
      'csdl:metric/ceiling',
      'csdl:metric/coverage',
    ]);
  });
});

describe('OpenMetrics', () => {
  const samples = readOpenMetrics(textOf('openmetrics', exportOf(data)));
  const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find((s) => s.name === name && Object.entries(labels).every(([k, v]) => s.labels[k] === v))?.value;

  test('figures are ratios without dust, times Unix seconds, states one sample each', () => {
    expect(value('csdl_database_score_ratio', { database: 'a', bound: 'floor' })).toBe(0.358);
    expect(value('csdl_database_coverage_ratio', { database: 'a' })).toBe(0.542);
    expect(value('csdl_publication_timestamp_seconds')).toBe(Date.parse(META.published_at) / 1000);
    expect(value('csdl_as_of_timestamp_seconds')).toBe(Date.parse('2026-06-29T00:00:00+07:00') / 1000);
    expect(value('csdl_run_state', { state: 'published' })).toBe(1);
    expect(value('csdl_source_state', { source: 'nguon', state: 'ok' })).toBe(1);
    expect(value('csdl_source_state', { source: 'nguon', state: 'failed' })).toBe(0);
    expect(value('csdl_source_duration_seconds', { source: 'nguon' })).toBe(0.12);
    expect(value('csdl_databases', { as: 'reported', level: '3' })).toBe(1);
    expect(value('csdl_databases', { as: 'confirmed', level: 'none' })).toBe(1);
  });
});

describe('JUnit', () => {
  test('known to be open fails, not known is skipped, and the counts are those of the cases', () => {
    const tags: { name: string; attributes: Record<string, string> }[] = [];
    const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) }, { xmlMode: true });
    parser.end(textOf('junit', exportOf(data)));
    const count = (name: string): number => tags.filter((tag) => tag.name === name).length;
    expect(tags.find((tag) => tag.name === 'testsuite')?.attributes).toMatchObject({
      name: 'a',
      tests: '6',
      failures: '2',
      skipped: '2',
    });
    expect([count('testcase'), count('failure'), count('skipped')]).toEqual([6, 2, 2]);
    expect(
      tags.filter((tag) => tag.name === 'testcase').map(({ attributes: a }) => `${a.classname} ${a.name}`),
    ).toEqual([
      'a.gate 3.c12_connected',
      'a.gate 3.c12_synced',
      'a.gate 3.c06_cleaned',
      'a.criterion tc01',
      'a.criterion tc02',
      'a.criterion tc03',
    ]);
  });
});

describe('hostile texts stay texts', () => {
  const evil = HOSTILE.map((text, i) => `${text}#${i}`);
  const hostile = exportOf(
    publicationOf({
      run: [RUN],
      database: evil.map((text) => databaseRow(text, text)),
      readiness: evil.map((text) => readinessRow(text)),
      source_health: evil.map((text) => healthRow(text)),
      level_gate: evil.map((text) => ({ ...gate('g', false, false), database_id: text, gate: text })),
      criterion_status: evil.map((text) => ({ ...criterion(text, text), database_id: text })),
    }),
  );

  test('in JSON-LD: values are values, ids are percent-encoded, no markup', () => {
    const text = textOf('dqv', hostile);
    expect(text).not.toContain('<');
    const graph = (JSON.parse(text) as Graph)['@graph'];
    expect(graph.filter((node) => node['@id'].startsWith('csdl:database/'))).toHaveLength(evil.length);
    for (const node of graph) expect(node['@id']).toMatch(/^csdl:[A-Za-z0-9._~%/-]+$/);
  });

  test('in OpenMetrics: one sample a line whatever the label holds', () => {
    const samples = readOpenMetrics(textOf('openmetrics', hostile));
    expect(samples.filter((s) => s.name === 'csdl_database_coverage_ratio')).toHaveLength(evil.length);
    expect(samples.some((s) => s.name === 'other')).toBe(false);
  });

  test('in JUnit: well-formed, and as many suites and cases as there are', () => {
    const text = textOf('junit', hostile);
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
    const names: string[] = [];
    new Parser({ onopentag: (name) => names.push(name) }, { xmlMode: true }).end(text);
    expect(names.filter((name) => name === 'testsuite')).toHaveLength(evil.length);
    expect(
      names.filter((name) => !['testsuites', 'testsuite', 'testcase', 'failure', 'skipped'].includes(name)),
    ).toEqual([]);
  });
});
