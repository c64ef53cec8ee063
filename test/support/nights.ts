/**
 * Night after night over one store in memory: the real store, models, comparison and history, without connectors, pages
 * and files, so that a year takes a minute. Settings, SQL and what the sources bring are given night by night.
 */
import type { Config } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import { silentLog } from '../../config/log.ts';
import { keepBundle, readBundle } from '../../pipeline/bundle.ts';
import { publishedOn, runOfId } from '../../pipeline/database/compared-runs.ts';
import { Database } from '../../pipeline/database/database.ts';
import { refreshLatest } from '../../pipeline/database/latest.ts';
import { keepHistory, setRunState, startRun } from '../../pipeline/database/ledger.ts';
import { planModels, restOf, runModels } from '../../pipeline/database/models.ts';
import { loadKnown, loadSettings } from '../../pipeline/database/raw.ts';
import { clearSteps, FIGURE_MODELS, type PartRow, readParts, readStep } from '../../pipeline/database/step-figures.ts';
import { openStore, storeCollected } from '../../pipeline/database/store.ts';
import { type Difference, differenceOfRuns } from '../../pipeline/difference.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { compareNights, keepReplayed } from '../../pipeline/stages/attribute.ts';
import { attributeNight, comparedNight } from '../../pipeline/stages/attribute-night.ts';
import type { Plan } from '../../pipeline/stages/plan.ts';
import { decidedObservations } from '../../pipeline/stages/score.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { temporaryFolder } from './folders.ts';
import { type Fact, normalised, scoringSql, shipped } from './night.ts';
import { HEALTH } from './past.ts';

export interface NightGiven {
  asOf: string;
  config: Config;
  scoring?: ScoringSql;
  /** What each source that was asked brought; null where it failed. One that is not named was not asked. */
  sources: Readonly<Record<string, readonly Fact[] | null>>;
  /** The night is not published although nothing speaks against it. */
  withheld?: boolean;
}

export interface NightDone {
  runId: string;
  asOf: string;
  /** Why the comparison asked to withhold it, or null. */
  refusal: string | null;
  parts: PartRow[];
  isPublished: boolean;
  /** Ids of the facts that were given, in their order. */
  ids: string[];
}

const FIGURES = ['confirmed', 'floor', 'ceiling', 'coverage'] as const;
/** "database pillar" → levels and figures, in tenths of a point; nothing is 0. */
export type Figures = Map<string, number[]>;

export class Nights {
  readonly database: Database;
  readonly paths = outPaths(temporaryFolder());
  readonly #log: Log;
  #count = 0;

  private constructor(database: Database, log: Log) {
    this.database = database;
    this.#log = log;
  }

  static async open(log: Log = silentLog): Promise<Nights> {
    const database = await Database.open();
    await openStore(database, ':memory:');
    await database.setThreads(1);
    return new Nights(database, log);
  }

