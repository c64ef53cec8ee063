/**
 * Text of metric families, valid as OpenMetrics 1.0 and read by the textfile collector of node_exporter, which takes
 * neither types `info` and `stateset` nor time stamps at samples. Rule: gauges only; a name ends with its unit.
 */

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  /** Plain words: no quotes, no backslashes, one line. */
  readonly help: string;
  readonly unit?: 'seconds' | 'ratio';
  readonly samples: readonly Sample[];
}

/** Lines of the families and the mark of the end; a family without samples is left out. */
export function* familiesText(families: Iterable<Family>): Iterable<string> {
  for (const { name, help, unit, samples } of families) {
    if (samples.length === 0) continue;
    const head = [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    ];
    const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${String(value)}`);
    yield `${[...head, ...lines].join('\n')}\n`;
  }
  yield '# EOF\n';
}

function labelText(labels: Labels = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** The three escapes there are; every other control character and whatever turns the direction goes. */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '');
}

/** One sample for each state, 1 where it holds: the shape of a state set. */
export function stateSamples(labels: Labels, states: readonly string[], holds: string): Sample[] {
  return states.map((state) => ({ labels: { ...labels, state }, value: state === holds ? 1 : 0 }));
}
