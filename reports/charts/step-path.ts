/**
 * A path of level and upright strokes in as few bytes as it can be told.
 * Rule: coordinates are rounded to tenths before they are told apart, so that the same figures give the same bytes.
 */
export class StepPath {
  #text = '';
  #x = 0;
  #y = 0;
  /** Stroke not yet written: along x or along y. */
  #along: 'h' | 'v' | null = null;
  #by = 0;

  moveTo(x: number, y: number): void {
    this.#write();
    [this.#x, this.#y] = [tenths(x), tenths(y)];
    this.#text += `M${this.#x / 10} ${this.#y / 10}`;
  }

  /** A slanting stroke does not occur between steps; it would be told as a level and an upright one. */
  lineTo(x: number, y: number): void {
    this.#stroke('h', tenths(x) - this.#x);
    this.#stroke('v', tenths(y) - this.#y);
  }

  closePath(): void {
    this.#write();
    this.#text += 'Z';
  }

  /** The path, and an empty one again. */
  take(): string {
    this.#write();
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #stroke(along: 'h' | 'v', by: number): void {
    if (by === 0) return;
    if (this.#along !== along) this.#write();
    this.#along = along;
    this.#by += by;
    if (along === 'h') this.#x += by;
    else this.#y += by;
  }

  #write(): void {
    if (this.#along !== null && this.#by !== 0) this.#text += `${this.#along}${this.#by / 10}`;
    this.#along = null;
    this.#by = 0;
  }
}

function tenths(n: number): number {
  return Math.round(n * 10);
}
