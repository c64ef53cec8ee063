/** Done of total as a thin bar. Rule: only where both are exact counts of one unit. */
export function ratioBar(done: number, total: number): string {
  const width = 90;
  const filled = total <= 0 ? 0 : Math.min(width, (done / total) * width);
  return `<svg class="ratio" aria-hidden="true" width="${width}" height="8" viewBox="0 0 ${width} 8"><rect class="b-track" x="0.5" y="0.5" width="${width - 1}" height="7"/><rect class="b-floor" x="0" y="0" width="${filled.toFixed(1)}" height="8"/></svg>`;
}
