/** "Did you mean …": the valid word nearest to the one that was typed. */

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, change));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The nearest of `valid` to `word` within a third of its length (at least 2 edits), or null. */
export function nearest(word: string, valid: Iterable<string>): string | null {
  const typed = word.toLowerCase();
  let best: { word: string; distance: number } | null = null;
  for (const candidate of valid) {
    const d = distance(typed, candidate.toLowerCase());
    if (best === null || d < best.distance) best = { word: candidate, distance: d };
  }
  return best !== null && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.word : null;
}

/** A hint sentence for an unknown word, or null where nothing is near and the list is too long to print. */
export function didYouMean(word: string, valid: Iterable<string>): string | null {
  const list = [...valid];
  const near = nearest(word, list);
  if (near !== null) return `did you mean "${near}"?`;
  return list.length > 0 && list.length <= 12 ? `valid: ${list.join(', ')}` : null;
}
