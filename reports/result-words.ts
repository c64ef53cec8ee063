/** States as shape and word, figures as interval bars. Rule: where nobody answered there is no bar and no number. */
import type { ViewContext } from './view-context.ts';
import type { Bar, Mark, MarkShape } from './view-parts.ts';

const CRITERION_SHAPES: Record<string, MarkShape> = {
  met: 'done',
  in_progress: 'half',
  unmet: 'open',
  deferred: 'later',
  na_requested: 'asked',
  not_applicable: 'out',
  unknown: 'none',
};
const RESULT_SHAPES: Record<string, MarkShape> = {
  met: 'done',
  partial: 'half',
  unmet: 'open',
  not_applicable: 'out',
  na_requested: 'asked',
  deferred: 'later',
  unknown: 'none',
  undefined: 'none',
  stale: 'old',
  collector_failed: 'old',
  conflict: 'clash',
};

export function criterionMark(ctx: ViewContext, state: string): Mark {
  return { shape: CRITERION_SHAPES[state] ?? 'none', word: ctx.t('criterion_states', state) };
}

export function resultMark(ctx: ViewContext, state: string): Mark {
  return { shape: RESULT_SHAPES[state] ?? 'none', word: ctx.t('result_states', state) };
}

/** Mark of a gate: confirmed, reported only, or open. */
export function gateMark(ctx: ViewContext, passed: boolean, word: 'gate_reported' | 'gate_confirmed'): Mark {
  return { shape: passed ? 'done' : 'open', word: ctx.t('pages', 'database', passed ? word : 'gate_open') };
}

export interface Figures {
  floor: number | null;
  confirmed: number | null;
  ceiling: number | null;
  coverage: number | null;
}

/** The interval bar of four figures, or null where nobody answered or nothing applies. @param answered somebody did, however vaguely */
export function bar(ctx: ViewContext, figures: Figures, threshold: number | null, answered = false): Bar | null {
  const { floor, confirmed, ceiling, coverage } = figures;
  if (floor === null || ceiling === null || coverage === null) return null;
  if (!answered && coverage === 0 && floor === 0 && ceiling === 100) return null;
  const range =
    floor === ceiling
      ? ctx.written.points(floor)
      : ctx.f(['format', 'range'], { a: ctx.written.points(floor), b: ctx.written.points(ceiling) });
  const values = {
    floor: ctx.written.points(floor),
    ceiling: ctx.written.points(ceiling),
    coverage: ctx.written.points(coverage),
    confirmed: ctx.written.points(confirmed ?? 0),
  };
  return {
    floor,
    confirmed: confirmed ?? 0,
    ceiling,
    coverage,
    threshold,
    range,
    coverage_text: ctx.f(['score', 'coverage_short'], { n: ctx.written.points(coverage) }),
    alt: ctx.f(['pages', 'common', 'bar_alt'], values),
  };
}
