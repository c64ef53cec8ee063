/** What the rooms may say while they work: an event name and fields. Presentation and masking is the command line's. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  /** A log that adds fields to every entry. */
  with(fields: Readonly<Record<string, unknown>>): Log;
}

/** A log that says nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, with: () => silentLog };