  async run({ asOf, config, scoring = scoringSql, sources, withheld = false }: NightGiven): Promise<NightDone> {
    this.#count += 1;
    const { database, paths } = this;
    const startedAt = new Date(Date.parse(`${asOf}T16:00:00Z`) + this.#count * 1000);
    const runId = `run-${this.#count}`;
    const method = `${config.scoring.method.id} ${config.scoring.method.version}`;
    const bundle = keepBundle(paths.bundles, { config, scoring });
    await startRun(database, {
      run_id: runId,
      started_at: startedAt,
      as_of: asOf,
      bundle,
      program_version: '0',
      method,
    });
    const collected = config.sources.sources.map(({ id }) => {
      const facts = (sources[id] ?? []).map((f): Fact => ({ ...f, source: id, collected: startedAt.toISOString() }));
      const state = sources[id] === undefined ? 'skipped' : sources[id] === null ? 'failed' : 'ok';
      return {
        health: { ...HEALTH, run_id: runId, source_id: id, state } as const,
        normalised: { observations: normalised(config, { facts, asOf }).observations, statements: [], rejections: [] },
      };
    });
    await storeCollected(database, collected);
    const decided = decidedObservations(config, asOf);
    await refreshLatest(
      database,
      asOf,
      decided.rejected.map((r) => r.id),
    );
    await loadSettings(database, config);
    const health = collected.map((c) => c.health);
    await loadKnown(database, { asOf, knownAt: startedAt, runId, health, fromLog: false, ...decided });
    const first = await planModels(database, scoring, FIGURE_MODELS);
    await runModels(database, first, asOf);
    const plan = { loaded: { config }, scoring } as unknown as Plan;
    const night = { plan, paths, runId, asOf, startedAt, bundle, method, log: this.#log };
    const refusal = await attributeNight(database, night);
    const parts = await readParts(database, scoringSql, asOf);
    const rest = await planModels(database, scoring, ['publication.change', 'publication.change_part']);
    await runModels(database, restOf(rest, first), asOf);
    const isPublished = refusal === null && !withheld;
    await setRunState(database, runId, isPublished ? 'published' : 'withheld', startedAt);
    if (isPublished) await keepHistory(database, asOf);
    return {
      runId,
      asOf,
      refusal,
      parts,
      isPublished,
      ids: collected.flatMap((c) => c.normalised.observations.map((o) => String(o.id))),
    };
  }

  /** The figures published for a day. */
  published(asOf: string): Promise<Figures> {
    return this.#figures(`FROM store.score_history WHERE as_of = '${asOf}'`);
  }

  /** The figures of the night that was run last, published or not. */
  publishedTonight(asOf: string): Promise<Figures> {
    return this.#figures(`FROM publication.score_history WHERE as_of = '${asOf}'`);
  }

  async #figures(query: string): Promise<Figures> {
    const rows = await this.database.anyRows(`${query} ORDER BY database_id, pillar`);
    const tenths = (value: unknown): number => Math.round(Number(value ?? 0) * 10);
    return new Map(
      rows.map((row) => [
        `${row.database_id} ${row.pillar}`,
        [
          Number(row.level_reported ?? 0),
          Number(row.level_confirmed ?? 0),
          ...FIGURES.map((figure) => tenths(row[figure])),
        ],
      ]),
    );
  }

  /** The newest day of the history before a day, or null. */
  async dayBefore(asOf: string): Promise<string | null> {
    const rows = await this.database.anyRows(
      `SELECT max(as_of)::VARCHAR AS day FROM store.score_history WHERE as_of < '${asOf}'`,
    );
    return (rows[0]?.day ?? null) as string | null;
  }

  /** What `csdl diff` says of two runs, each named by its id or by its day. */
  async difference(from: string, to: string): Promise<Difference> {
    const [a, b] = await Promise.all([from, to].map((name) => this.#find(name)));
    if (a === undefined || b === undefined) throw new Error('no run');
    return differenceOfRuns(this.database, this.paths, [a, b], { config: shipped, scoring: scoringSql });
  }

  /** The figures of a run, worked out again from the log and the settings of that night. */
  async replayed(runId: string): Promise<Figures> {
    const run = await this.#find(runId);
    const night = await comparedNight(this.database, readBundle(this.paths.bundles, run.bundle), {
      asOf: run.as_of,
      knownAt: run.started_at,
    });
    await clearSteps(this.database);
    await keepReplayed(this.database, await compareNights(this.database, night, night, false), null);
    const rows = await readStep(this.database, 0);
    return new Map(
      rows.map((row) => [
        `${row.database_id} ${row.pillar}`,
        [row.level_reported, row.level_confirmed, ...FIGURES.map((figure) => row[figure])].map((n) => n ?? 0),
      ]),
    );
  }

  async #find(name: string) {
    const run = (await runOfId(this.database, name)) ?? (await publishedOn(this.database, name));
    if (run === null) throw new Error(`no run ${name}`);
    return run;
  }

  close(): void {
    this.database.close();
  }
}

/** What the parts add up to, in the form of `Nights.published`; only what differs in the end. */
export function added(parts: readonly PartRow[]): Figures {
  const sums: Figures = new Map();
  for (const part of parts) {
    const key = `${part.database_id} ${part.pillar}`;
    const moves = [
      (part.level_reported_to ?? 0) - (part.level_reported_from ?? 0),
      (part.level_confirmed_to ?? 0) - (part.level_confirmed_from ?? 0),
      ...FIGURES.map((figure) => part[`${figure}_tenths`]),
    ];
    const sum = sums.get(key) ?? moves.map(() => 0);
    sums.set(
      key,
      sum.map((value, i) => value + (moves[i] ?? 0)),
    );
  }
  // One factor may move back what another moved.
  return withoutZero(sums);
}

function withoutZero(figures: Figures): Figures {
  return new Map([...figures].filter(([, moves]) => moves.some((move) => move !== 0)));
}

/** `to` − `from`, only what differs. */
export function minus(to: Figures, from: Figures): Figures {
  const keys = [...new Set([...from.keys(), ...to.keys()])].sort();
  const rows = keys.map((key): [string, number[]] => {
    const [a, b] = [from.get(key) ?? [], to.get(key) ?? []];
    return [key, [0, 1, 2, 3, 4, 5].map((i) => (b[i] ?? 0) - (a[i] ?? 0))];
  });
  return withoutZero(new Map(rows));
}
