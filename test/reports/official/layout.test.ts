/** The check of the layout: our own reports pass every rule, and every rule bites. */
import { expect, test } from 'vitest';
import { allDocuments } from '../../../reports/official/official.ts';
import { docxParts } from '../../../reports/word/docx.ts';
import { checkReport } from '../../../reports/word-check/check.ts';
import { config, labels, viewOf } from '../fixture-site.ts';

const input = { view: viewOf(), labels, settings: config.report, number: null };

test.each([...allDocuments(input)])('%s keeps every rule of the layout', (_name, document) => {
  const verdicts = checkReport(docxParts(document), labels);
  expect(verdicts.filter((one) => one.outcome === 'fail')).toEqual([]);
});
