/** Names of the JSON-LD export: its context and the IRIs of ours. Rule: the context stands in the file; nothing is fetched to read it. */

/** Figures of a database or pillar, each a dqv:Metric. */
export const FIGURES = ['confirmed', 'floor', 'ceiling', 'coverage'] as const;
export type Figure = (typeof FIGURES)[number];

/** The dimension of the figures over all pillars. */
export const WHOLE = 'readiness';

export function context(iriBase: string): Record<string, unknown> {
  return {
    '@version': 1.1,
    dcat: 'http://www.w3.org/ns/dcat#',
    dct: 'http://purl.org/dc/terms/',
    dqv: 'http://www.w3.org/ns/dqv#',
    prov: 'http://www.w3.org/ns/prov#',
    qb: 'http://purl.org/linked-data/cube#',
    skos: 'http://www.w3.org/2004/02/skos/core#',
    rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
    foaf: 'http://xmlns.com/foaf/0.1/',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    csdl: iriBase,
    // Terms that always lead to another thing, or have one type, so that each measurement stays short.
    'dqv:computedOn': { '@type': '@id' },
    'dqv:isMeasurementOf': { '@type': '@id' },
    'dqv:inDimension': { '@type': '@id' },
    'dqv:inCategory': { '@type': '@id' },
    'dqv:expectedDataType': { '@type': '@id' },
    'dqv:value': { '@type': 'xsd:decimal' },
    'qb:dataSet': { '@type': '@id' },
    'prov:wasGeneratedBy': { '@type': '@id' },
    'prov:wasAssociatedWith': { '@type': '@id' },
    'prov:startedAtTime': { '@type': 'xsd:dateTime' },
    'prov:endedAtTime': { '@type': 'xsd:dateTime' },
    'dct:issued': { '@type': 'xsd:dateTime' },
    'dct:date': { '@type': 'xsd:date' },
    'dct:publisher': { '@type': '@id' },
    'dct:isPartOf': { '@type': '@id' },
    'dct:conformsTo': { '@type': '@id' },
    'dcat:dataset': { '@type': '@id' },
    'dcat:distribution': { '@type': '@id' },
    'dcat:inSeries': { '@type': '@id' },
    'dcat:downloadURL': { '@type': '@id' },
    'skos:broader': { '@type': '@id' },
  };
}

/** A compact IRI of ours; what is not a plain id is percent-encoded. */
export function iri(...path: readonly string[]): string {
  return `csdl:${path.map((part) => encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '')).replaceAll(/[!'()*]/g, hexOf)).join('/')}`;
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
