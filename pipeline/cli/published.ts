/** Finds the publication a command reads; says what to do when there is none. */
import { join, resolve } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import type { Config } from '../../config/load.ts';
import type { Edition } from '../../config/schema/publication.ts';
import { isThere } from '../../config/system-fault.ts';
import { type Language, wordsIn } from '../../config/translation.ts';
import { inLanguage } from '../../reports/retold.ts';
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
  if (!isThere(path)) throw noPublication(out, edition);
  return path;
}

/**
 * The current publication, ready for what prints it anew with the settings of today.
 * @param language of the words around the data, which stay as they are
 * @throws Fault `labels/untranslated` where that language lacks words
 */
export async function readPublished(
  { effects, options }: Pick<Context, 'effects' | 'options'>,
  language: Language = 'vi',
): Promise<ViewContext> {
  publishedDatabase(options.out);
  const { loaded, translations } = await makePlan(options.config, effects.environment);
  const words = wordsIn(language, loaded.config.labels, translations);
  const ctx = await publishedContext(options.out, loaded.config);
  return language === 'vi' ? ctx : inLanguage(ctx, words);
}

/** The current publication as reports read it. @param programVersion named in what is made of it; that of today when not given */
export async function publishedContext(
  out: string,
  config: Config,
  edition: Edition = 'noi_bo',
  programVersion?: string,
): Promise<ViewContext> {
  const path = publishedDatabase(out, edition);
  const manifest = currentManifest(outPaths(out), edition);
  if (manifest === null) throw noPublication(out, edition);
  const database = await Database.open({ path, readOnly: true });
  try {
    const input: RenderInput = {
      config,
      runId: manifest.run_id,
      asOf: manifest.as_of,
      publishedAt: new Date(manifest.made_at),
      edition,
      schema: 'main',
      ...(programVersion === undefined ? {} : { programVersion }),
    };
    return reportContext(await readRenderTables(database, input), input);
  } finally {
    database.close();
  }
}

/** What to say where there is no publication, or none of the edition. */
export function noPublication(out: string, edition: Edition = 'noi_bo'): Fault {
  if (edition !== 'noi_bo')
    return new Fault('usage/no-publication', `there is no edition ${edition} in ${resolve(out)}`, {
      exit: EXIT.usage,
      hint: `csdl run makes one where editions of publication.yaml name ${edition}`,
    });
  return new Fault('usage/no-publication', `there is no publication in ${resolve(out)}`, {
    exit: EXIT.usage,
    hint: 'csdl run makes one; --out or CSDL_OUT names its folder',
  });
}
