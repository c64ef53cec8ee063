/** Word's units. Rule: measures are kept in millimetres, points and lines, and turned here. */

const TWIPS_PER_MM = 1440 / 25.4;

/** Twentieths of a point of a length in millimetres. */
export function twips(mm: number): number {
  return Math.round(mm * TWIPS_PER_MM);
}

/** Twentieths of a point of a height in points. */
export function twipsOfPoints(points: number): number {
  return Math.round(points * 20);
}

/** Word counts sizes in half points. */
export function halfPoints(points: number): number {
  return Math.round(points * 2);
}

/** 240ths of a line. */
export function lineUnits(lines: number): number {
  return Math.round(lines * 240);
}
