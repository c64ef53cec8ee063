/** The cells of a database's row as one text in the wording of the tracking system: typed once, pasted once. */
import type { Form } from '../../config/form/form.ts';
import { wordOf } from '../../config/form/lists.ts';
import type { FormValue, StatusRow } from '../../config/form/reading.ts';
import { viDate } from '../../config/format.ts';
import type { Labels } from '../../config/labels.ts';
import { amount } from '../fact-words.ts';

/** States in which a day of the last synchronisation says something. */
const SYNCED = new Set(['in_progress', 'partial', 'full', 'aimed_full']);

/** Plain text, one line; it never begins with a sign a program would take for a formula. */
export function composeStatus(row: StatusRow, form: Form, labels: Labels): string {
  const say = (key: string, values: Record<string, string | number>): string =>
    labels.format(['form', 'compose', key], values);
  const word = (key: string): string | null => wordIn(form, key, row.values[key]);
  const sentences: string[] = [];
  const met = row.values.criteria_met;
  if (met?.kind === 'number') sentences.push(say('criteria', { met: met.number, total: form.criteria.length }));
  const software = word('software');
  const extent = word('extent');
  if (software !== null)
    sentences.push(
      extent === null ? say('software', { state: software }) : say('software_extent', { state: software, extent }),
    );
  sentences.push(...data(row, labels, word));
  const connection = word('c12_connection');
  if (connection !== null) sentences.push(say('c12', { state: connection }));
  const sync = word('c12_sync');
  const synced = row.values.synced_on;
  if (sync !== null)
    sentences.push(
      synced?.kind === 'date' && SYNCED.has(stateOf(row.values.c12_sync))
        ? say('sync_on', { state: sync, date: viDate(synced.day) })
        : say('sync', { state: sync }),
    );
  for (const [key, sentence] of [
    ['c06_connection', 'c06'],
    ['cleaning', 'cleaning'],
    ['security', 'security'],
  ] as const) {
    const state = word(key);
    if (state !== null) sentences.push(say(sentence, { state }));
  }
  const trouble = troubles(row, word, say);
  if (trouble !== null) sentences.push(trouble);
  return sentences.length === 0 ? say('nothing', {}) : sentences.join(' ');
}

/** "khoảng 4,8 triệu dữ liệu hồ sơ (Đã thu thập)" and the total there should be. */
function data(row: StatusRow, labels: Labels, word: (key: string) => string | null): string[] {
  const say = (key: string, values: Record<string, string>): string => labels.format(['form', 'compose', key], values);
  const unit = word('unit') ?? labels.text('form', 'compose', 'unit_none');
  const { records, expected, precision } = row.values;
  const out: string[] = [];
  if (records?.kind === 'number') {
    const id = precision?.kind === 'state' ? precision.id : 'exact';
    const said = labels.has('format', 'approx', id)
      ? labels.format(['format', 'approx', id], { x: amount(labels.written, records.number) })
      : amount(labels.written, records.number);
    const stage = word('stage');
    out.push(
      stage === null
        ? say('data', { amount: said, unit })
        : say('data_stage', { amount: said, unit, stage: lower(stage) }),
    );
  }
  if (expected?.kind === 'number')
    out.push(say('data_expected', { amount: amount(labels.written, expected.number), unit }));
  return out;
}

function troubles(
  row: StatusRow,
  word: (key: string) => string | null,
  say: (key: string, values: Record<string, string>) => string,
): string | null {
  const what = word('blocked_by');
  if (what === null || (row.values.blocked_by?.kind === 'state' && row.values.blocked_by.id === 'none_stated'))
    return null;
  const who = word('waiting_for');
  const since = row.values.waiting_since;
  const date = since?.kind === 'date' ? viDate(since.day) : null;
  const said = lower(what);
  if (who !== null)
    return date === null
      ? say('trouble_who', { what: said, who })
      : say('trouble_who_since', { what: said, who, date });
  return date === null ? say('trouble', { what: said }) : say('trouble_since', { what: said, date });
}

function stateOf(value: FormValue | undefined): string {
  return value?.kind === 'state' ? value.id : '';
}

function wordIn(form: Form, key: string, value: FormValue | undefined): string | null {
  if (value === undefined) return null;
  if (value.kind === 'text') return value.text.replaceAll(/\s+/g, ' ').trim() || null;
  if (value.kind !== 'state') return null;
  const list = form.columns.status.find((column) => column.key === key)?.list;
  return list === undefined ? value.id : (wordOf(form.lists[list], value.id) ?? value.id);
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
