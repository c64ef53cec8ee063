/** A source's row of health as the command line prints it. */
import type { SourceReport } from './contract.ts';
import type { SourceHealthRow } from './database/store-rows.ts';

export function sourceReport(health: SourceHealthRow): SourceReport {
  const { source_id: id, state, observations, rejections, ms, tries, bytes, failures } = health;
  const { error_code, error_message, error_hint, last_good_at } = health;
  return {
    id,
    state,
    observations,
    rejections,
    ms,
    error_code,
    error_message,
    error_hint,
    tries,
    bytes,
    last_good_at,
    failures,
  };
}
