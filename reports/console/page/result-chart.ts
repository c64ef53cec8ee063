/** A result as bars or as a line in steps. Rule: the table stays beside it; sizes are attributes, since the policy forbids styles. */
import type { ConsoleWords } from '../page-data.ts';
import type { Column } from './cell.ts';
import { type ChartPlan, type ChartPoint, chartChoice, planChart } from './chart-plan.ts';
import { draw, make, part } from './dom.ts';
import type { Result } from './engine.ts';
import { put, showCell } from './show.ts';

export class ResultChart {
  readonly #words: ConsoleWords;
  readonly #box = part('bieu-do', HTMLDetailsElement);
  readonly #label = part('bieu-do-ten', HTMLSelectElement);
  readonly #value = part('bieu-do-so', HTMLSelectElement);
  readonly #place = part('bieu-do-hinh', HTMLDivElement);
  #result: Result | undefined;

  constructor(words: ConsoleWords) {
    this.#words = words;
    for (const input of [this.#label, this.#value]) input.addEventListener('change', () => this.#draw());
    this.#box.addEventListener('toggle', () => this.#draw());
  }

  show(result: Result | undefined): void {
    this.#result = result;
    const choice = chartChoice(result?.columns ?? []);
    this.#box.hidden = result === undefined || choice.values.length === 0 || result.rows.length === 0;
    const options = (places: readonly number[]) =>
      places.map((i) => make('option', { value: i }, result?.columns[i]?.name ?? ''));
    this.#label.replaceChildren(...options(choice.labels));
    this.#value.replaceChildren(...options(choice.values));
    this.#draw();
  }

  #draw(): void {
    const { columns = [], rows = [] } = this.#result ?? {};
    if (this.#box.hidden || !this.#box.open) {
      this.#place.replaceChildren();
      return;
    }
    const [label, value] = [Number(this.#label.value), Number(this.#value.value)];
    const show = (cell: Parameters<typeof showCell>[0], column: Column) => showCell(cell, column, this.#words.result);
    const plan = planChart(columns, rows, label, value, show);
    const number = (n: number) => show(n, { name: '', kind: 'number' });
    const name = put(this.#words.chart.alt, { value: columns[value]?.name ?? '', label: columns[label]?.name ?? '' });
    const parts: Node[] = [];
    if (plan.points.length === 0) parts.push(make('p', { class: 'none' }, this.#words.chart.none));
    else parts.push(plan.kind === 'bars' ? bars(plan, number, name) : steps(plan, number, name));
    if (plan.leftOut > 0)
      parts.push(
        make('p', { class: 'note' }, put(this.#words.chart.capped, { n: plan.points.length, left: plan.leftOut })),
      );
    this.#place.replaceChildren(...parts);
  }
}

/** Each bar in a row of a table of its own: the names wrap, and a reader of screens reads name and number. */
function bars(plan: ChartPlan, number: (n: number) => string, name: string): HTMLElement {
  const span = plan.high - plan.low || 1;
  const row = ({ label, value }: ChartPoint) => {
    const start = ((Math.min(0, value) - plan.low) / span) * 100;
    const bar = draw('rect', { x: `${start}%`, y: 2, width: `${(Math.abs(value) / span) * 100}%`, height: 12 });
    const zero = `${(-plan.low / span) * 100}%`;
    const line = draw('line', { x1: zero, x2: zero, y1: 0, y2: 16 });
    const svg = draw('svg', { width: '100%', height: 16, 'aria-hidden': 'true' }, bar, line);
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, label),
      make('td', {}, svg),
      make('td', { class: 'num' }, number(value)),
    );
  };
  return make('table', { class: 'bars' }, make('caption', {}, name), make('tbody', {}, ...plan.points.map(row)));
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 220, 8, 88, 16, 28];

/** One value per day holds until the next one: a line in steps, first and last day and the last value written at it. */
function steps(plan: ChartPlan, number: (n: number) => string, name: string): Element {
  const { points, low, high } = plan;
  const span = high - low || 1;
  const x = (i: number) => LEFT + (i / (points.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + ((high - value) / span) * (HEIGHT - TOP - BOTTOM);
  const path = points.map(({ value }, i) => (i === 0 ? `M${x(0)},${y(value)}` : `H${x(i)}V${y(value)}`)).join('');
  const last = points.at(-1) ?? { label: '', value: 0 };
  const end = points.length - 1;
  const text = `${name}: ${points[0]?.label} ${number(points[0]?.value ?? 0)} – ${last.label} ${number(last.value)}`;
  return make(
    'figure',
    {},
    draw(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'steps', role: 'img', 'aria-label': text },
      draw('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(0), y2: y(0) }),
      draw('path', { d: path }),
      draw('circle', { cx: x(end), cy: y(last.value), r: 4 }),
      draw('text', { x: x(end) + 10, y: y(last.value) + 5 }, number(last.value)),
      draw('text', { x: LEFT, y: HEIGHT - 8 }, points[0]?.label ?? ''),
      draw('text', { x: x(end), y: HEIGHT - 8, 'text-anchor': 'end' }, last.label),
    ),
    make('figcaption', { class: 'note' }, name),
  );
}
