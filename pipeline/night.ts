/** What the stages of one night share. */
import type { Log } from '../config/log.ts';
import type { OutPaths } from './contract.ts';
import type { Plan } from './stages/plan.ts';

export interface Night {
  plan: Plan;
  paths: OutPaths;
  runId: string;
  asOf: string;
  startedAt: Date;
  bundle: string;
  method: string;
  log: Log;
}
