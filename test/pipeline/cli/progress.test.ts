import { describe, expect, test } from 'vitest';
import { createLog } from '../../../pipeline/cli/log.ts';
import { withProgress } from '../../../pipeline/cli/progress.ts';
import { sourcesText } from '../../../pipeline/cli/sources-text.ts';
import type { SourceReport } from '../../../pipeline/contract.ts';
import { clockFrom } from '../../support/project.ts';

function terminal() {
  let written = '';
  const effects = {
    stdout: () => {},
    stderr: (text: string) => {
      written += text;
    },
    isTerminal: true,
    environment: {},
    now: clockFrom('2026-06-29T18:30:00Z'),
    signal: new AbortController().signal,
  };
  const log = withProgress(createLog(effects, 'text', []), effects);
  return { log, written: () => written };
}

/** What stays on the screen: of each line what was written after the last return. */
const screen = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.split('\r').at(-1)?.replace('\u001b[K', '') ?? '')
    .filter((line) => line !== '');

describe('progress on a terminal', () => {
  test('one bar for all sources; a failure and what comes after it stand in lines of their own', () => {
    const { log, written } = terminal();
    log.info('collect.start', { sources: 4 });
    log.with({ source: 'a' }).info('collect.source.done', { observations: 3 });
    log.warn('collect.source.failed', { source: 'b', code: 'source/unreachable' });
    log.with({ source: 'c' }).info('inbox.read', { file: 'x.docx' });
    log.info('collect.source.done', { source: 'c' });
    log.info('collect.source.done', { source: 'd' });
    log.info('store.done', { appended: 3 });
    const lines = screen(written());
    expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))).toEqual([
      'collect.start sources=4',
      '! collect.source.failed source=b code=source/unreachable',
      'inbox.read source=c file=x.docx',
      expect.stringMatching(/^collecting █{24} 4\/4, 1 failed, \d+\.0 s$/),
      'store.done appended=3',
    ]);
    expect(written()).toContain('░');
  });

  test('no source, no bar', () => {
    const { log, written } = terminal();
    log.info('score.start');
    expect(written()).not.toContain('collecting');
  });
});

const ok = (id: string): SourceReport => ({
  id,
  state: 'ok',
  observations: 3,
  rejections: 0,
  ms: 12,
  error_code: null,
  error_message: null,
  error_hint: null,
  tries: 1,
  bytes: 400,
  last_good_at: '2026-06-29 18:30:00',
  failures: 0,
});

describe('how the sources did', () => {
  test('a failed source is told with its reason, its remedy and since when', () => {
    const failed: SourceReport = {
      ...ok('b'),
      state: 'failed',
      observations: 0,
      error_code: 'source/unreachable',
      error_message: 'refused the connection',
      error_hint: 'ask its operator whether it runs',
      // In UTC, as the store has it; in Việt Nam it is past midnight.
      last_good_at: '2026-06-26 18:30:00',
      failures: 3,
    };
    const text = sourcesText([ok('a'), failed]);
    expect(text).toContain('! b: refused the connection (failed 3 times on end, last good 2026-06-27)');
    expect(text).toContain('→ ask its operator whether it runs');
  });

  test('of many sources only those are listed that have something to say', () => {
    const many = Array.from({ length: 116 }, (_, i) => ok(`nguon-${i}`));
    const text = sourcesText([...many, { ...ok('that-bai'), state: 'failed', error_code: 'source/unreachable' }]);
    expect(text).toContain('that-bai');
    expect(text).toContain('116 other sources are ok: 348 observations');
    expect(text).not.toContain('nguon-7');
  });
});
