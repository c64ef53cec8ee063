/** What an examination says of one thing. Rule: whatever needs action comes with what to do. */

export interface Examined {
  /** A stable name. */
  check: string;
  /** `note` is worth knowing and needs nothing done. */
  state: 'ok' | 'note' | 'action';
  message: string;
  /** What to do; null where nothing is to be done. */
  hint: string | null;
}

export const ok = (check: string, message: string): Examined => ({ check, state: 'ok', message, hint: null });
export const note = (check: string, message: string, hint: string | null = null): Examined => ({
  check,
  state: 'note',
  message,
  hint,
});
export const action = (check: string, message: string, hint: string): Examined => ({
  check,
  state: 'action',
  message,
  hint,
});

/** Sizes as people read them. */
export function shownBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
