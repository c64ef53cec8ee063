/** A source is believed only as far as sources.yaml says: it cannot raise its own grade nor speak for others. */
import { expect, test } from 'vitest';
import type { SourceSetting } from '../../../config/schema/operation.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { shipped } from '../../support/night.ts';
import { DOCUMENT, FACT } from '../../support/statements.ts';

const OWNERS_PAPER: SourceSetting['trust'] = { grade: 'E2', said_by: ['owner', 'document'] };

function codes(statement: object, trust: SourceSetting['trust']): string[] {
  const normaliser = new Normaliser({
    config: shipped,
    runId: 'run',
    sourceId: 'nguon',
    collectedAt: new Date('2026-06-29T16:00:00Z'),
    trust,
  });
  for (const piece of [DOCUMENT, statement]) {
    normaliser.add({ kind: 'statement', statement: JSON.parse(JSON.stringify(piece)), at: 'line' });
  }
  return normaliser.result.rejections.map((r) => r.code);
}

test.each<[string, object, SourceSetting['trust'], string[]]>([
  ['what the owner says in a document', { ...FACT, grade: 'E2', said_by: 'owner' }, OWNERS_PAPER, []],
  ['a weaker grade', { ...FACT, grade: 'E1', said_by: 'owner' }, OWNERS_PAPER, []],
  ['a measurement nobody let it make', { ...FACT, grade: 'E4', said_by: 'owner' }, OWNERS_PAPER, ['grade_not_trusted']],
  ['a word of the receiver', { ...FACT, grade: 'E2', said_by: 'receiver' }, OWNERS_PAPER, ['speaker_not_trusted']],
  ['anything, where the operator keeps the file himself', { ...FACT, grade: 'E4', said_by: 'receiver' }, undefined, []],
])('%s', (_, statement, trust, expected) => {
  expect(codes(statement, trust)).toEqual(expected);
});

test('the shipped facts come from sources that cannot confirm anything', () => {
  expect(shipped.sources.sources).toHaveLength(5);
  for (const source of shipped.sources.sources) expect(source.trust, source.id).toEqual(OWNERS_PAPER);
});
