/**
 * The publication as JUnit XML: a suite a database, a case a gate and a criterion. Rule: only what is known to be open
 * fails; what nobody said is skipped, with the state as its message.
 */
import type { Row } from '../../../scoring/contract.ts';
import { escapeXml, legalText } from '../../xlsx/xml.ts';
import type { PublicationExport, PublicationFormat } from '../publication-format.ts';

type Verdict = 'passed' | 'failed' | 'skipped';
interface Case {
  readonly group: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly message: string;
}

const CRITERIA: Readonly<Record<string, Verdict>> = { met: 'passed', unmet: 'failed', in_progress: 'failed' };

export const junit: PublicationFormat = {
  extension: 'xml',
  mediaType: 'application/xml',
  reads: ['readiness', 'level_gate', 'criterion_status'],
  *write(input) {
    const suites = suitesOf(input);
    const all = suites.flatMap(({ cases }) => cases);
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="csdl-readiness ${attribute(input.meta.as_of)}" ${totals(all)}>\n`;
    for (const { name, cases } of suites)
      yield [
        `  <testsuite name="${attribute(name)}" ${totals(cases)} timestamp="${attribute(input.meta.published_at.slice(0, 19))}">`,
        ...cases.map((one) => caseXml(name, one)),
        '  </testsuite>\n',
      ].join('\n');
    yield '</testsuites>\n';
  },
};

function suitesOf({ data }: PublicationExport): { name: string; cases: Case[] }[] {
  const cases = new Map(data.readiness.map((row) => [row.database_id, [] as Case[]]));
  for (const row of data.level_gate) cases.get(row.database_id)?.push(gateCase(row));
  for (const row of data.criterion_status)
    cases.get(row.database_id)?.push({
      group: 'criterion',
      name: row.criterion,
      verdict: CRITERIA[row.state] ?? 'skipped',
      message: row.state,
    });
  return [...cases].map(([name, list]) => ({ name, cases: list }));
}

/** A gate that may still pass on what is claimed or unknown is open, not failed. */
function gateCase(row: Row<'level_gate'>): Case {
  const name = `${row.level}.${row.gate}`;
  if (row.passed) return { group: 'gate', name, verdict: 'passed', message: row.confirmed ? 'confirmed' : 'reported' };
  return row.may_pass
    ? { group: 'gate', name, verdict: 'skipped', message: 'not known to be passed' }
    : { group: 'gate', name, verdict: 'failed', message: 'not passed' };
}

function totals(cases: readonly Case[]): string {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" time="0"`;
}

function caseXml(suite: string, { group, name, verdict, message }: Case): string {
  const open = `    <testcase classname="${attribute(`${suite}.${group}`)}" name="${attribute(name)}" time="0"`;
  if (verdict === 'passed') return `${open}/>`;
  return `${open}><${verdict === 'failed' ? 'failure' : 'skipped'} message="${attribute(message)}"/></testcase>`;
}

/** Text of an attribute; a line end in it would become a space anyway. */
function attribute(text: string): string {
  return escapeXml(legalText(text).replaceAll(/[\t\n]/g, ' '));
}
