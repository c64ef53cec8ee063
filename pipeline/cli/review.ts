/** The page for checking what was read (`csdl extract --review`). */
import type { ReadDocument } from '../../connectors/document/read-file.ts';

export function reviewPage(
  _read: readonly ReadDocument[],
  _source: string | undefined,
  _config: string | undefined,
  _environment: NodeJS.ProcessEnv,
): string {
  return '';
}
