/** What a run is asked for and what it answers; the shapes the command line prints. */
import type { LoadedConfig } from '../config/load.ts';
import type { Log } from '../config/log.ts';

/** Folders of one `--out`. The names are fixed: people and tools bookmark them. */
export interface OutPaths {
  out: string;
  store: string;
  /** Closed months of the observations, one file each. */
  archive: string;
  bundles: string;
  publications: string;
  /** The internal edition that readers see. */
  current: string;
  /** The edition `chia_se` that readers see, where one is made. */
  chiaSe: string;
  lock: string;
  /** Downloads of a run under way. */
  scratch: string;
  statusJson: string;
  statusJs: string;
}

export interface RunOptions {
  configFolder: string | undefined;
  out: string;
  asOf: string | undefined;
  /** Only these sources; all when undefined. The facts of the others keep speaking while they are live. */
  only?: readonly string[] | undefined;
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** The clock; a test fixes it. */
  now: () => Date;
  signal: AbortSignal;
  /** How long to wait for another program that has the store open; ten minutes when not given. */
  waitSeconds?: number | undefined;
}

export interface SourceReport {
  id: string;
  state: 'ok' | 'failed' | 'skipped';
  observations: number;
  rejections: number;
  ms: number;
  error_code: string | null;
  error_message: string | null;
  /** What the operator can do about it. */
  error_hint: string | null;
  /** Requests, connections or files tried; bytes received or read. */
  tries: number;
  bytes: number;
  /** Start of the last run in which it answered (UTC), this one included. */
  last_good_at: string | null;
  /** Runs on end, up to this one, in which it did not. */
  failures: number;
}

/** What `csdl run --json` prints. */
export interface RunReport {
  run_id: string;
  as_of: string;
  published: boolean;
  /** Rows of the catalogue, umbrella rows included. */
  databases: number;
  /** Facts collected by this run, those already known included. */
  observations: number;
  rejections: number;
  sources: SourceReport[];
  findings: number;
  levels: Record<'none' | '1' | '2' | '3' | '4' | '5', number>;
}

/** What `csdl run --dry-run` prints: what was fetched and would have been accepted; nothing was stored. */
export interface DryRunReport {
  dry_run: true;
  as_of: string;
  observations: number;
  rejections: number;
  sources: SourceReport[];
  /** Pieces that were refused, the first of each source. */
  refused: { source: string; place: string; code: string; message: string }[];
}

/** A run and where it left things, for the summary on a terminal. */
export interface RunOutcome {
  report: RunReport;
  /** The settings it ran with. */
  loaded: LoadedConfig;
  /** New facts appended to the store. */
  appended: number;
  /** Why nothing was published; null when it was. */
  withheld: string | null;
  /** Why the edition `chia_se` was not published, the internal one being so; null when it was, or was not asked for. */
  withheld_edition: string | null;
  site: string;
  database: string;
  /** Names of the levels from the label file, for the summary. */
  level_names: Record<keyof RunReport['levels'], string>;
  overdue: number;
  overdue_agencies: number;
  ms: number;
}
