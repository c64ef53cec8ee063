/** The rooms whose parsers are fuzzed; the modules of a room are loaded by the process that feeds it, and by no other. */
import type { Targets } from './target.ts';

export const ROOMS: Readonly<Record<string, () => Promise<{ targets: Targets }>>> = {
  language: () => import('./targets/language.ts'),
  documents: () => import('./targets/documents.ts'),
  settings: () => import('./targets/settings.ts'),
  sources: () => import('./targets/sources.ts'),
  network: () => import('./targets/network.ts'),
  logs: () => import('./targets/logs.ts'),
  forms: () => import('./targets/forms.ts'),
  contracts: () => import('./targets/contracts.ts'),
  serving: () => import('./targets/serving.ts'),
  commands: () => import('./targets/commands.ts'),
};
