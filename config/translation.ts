/**
 * The label files of another language, beside the Vietnamese ones. Rule: data are never translated; a word is either in
 * both languages under the same key with the same places, or in Vietnamese alone and named here.
 */
import { EXIT, Fault } from './fault.ts';
import { Labels, type LabelTree, piecesOf } from './labels.ts';

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export type LabelFile = { [key: string]: LabelTree };

/** Groups that only Vietnamese readers meet; the head of labels/en.yaml says why. */
export const VIETNAMESE_ONLY = [
  'form',
  'workbook',
  'tables',
  'report',
  'pages.annexes.not_grouped',
  'pages.annexes.counts_from',
  'pages.annexes.counted',
  'pages.annexes.rows_counted',
  'pages.review',
  'pages.console',
  'pages.common.csdl',
  'pages.common.csdl_long',
  'agencies.order',
  'agencies.groups',
  'tables_published',
  'columns_published',
  'never_print',
];
/** Parts of these groups that the site shows. */
const STILL_TRANSLATED = ['report.brief', 'report.badge', 'report.database_columns', 'report.proposals_none'];

/** Whether the words at a dotted path are in Vietnamese alone. */
export function isVietnameseOnly(path: string): boolean {
  const isBelow = (group: string): boolean => path === group || path.startsWith(`${group}.`);
  return VIETNAMESE_ONLY.some(isBelow) && !STILL_TRANSLATED.some(isBelow);
}

/**
 * The words of a language, complete: its own, and the Vietnamese of the groups that have no other.
 * @throws Fault `labels/untranslated` with every key that lacks a word, or has other places than the Vietnamese
 */
export function wordsIn(
  language: Language,
  vietnamese: LabelFile,
  translations: Record<Exclude<Language, 'vi'>, LabelFile>,
): LabelFile {
  if (language === 'vi') return vietnamese;
  const other = translations[language];
  const problems = translationProblems(vietnamese, other);
  if (problems.length > 0) {
    const some = problems.slice(0, 12).map((one) => `  ${one.key}: ${one.message}`);
    const more = problems.length > some.length ? [`  and ${problems.length - some.length} more`] : [];
    throw new Fault(
      'labels/untranslated',
      `labels/${language}.yaml does not say all that labels/vi.yaml says:\n${[...some, ...more].join('\n')}`,
      { exit: EXIT.usage, hint: `add these keys to labels/${language}.yaml, or render in Vietnamese` },
    );
  }
  return merged(vietnameseOnly(vietnamese, '') ?? {}, other) as LabelFile;
}

/** Keys that one language has and the other lacks, and texts whose places differ. */
export function translationProblems(vietnamese: LabelFile, other: LabelFile): { key: string; message: string }[] {
  const [from, to] = [texts(vietnamese), texts(other)];
  return [
    ...[...from.keys()]
      .filter((key) => !to.has(key) && !isVietnameseOnly(key))
      .map((key) => ({ key, message: 'has no word in this language' })),
    ...[...to].flatMap(([key, text]) => {
      const original = from.get(key);
      if (original === undefined) return [{ key, message: 'is no key of the Vietnamese file' }];
      const [wanted, found] = [placesOf(original), placesOf(text)];
      const message = `has the places ${found || 'none'}, not ${wanted || 'none'}`;
      return wanted === found ? [] : [{ key, message }];
    }),
  ];
}

/** Every text with its dotted path; items of a list by their number. */
function texts(tree: LabelFile): Map<string, string> {
  return new Map(new Labels(tree).flat().map(({ key, text }) => [key, text]));
}

function placesOf(text: string): string {
  const names = piecesOf(text).flatMap((piece) => (typeof piece === 'string' ? [] : [`{${piece.name}}`]));
  return [...new Set(names)].sort().join(' ');
}

function vietnameseOnly(node: LabelTree, path: string): LabelTree | undefined {
  if (isVietnameseOnly(path)) return node;
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return undefined;
  const kept = Object.entries(node).flatMap(([key, child]) => {
    const below = vietnameseOnly(child, path === '' ? key : `${path}.${key}`);
    return below === undefined ? [] : [[key, below] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function merged(under: LabelTree, over: LabelTree): LabelTree {
  const isGroup = (node: LabelTree): node is LabelFile =>
    node !== null && typeof node === 'object' && !Array.isArray(node);
  if (!isGroup(under) || !isGroup(over)) return over;
  const both: { [key: string]: LabelTree } = { ...under };
  for (const [key, child] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    both[key] = below === undefined ? child : merged(below, child);
  }
  return both;
}
