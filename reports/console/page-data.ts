/** What the server hands to the page of the console: words from the label file, examples, where things lie. Types alone. */

export interface ConsoleExample {
  id: string;
  title: string;
  sql: string;
}

export interface ConsoleWords {
  states: { loading: string; opening: string; ready: string; running: string; stopping: string };
  result: { rows: string; capped: string; empty: string; pages: string; yes: string; no: string; table: string };
  tables: { found: string; look: string; columns: string };
  chart: { none: string; capped: string; by: string; alt: string };
  errors: Readonly<Record<string, string>>;
}

export interface ConsoleData {
  /** Address of the published file, as seen from the page. */
  database: string;
  /** Its ETag when the page was made: another one means that a newer publication has come since. */
  etag: string;
  worker: string;
  wasm: string;
  /** The query that lists tables and columns with their comments. */
  tables: string;
  examples: ConsoleExample[];
  words: ConsoleWords;
}
