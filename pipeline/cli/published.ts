/** Finds the publication a command reads; says what to do when there is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import type { Edition } from '../../config/schema/publication.ts';
import type { ViewContext } from '../../reports/view-context.ts';
import { Database } from '../database/database.ts';
import { outPaths } from '../paths.ts';
import { makePlan } from '../stages/plan.ts';
import { currentManifest, editionLink } from '../stages/publish.ts';
import { type RenderInput, readRenderTables, reportContext } from '../stages/render.ts';
import type { Context } from './context.ts';

/** Path of the published database of `--out`. @throws Fault `usage/no-publication` */
export function publishedDatabase(out: string, edition: Edition = 'noi_bo'): string {
  const path = join(editionLink(outPaths(out), edition), 'csdl.duckdb');
  if (!existsSync(path)) throw noPublication(out, edition);
  return path;
}

/** The current publication, ready for what prints it anew with the settings of today. */
export async function readPublished({ effects, options }: Pick<Context, 'effects' | 'options'>): Promise<ViewContext> {
  const path = publishedDatabase(options.out);
  const manifest = currentManifest(outPaths(options.out));
  if (manifest === null) throw noPublication(options.out);
  const { loaded } = await makePlan(options.config, effects.environment);
  const database = await Database.open({ path, readOnly: true });
  try {
    const input: RenderInput = {
      config: loaded.config,
      runId: manifest.run_id,
      asOf: manifest.as_of,
      publishedAt: new Date(manifest.made_at),
      edition: manifest.edition === 'chia_se' ? 'chia_se' : 'noi_bo',
      schema: 'main',
    };
    return reportContext(await readRenderTables(database, input), input);
  } finally {
    database.close();
  }
}

/** What to say where there is no publication, or none of the edition. */
export function noPublication(out: string, edition: Edition = 'noi_bo'): Fault {
  if (edition !== 'noi_bo')
    return new Fault('usage/no-publication', `there is no edition ${edition} in ${out}`, {
      exit: EXIT.usage,
      hint: `csdl run makes one where editions of publication.yaml name ${edition}`,
    });
  return new Fault('usage/no-publication', `there is no publication in ${out}`, {
    exit: EXIT.usage,
    hint: 'csdl run makes one; --out names its folder',
  });
}
