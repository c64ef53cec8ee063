/**
 * The bundle: every setting and every SQL file of a run, kept by hash, so that any past night can be scored again with
 * the method then in force.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../config/fault.ts';
import type { Config } from '../config/load.ts';
import { isThere } from '../config/system-fault.ts';
import type { ScoringSql } from '../scoring/sql-files.ts';

export interface Bundle {
  config: Config;
  scoring: ScoringSql;
}

/** Hash of a bundle; equal settings and SQL give equal hashes. Options of sources may hold secrets and stay out. */
export function bundleHash(bundle: Bundle): string {
  return createHash('sha256').update(bundleText(bundle)).digest('hex').slice(0, 32);
}

function bundleText(bundle: Bundle): string {
  const sources = bundle.config.sources.sources.map((source) => ({ ...source, options: {} }));
  const measure = bundle.config.sources.measure.map(({ postgres: _server, data: _data, ...rest }) => rest);
  const reconcile = bundle.config.sources.reconcile.map(({ left: _left, right: _right, salt: _salt, ...rest }) => rest);
  // Keys stay in the order of the files: pillars, indicators, states and gates have an order, and a replay needs it.
  return JSON.stringify({
    ...bundle,
    config: { ...bundle.config, sources: { ...bundle.config.sources, sources, measure, reconcile } },
  });
}

/** Keeps the bundle unless it is there already; returns its hash. */
export function keepBundle(folder: string, bundle: Bundle): string {
  const hash = bundleHash(bundle);
  const path = join(folder, `${hash}.json.gz`);
  if (!isThere(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.new`, gzipSync(bundleText(bundle)));
    renameSync(`${path}.new`, path);
  }
  return hash;
}

/** @throws Fault `store/no-bundle` */
export function readBundle(folder: string, hash: string): Bundle {
  const path = join(folder, `${hash}.json.gz`);
  if (!isThere(path))
    throw new Fault('store/no-bundle', `the settings of that night (${hash}) are not in ${folder}`, {
      hint: 'use --method current',
    });
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as Bundle;
}
