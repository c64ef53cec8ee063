/** Stage of the official reports: the view of a publication → Word files, the same bytes for the same publication. */
import { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import { allDocuments } from '../../reports/official/official.ts';
import type { SiteView } from '../../reports/view.ts';
import { docxFile } from '../../reports/word/docx.ts';

/** Relative path below the publication → bytes of every report, as drafts. */
export function officialFiles(view: SiteView, config: Config): Map<string, Uint8Array> {
  const input = { view, labels: new Labels(config.labels), settings: config.report, number: null };
  return new Map(
    [...allDocuments(input)].map(([name, document]) => [`exports/word/${name}.docx`, docxFile(document)] as const),
  );
}
