/**
 * What all sources of a run share to reach the outside: one HTTP hub with the limits over all of them, the private
 * engines for SQL, and a folder for what is downloaded. Closed when the run is over, whatever happened.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../config/log.ts';
import type { Sources } from '../../config/schema/operation.ts';
import type { HttpHub } from '../../connectors/http/hub.ts';
import type { HttpPort, Meter, QueryPort } from '../../connectors/ports.ts';
import { createQuerySessions } from '../database/query-session.ts';

export interface Outside {
  /** The ports of one source. */
  ports(use: { signal: AbortSignal; meter: Meter; log: Log }): { http: HttpPort; query: QueryPort };
  /** Makes the folder of a source for what it downloads. */
  scratch(sourceId: string): string;
  /** Removes the folder of a source, where one was made. */
  cleanUp(sourceId: string): void;
  close(): Promise<void>;
}

export interface OutsideOptions {
  sources: Sources;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  /** Where downloads go; the system's folder for temporary files when undefined. */
  scratchRoot?: string;
}

export function openOutside(options: OutsideOptions): Outside {
  const { sources, environment, now } = options;
  let hub: Promise<HttpHub> | null = null;
  // Loaded by the first source that asks: a night of files alone does not pay for it.
  const theHub = (): Promise<HttpHub> => {
    hub ??= import('../../connectors/http/hub.ts').then(({ createHttpHub }) =>
      createHttpHub({ hosts: sources.hosts, network: sources.network, environment, now }),
    );
    return hub;
  };
  const sessions = createQuerySessions();
  // What a killed run left behind is nobody's.
  if (options.scratchRoot !== undefined) rmSync(options.scratchRoot, { recursive: true, force: true });
  let root: string | null = null;
  const rootFolder = (): string => {
    if (root === null && options.scratchRoot !== undefined) mkdirSync(options.scratchRoot, { recursive: true });
    root ??= options.scratchRoot ?? mkdtempSync(join(tmpdir(), 'csdl-'));
    return root;
  };
  return {
    ports: (use) => ({
      http: { client: async (access, work) => (await theHub()).port(use).client(access, work) },
      query: sessions.port(use.signal),
    }),
    scratch(sourceId) {
      const folder = join(rootFolder(), sourceId);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    cleanUp(sourceId) {
      if (root !== null) rmSync(join(root, sourceId), { recursive: true, force: true });
    },
    async close() {
      await Promise.allSettled([hub?.then((opened) => opened.close()), sessions.close()]);
      if (root !== null) rmSync(root, { recursive: true, force: true });
    },
  };
}
