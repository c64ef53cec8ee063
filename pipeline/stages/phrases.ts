/** Turns the typed parameters of findings and actions into Vietnamese text; wording comes from the label file alone. */
import { z } from 'zod';
import { viCount, viDate, viNumber, viPercent, viPoints } from '../../config/format.ts';
import { type Labels, sourceError } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';

/** How a parameter is to be printed: exactly one key. */
const parameter = z.union([
  z.object({ database: z.string() }),
  z.object({ agency: z.string().nullable() }),
  z.object({ body: z.string() }),
  z.object({ count: z.coerce.number() }),
  z.object({ number: z.coerce.number().nullable() }),
  z.object({ share: z.tuple([z.number().nullable(), z.number().nullable()]) }),
  z.object({ among: z.number().nullable() }),
  z.object({ failing: z.tuple([z.number().nullable(), z.number().nullable(), z.boolean()]) }),
  z.object({ source_error: z.string() }),
  z.object({ date: z.string().nullable() }),
  z.object({ text: z.string().nullable() }),
  z.object({ state: z.tuple([z.string(), z.string().nullable()]) }),
  z.object({ attribute: z.string() }),
  z.object({ place: z.tuple([z.string().nullable(), z.number().nullable()]) }),
  z.object({ rows: z.tuple([z.string(), z.number(), z.number()]) }),
  z.object({ label: z.array(z.string()) }),
]);
type Parameter = z.output<typeof parameter>;
const parameters = z.record(z.string(), parameter);

export class Phrases {
  readonly #labels: Labels;
  readonly #databases: Map<string, string>;
  readonly #agencies: Map<string, string>;
  readonly #scales: Map<string, string | undefined>;

  constructor(config: Config, labels: Labels) {
    this.#labels = labels;
    this.#databases = new Map(config.databases.map((d) => [d.database_id, d.name]));
    this.#agencies = new Map(config.agencies.map((a) => [a.agency_id, a.name]));
    this.#scales = new Map(Object.entries(config.attributes.attributes).map(([id, d]) => [id, d.scale]));
  }

  agency(id: string | null): string {
    return (id === null ? undefined : this.#agencies.get(id)) ?? this.#labels.text('agencies', 'owner');
  }

  database(id: string): string {
    // In a sentence the name begins with the usual abbreviation.
    return (this.#databases.get(id) ?? id).replace(/^Cơ sở dữ liệu/, 'CSDL');
  }

  /** Label of a state of an attribute. */
  state(attribute: string, state: string | null): string {
    const scale = this.#scales.get(attribute);
    if (state === null || scale === undefined) return state ?? this.#labels.text('format', 'none');
    return this.#labels.text('scales', scale, state);
  }

  /** Fills a template with the parameters of one row (JSON as the SQL made it). */
  fill(path: readonly string[], json: string): string {
    const values = parameters.parse(JSON.parse(json));
    return this.#labels.format(
      path,
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.#print(value)])),
    );
  }

  /** Rows that fail, of rows asked; a share alone where how many rows there are is not to be told. */
  #failing(failed: number | null, checked: number | null, isHidden: boolean): string {
    const labels = this.#labels;
    if (failed === null || checked === null || checked === 0) return labels.text('format', 'none');
    // One question, answered yes or no: nothing was counted by row.
    if (checked === 1) return labels.text('quality', 'failing', 'table');
    // Rounded up: what fails is never 0%.
    const share = `${viPoints((1000 - Math.floor((1000 * (checked - failed)) / checked)) / 10)}%`;
    if (isHidden) return labels.format(['quality', 'failing', 'share'], { share });
    return labels.format(['quality', 'failing', 'rows'], { failed: viNumber(failed), checked: viNumber(checked) });
  }

  #print(value: Parameter): string {
    const labels = this.#labels;
    const none = labels.text('format', 'none');
    if ('database' in value) return this.database(value.database);
    if ('agency' in value) return this.agency(value.agency);
    if ('body' in value) return labels.text('holders', value.body);
    if ('count' in value) return viCount(value.count);
    if ('number' in value) return value.number === null ? none : viNumber(value.number);
    if ('share' in value) {
      const [part, whole] = value.share;
      // A share, not the amounts: those of some databases are not to be shown.
      return part === null || whole === null || whole === 0 ? none : viPercent(part, whole);
    }
    if ('among' in value)
      return value.among === null ? '' : labels.format(['finding_words', 'among'], { n: viCount(value.among) });
    if ('failing' in value) return this.#failing(...value.failing);
    if ('source_error' in value) return sourceError(labels, value.source_error);
    if ('date' in value) return value.date === null ? none : viDate(value.date);
    if ('text' in value) return value.text ?? none;
    if ('state' in value) return this.state(value.state[0], value.state[1]);
    if ('attribute' in value) return labels.text('attributes', value.attribute);
    if ('place' in value)
      return labels.format(['format', 'place'], { row: value.place[0] ?? none, line: value.place[1] ?? none });
    if ('rows' in value) {
      const [, from, to] = value.rows;
      return labels.format(['format', from === to ? 'one_row' : 'rows'], { from, to });
    }
    return labels.text(...value.label);
  }
}
