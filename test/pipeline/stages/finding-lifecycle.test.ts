/** The states of a finding, one rule at a time. */
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../config/schema/operation.ts';
import {
  decisionsOnFindings,
  type FindingPast,
  openFinding,
  resolvedFinding,
  type ToldFinding,
} from '../../../pipeline/stages/finding-lifecycle.ts';

const TOLD: ToldFinding = {
  finding_id: 'f',
  kind: 'waiting',
  severity: 'info',
  database_id: 'a',
  agency_id: 'b',
  name: 'N',
  text: 'T',
  is_contradiction: false,
  observation_ids: null,
};
const PAST: FindingPast = {
  finding_id: 'f',
  first_seen: '2026-06-01',
  open_since: '2026-06-01',
  times_seen: 1,
  closed_on: null,
};
const decide = (id: string, when: string, rest: Partial<Extract<Decision, { kind: 'contest' }>> = {}): Decision => ({
  id,
  kind: 'contest',
  finding: 'f',
  who: 'A',
  when,
  ground: 'G',
  ...rest,
});
const on = (decisions: readonly Decision[], asOf: string) => decisionsOnFindings(decisions, asOf).get('f');

describe('decisions', () => {
  test.each([
    ['not before its day', '2026-06-09', undefined],
    ['on its day', '2026-06-10', 'q'],
    ['on its last day', '2026-06-20', 'q'],
    ['not after it', '2026-06-21', undefined],
  ])('hold from `when` to `until`: %s', (_, day, id) => {
    expect(on([decide('q', '2026-06-10', { until: '2026-06-20' })], day)?.id).toBe(id);
  });

  test('the one made last holds; of one day the later in the file', () => {
    expect(on([decide('late', '2026-06-11'), decide('early', '2026-06-10')], '2026-06-30')?.id).toBe('late');
    expect(on([decide('x', '2026-06-10'), decide('y', '2026-06-10')], '2026-06-30')?.id).toBe('y');
  });

  test('an answer shows from its day on', () => {
    const decision = decide('q', '2026-06-10', { answer: { who: 'B', when: '2026-06-12', text: 'X' } });
    expect(openFinding(TOLD, PAST, on([decision], '2026-06-11'), '2026-06-11').answer).toBeNull();
    expect(openFinding(TOLD, PAST, on([decision], '2026-06-12'), '2026-06-12')).toMatchObject({
      answer: 'X',
      answered_by: 'B',
    });
  });

  test('one made before the finding was ever seen here still holds', () => {
    expect(openFinding(TOLD, undefined, on([decide('q', '2026-01-01')], '2026-06-30'), '2026-06-30').state).toBe(
      'contested',
    );
  });
});

describe('states', () => {
  test('new, then seen', () => {
    expect(openFinding(TOLD, undefined, undefined, '2026-06-30')).toMatchObject({
      state: 'new',
      first_seen: '2026-06-30',
      days_open: 0,
    });
    expect(openFinding(TOLD, PAST, undefined, '2026-06-30')).toMatchObject({
      state: 'seen',
      first_seen: '2026-06-01',
      days_open: 29,
    });
  });

  test('resolved on the first night that does not find it, and so until it is back', () => {
    expect(resolvedFinding(TOLD, PAST, undefined, '2026-06-30')).toMatchObject({
      state: 'resolved',
      resolved_on: '2026-06-30',
    });
    const closed = { ...PAST, closed_on: '2026-06-10' };
    expect(resolvedFinding(TOLD, closed, undefined, '2026-06-30')).toMatchObject({
      resolved_on: '2026-06-10',
      days_open: 9,
    });
    const back = openFinding(TOLD, closed, on([decide('q', '2026-06-05')], '2026-06-30'), '2026-06-30');
    expect(back).toMatchObject({
      state: 'new',
      times_seen: 2,
      first_seen: '2026-06-01',
      open_since: '2026-06-30',
      decision_id: null,
    });
    expect(openFinding(TOLD, closed, on([decide('q', '2026-06-30')], '2026-06-30'), '2026-06-30').state).toBe(
      'contested',
    );
  });
});
