/**
 * The publication as JSON-LD: a DCAT 3 catalogue of the databases and of our files, and the four figures of each
 * database as W3C DQV measurements. Rule: a metric has one dimension, so a pillar has four metrics of its own, each
 * under the general one; a figure that is not known has no measurement.
 */
import { fromSqlTimestamp } from '../../../config/time.ts';
import { inertJson } from '../json/inert-json.ts';
import type { PublicationExport, PublicationFormat } from '../publication-format.ts';
import { context, FIGURES, type Figure, iri, WHOLE } from './vocabulary.ts';

type Node = Readonly<Record<string, unknown>>;

export const dqv: PublicationFormat = {
  extension: 'jsonld',
  mediaType: 'application/ld+json',
  reads: ['database', 'agency', 'readiness', 'dimension_score', 'run'],
  *write(input) {
    yield `{"@context":${inertJson(context(input.iriBase))},"@graph":[\n`;
    let isFirst = true;
    for (const node of nodes(input)) {
      yield `${isFirst ? '' : ',\n'}${inertJson(node)}`;
      isFirst = false;
    }
    yield '\n]}\n';
  },
};

function* nodes(input: PublicationExport): Iterable<Node> {
  yield* catalogue(input);
  yield* provenance(input);
  yield* metrics(input);
  yield* databases(input);
  yield* measurements(input);
}

function* catalogue({ data, meta, files, iriBase, words }: PublicationExport): Iterable<Node> {
  const publication = iri('publication', meta.run_id);
  const name = vi(words, 'product.name');
  yield {
    '@id': iri('catalog'),
    '@type': 'dcat:Catalog',
    ...title(name),
    'dct:issued': meta.published_at,
    'dcat:dataset': [...data.database.map((row) => iri('database', row.database_id)), publication],
  };
  yield { '@id': iri('publications'), '@type': 'dcat:DatasetSeries', ...title(name) };
  yield {
    '@id': publication,
    '@type': 'dcat:Dataset',
    ...title(name),
    'dct:identifier': meta.run_id,
    'dct:date': meta.as_of,
    'dct:issued': meta.published_at,
    'dcat:version': meta.run_id,
    'dcat:inSeries': iri('publications'),
    'prov:wasGeneratedBy': iri('run', meta.run_id),
    'dcat:distribution': files.map(({ path }) => iri('file', meta.run_id, ...path.split('/'))),
  };
  for (const { path, mediaType } of files)
    yield {
      '@id': iri('file', meta.run_id, ...path.split('/')),
      '@type': 'dcat:Distribution',
      'dct:title': path,
      'dcat:mediaType': mediaType,
      // Without an address of ours there is nothing to download from.
      ...(iriBase.startsWith('urn:') ? {} : { 'dcat:downloadURL': iri(...path.split('/')) }),
    };
}

function* provenance({ data, meta }: PublicationExport): Iterable<Node> {
  const run = data.run.find((row) => row.run_id === meta.run_id);
  const started =
    run?.started_at == null ? {} : { 'prov:startedAtTime': fromSqlTimestamp(run.started_at).toISOString() };
  const method = run?.method ?? 'unknown';
  yield {
    '@id': iri('run', meta.run_id),
    '@type': 'prov:Activity',
    ...started,
    'prov:endedAtTime': meta.published_at,
    'prov:wasAssociatedWith': iri('program', meta.program_version),
    'dct:conformsTo': iri('method', method),
  };
  yield {
    '@id': iri('program', meta.program_version),
    '@type': 'prov:SoftwareAgent',
    'rdfs:label': `csdl-readiness ${meta.program_version}`,
  };
  yield { '@id': iri('method', method), '@type': 'dqv:QualityPolicy', 'rdfs:label': method };
}

function* metrics({ data, words }: PublicationExport): Iterable<Node> {
  yield { '@id': iri('category', WHOLE), '@type': 'dqv:Category', ...prefLabel(vi(words, 'product.short')) };
  for (const dimension of [WHOLE, ...pillars(data)]) {
    const name = vi(words, dimension === WHOLE ? 'score.composite' : `pillars.${dimension}`);
    yield {
      '@id': iri('dimension', dimension),
      '@type': 'dqv:Dimension',
      ...prefLabel(name),
      'dqv:inCategory': iri('category', WHOLE),
    };
    for (const figure of FIGURES)
      yield {
        '@id': metric(dimension, figure),
        '@type': 'dqv:Metric',
        ...prefLabel(vi(words, `score.${figure}`)),
        'skos:notation': dimension === WHOLE ? figure : `${dimension}.${figure}`,
        'dqv:expectedDataType': 'xsd:decimal',
        'dqv:inDimension': iri('dimension', dimension),
        ...(dimension === WHOLE ? {} : { 'skos:broader': metric(WHOLE, figure) }),
      };
  }
}

function* databases({ data }: PublicationExport): Iterable<Node> {
  const owners = new Set(data.database.map((row) => row.agency_id));
  for (const row of data.agency)
    if (owners.has(row.agency_id))
      yield {
        '@id': iri('agency', row.agency_id),
        '@type': ['foaf:Organization', 'prov:Agent'],
        'foaf:name': language(row.name),
      };
  for (const row of data.database)
    yield {
      '@id': iri('database', row.database_id),
      '@type': 'dcat:Dataset',
      ...title(row.name),
      'dct:identifier': row.database_id,
      ...(row.agency_id === null ? {} : { 'dct:publisher': iri('agency', row.agency_id) }),
      ...(row.part_of === null ? {} : { 'dct:isPartOf': iri('database', row.part_of) }),
    };
}

function* measurements({ data, meta }: PublicationExport): Iterable<Node> {
  const run = iri('run', meta.run_id);
  const set = iri('measurements', meta.run_id);
  yield {
    '@id': set,
    '@type': 'dqv:QualityMeasurementDataset',
    'dct:date': meta.as_of,
    'dct:issued': meta.published_at,
    'prov:wasGeneratedBy': run,
  };
  const rows = [...data.readiness.map((row) => ({ ...row, pillar: WHOLE })), ...data.dimension_score];
  for (const row of rows)
    for (const figure of FIGURES) {
      const value = row[figure];
      if (value === null) continue;
      yield {
        '@id': iri('measurement', meta.run_id, row.database_id, row.pillar, figure),
        '@type': 'dqv:QualityMeasurement',
        'dqv:computedOn': iri('database', row.database_id),
        'dqv:isMeasurementOf': metric(row.pillar, figure),
        // As text: a JSON number would become a double on the way into a graph.
        'dqv:value': String(value),
        'qb:dataSet': set,
        'prov:wasGeneratedBy': run,
      };
    }
}

function metric(dimension: string, figure: Figure): string {
  return dimension === WHOLE ? iri('metric', figure) : iri('metric', dimension, figure);
}

function pillars(data: PublicationExport['data']): string[] {
  return [...new Set(data.dimension_score.map((row) => row.pillar))].sort();
}

/** The Vietnamese word of a key; the key itself where the labels of the publication lack it. */
function vi(words: ReadonlyMap<string, string>, key: string): string {
  return words.get(key) ?? key;
}

function language(text: string): Node {
  return { '@value': text, '@language': 'vi' };
}

const title = (text: string): Node => ({ 'dct:title': language(text) });
const prefLabel = (text: string): Node => ({ 'skos:prefLabel': language(text) });
