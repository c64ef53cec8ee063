/**
 * The contract of formats that speak of a whole publication: DQV and DCAT, OpenMetrics, JUnit. Rule: they read the
 * published tables and nothing else, so that what an edition leaves out is left out of them, too.
 */
import type { PublicationData } from '../../scoring/contract.ts';
import type { ExportMeta } from './table.ts';

/** A file of the publication, for the catalogue. */
export interface PublishedFile {
  /** Below the publication's folder: `exports/readiness.csv`. */
  readonly path: string;
  readonly mediaType: string;
}

export interface PublicationExport {
  readonly data: PublicationData;
  readonly meta: ExportMeta;
  /** Beginning of every IRI of ours: `urn:csdl-readiness:` or an address that ends with `/`. */
  readonly iriBase: string;
  readonly files: readonly PublishedFile[];
  /** Vietnamese words by key: the published table `label`. */
  readonly words: ReadonlyMap<string, string>;
}

export interface PublicationFormat {
  readonly extension: string;
  readonly mediaType: string;
  /** The published tables it is made of. */
  readonly reads: readonly (keyof PublicationData)[];
  /** Pieces of text, in order. */
  write(input: PublicationExport): Iterable<string>;
}
