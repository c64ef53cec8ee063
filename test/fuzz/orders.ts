/** What the process that watches asks of one that feeds the targets of a room, and what it is told. */
export interface Orders {
  room: string;
  /** Parts of names of targets; none for all. */
  wanted: readonly string[];
  /** Targets up to this one were fed before. */
  after?: string;
  seed: number;
  /** Most inputs of a target, by its kind. */
  most: Readonly<Record<'text' | 'file', number>>;
  /** Most seconds of a target. */
  seconds: number;
  /** File in which the number of the input under way stands. */
  progress: string;
  /** Only this batch. */
  batch?: number;
  /** Batches before this one were fed by an earlier run of the same seed. */
  from: number;
  /** Feed nothing; show the input of this number in the batch. */
  reveal?: number;
}

/** Inputs of one batch: a run of its own seed, so that one failure is found again without all before it. */
export const BATCH = { text: 1_000, file: 50 } as const;

export interface Failure {
  message: string;
  input: string;
  batch: number;
}

export type Told =
  | { begins: string; kind: 'text' | 'file'; limitMs: number }
  | { ends: string; inputs: number; seconds: number; failure?: Failure | undefined };
