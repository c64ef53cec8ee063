/**
 * What becomes of a finding from night to night. Pure: the findings of tonight, what earlier nights knew and what people
 * decided come in; the rows of publication.finding come out. A state says something about the finding and changes no figure.
 */
import type { Decision } from '../../config/schema/operation.ts';
import { daysBetween } from '../../config/time.ts';

/** A finding as SQL and label file give it, or as it was told on the night it opened. */
export interface ToldFinding {
  finding_id: string;
  kind: string;
  severity: 'error' | 'warning' | 'info';
  database_id: string | null;
  agency_id: string | null;
  name: string;
  text: string;
  is_contradiction: boolean;
  observation_ids: string | null;
}

/** What was known of a finding before tonight. Days are local, YYYY-MM-DD. */
export interface FindingPast {
  finding_id: string;
  /** First night on which it was ever found. */
  first_seen: string;
  /** The night on which it was last found anew. */
  open_since: string;
  /** How often it was found anew. */
  times_seen: number;
  /** First night that did not find it any more; null while it is open. */
  closed_on: string | null;
}

export type FindingState = 'new' | 'seen' | 'acknowledged' | 'contested' | 'resolved';

export interface FindingRow extends ToldFinding {
  state: FindingState;
  first_seen: string;
  open_since: string;
  /** Whole days from `open_since` to the day, or to the day on which it was resolved. */
  days_open: number;
  times_seen: number;
  resolved_on: string | null;
  decision_id: string | null;
  author: string | null;
  decided_on: string | null;
  note: string | null;
  answer: string | null;
  answered_by: string | null;
  answered_on: string | null;
}

type OnFinding = Extract<Decision, { kind: 'acknowledge' | 'contest' }>;

/** The decisions on findings that are in force on the day, oldest first: the last one made holds. */
export function decisionsOnFindings(decisions: readonly Decision[], asOf: string): Map<string, OnFinding> {
  const inForce = decisions.filter(
    (d): d is OnFinding =>
      (d.kind === 'acknowledge' || d.kind === 'contest') &&
      d.when <= asOf &&
      (d.until === undefined || asOf <= d.until),
  );
  // Sorting keeps the order of the file among those of one day.
  return new Map(
    [...inForce].sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0)).map((d) => [d.finding, d]),
  );
}

/** A finding of tonight. One that had gone and is back is new again: a decision of before it went speaks of an earlier time. */
export function openFinding(
  told: ToldFinding,
  past: FindingPast | undefined,
  decision: OnFinding | undefined,
  asOf: string,
): FindingRow {
  const isBack = past !== undefined && past.closed_on !== null;
  const openSince = past === undefined || isBack ? asOf : past.open_since;
  const times = (past?.times_seen ?? 0) + (past === undefined || isBack ? 1 : 0);
  const holds = decision !== undefined && (times === 1 || decision.when >= openSince) ? decision : undefined;
  return {
    ...told,
    state:
      holds === undefined
        ? openSince === asOf
          ? 'new'
          : 'seen'
        : holds.kind === 'contest'
          ? 'contested'
          : 'acknowledged',
    first_seen: past?.first_seen ?? asOf,
    open_since: openSince,
    days_open: daysBetween(openSince, asOf),
    times_seen: times,
    resolved_on: null,
    ...decided(holds, asOf),
  };
}

/** A finding that tonight does not find any more, or that an earlier night no longer found. */
export function resolvedFinding(
  told: ToldFinding,
  past: FindingPast,
  decision: OnFinding | undefined,
  asOf: string,
): FindingRow {
  const resolvedOn = past.closed_on ?? asOf;
  return {
    ...told,
    state: 'resolved',
    first_seen: past.first_seen,
    open_since: past.open_since,
    days_open: daysBetween(past.open_since, resolvedOn),
    times_seen: past.times_seen,
    resolved_on: resolvedOn,
    ...decided(decision, asOf),
  };
}

function decided(
  decision: OnFinding | undefined,
  asOf: string,
): Pick<FindingRow, 'decision_id' | 'author' | 'decided_on' | 'note' | 'answer' | 'answered_by' | 'answered_on'> {
  const answer =
    decision?.kind === 'contest' && decision.answer !== undefined && decision.answer.when <= asOf
      ? decision.answer
      : null;
  return {
    decision_id: decision?.id ?? null,
    author: decision?.who ?? null,
    decided_on: decision?.when ?? null,
    note: decision?.ground ?? null,
    answer: answer?.text ?? null,
    answered_by: answer?.who ?? null,
    answered_on: answer?.when ?? null,
  };
}
