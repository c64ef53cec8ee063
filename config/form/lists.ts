/**
 * The drop-downs of the form: words from the label file beside the states they stand for, in both directions.
 * States keep the order of their scale (weakest first); names are sorted as Vietnamese sorts.
 */
import type { Labels } from '../labels.ts';
import type { Config } from '../load.ts';
import type { ListKey } from './columns.ts';

export interface ListEntry {
  /** State, unit, id of a database or criterion …; what the reader makes of the word. */
  readonly id: string;
  readonly word: string;
}
export type FormLists = Readonly<Record<ListKey, readonly ListEntry[]>>;

export type FormConfig = Pick<Config, 'databases' | 'agencies' | 'attributes' | 'criteria'>;

/** A database on the form. */
export interface FormDatabase {
  readonly id: string;
  /** Running number, as printed. */
  readonly no: number;
  readonly name: string;
  /** Word in the drop-downs: the number and the name, so that two like names stay apart. */
  readonly word: string;
}

/** Beside the states of `cleaning`: the database holds no citizens, so there is nothing to clean with dân cư. */
export const NO_PERSONS = 'no_persons';

/** `not_applicable` is not among them: only the Bộ Công an grants it. */
export const TYPED_CRITERION_STATES = ['met', 'in_progress', 'unmet', 'deferred', 'na_requested'] as const;

/** Attributes other than criteria that a row of evidence may be about. */
export const EVIDENCE_TOPICS = [
  'software.state',
  'records.count',
  'records.expected',
  'c12.connection',
  'c12.sync',
  'c06.connection',
  'c06.cleaning',
  'security.assessment',
  'security.level_approval',
  'blocked_by',
] as const;

const collator = new Intl.Collator('vi', { numeric: true });

/** Vietnamese order of two texts. */
export function byVietnamese(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

export function formLists(config: FormConfig, labels: Labels, databases: readonly FormDatabase[]): FormLists {
  const { scales, unit_classes, vocabularies } = config.attributes;
  const words = (ids: readonly string[], ...path: string[]): ListEntry[] =>
    ids.map((id) => ({ id, word: labels.text(...path, id) }));
  const own = (key: string): ListEntry[] =>
    Object.entries(labels.group('form', 'lists', key)).map(([id, word]) => ({ id, word }));
  const units = (group: string): ListEntry[] =>
    [...(unit_classes[group] ?? [])].sort(byVietnamese).map((word) => ({ id: word, word }));
  return {
    change: own('change'),
    software: words(scales.software ?? [], 'scales', 'software'),
    extent: own('extent'),
    unit: units('record'),
    precision: own('precision'),
    stage: words(vocabularies.stage, 'scales', 'record_stage'),
    connection: words(scales.connection ?? [], 'scales', 'connection'),
    sync: words(scales.sync ?? [], 'scales', 'sync'),
    cleaning: [...words(scales.cleaning ?? [], 'scales', 'cleaning'), ...own('cleaning')],
    security: words(scales.security_assessment ?? [], 'scales', 'security_assessment'),
    blocked_by: words(vocabularies.holder, 'blocked_by'),
    criterion: words(TYPED_CRITERION_STATES, 'criterion_states'),
    database: databases.map(({ id, word }) => ({ id, word })),
    topic: [
      ...config.criteria.criteria.map((c, i) => ({ id: `criterion.${c.id}`, word: `${i + 1}. ${c.title}` })),
      ...words(EVIDENCE_TOPICS, 'attributes'),
    ],
    document_kind: own('document_kind'),
    role: own('role'),
    locality_unit: units('locality'),
    authority: config.agencies
      .filter((a) => a.valid_to === null && (a.type === 'bo' || a.type === 'ngang_bo'))
      .sort((a, b) => byVietnamese(a.name, b.name))
      .map((a) => ({ id: a.agency_id, word: a.name })),
  };
}

/** The word of a state; null where the list does not hold it. */
export function wordOf(list: readonly ListEntry[], id: string): string | null {
  return list.find((entry) => entry.id === id)?.word ?? null;
}

/** The state of a word as the list has it (spaces, letter case and Unicode form aside); null where it is another word. */
export function idOf(list: readonly ListEntry[], word: string): string | null {
  const same = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  const wanted = same(word);
  return list.find((entry) => same(entry.word) === wanted)?.id ?? null;
}
