/** What the columns of a table mean, from their titles; and whether the cells under them are what the titles say. */
import { foldLetters } from '../language/fold.ts';
import type { Cell, CellsRow, Table } from '../model.ts';
import { editDistance, likeness } from '../names/words.ts';

export const ROLES = [
  'number',
  'task',
  'legal_basis',
  'lead',
  'cooperating',
  'responsible_head',
  'deadline',
  'overdue_agencies',
  'executing',
  'status',
  'difficulty',
  'result',
  'progress',
  'note',
  'assigned',
  'done',
  'in_progress',
  'overdue',
  'rate',
  'agency',
  'own_tasks',
  'shared_tasks',
  'total',
] as const;
export type Role = (typeof ROLES)[number];

export interface Columns {
  /** tasks: one task a row; counts: numbers of tasks by agency; other: neither. */
  kind: 'tasks' | 'counts' | 'other';
  /** Position of the first column with a role. */
  at: Partial<Record<Role, number>>;
  /** Role of each column in order; null where the title says nothing known. */
  roles: (Role | null)[];
}

const BODY = '(?:don vi|co quan|bo,? nganh|dia phuong|to chuc)';
const LATE = '(?:qua han|chua hoan thanh|cham|tre han)';

/** Tried in this order: the first that fits gives the role. */
const TITLES: readonly (readonly [Role, RegExp])[] = [
  ['number', /^(?:s\.?\s?t\.?\s?t|t\.?\s?t|so tt|so thu tu|no)\W*$/],
  ['rate', /^ty\b|^ti le|ty le|%/],
  ['own_tasks', /giao rieng/],
  ['shared_tasks', /giao chung/],
  ['overdue_agencies', new RegExp(`${BODY}.*${LATE}`)],
  ['responsible_head', /nguoi dung dau|chiu trach nhiem|lanh dao (?:phu trach|chi dao)/],
  ['cooperating', /phoi hop/],
  ['deadline', /thoi han|\bhan (?:hoan thanh|xu ly|thuc hien)|thoi gian|thoi diem|^han$|moc hoan thanh/],
  ['legal_basis', /van ban|can cu|so,? ky hieu|nguon giao/],
  ['difficulty', /kho khan|vuong mac|nguyen nhan|ton tai|kien nghi|de xuat/],
  ['status', /tinh hinh|tinh trang|hien trang|trang thai/],
  ['progress', /tien do/],
  ['assigned', /^(?:tong )?so .*duoc giao|^(?:nhiem vu )?duoc giao$/],
  ['total', /^tong\b/],
  [
    'overdue',
    /^so .*(?:qua han|cham|muon|tre han)|^(?:nhiem vu )?(?:dang thuc hien )?(?:qua han|cham,? ?muon|cham|tre han)$/,
  ],
  [
    'in_progress',
    /^so .*(?:dang|chua)|^(?:nhiem vu )?(?:dang (?:thuc hien|trien khai|xu ly)|chua hoan thanh)(?: trong han)?$/,
  ],
  ['done', /^so .*hoan thanh|^(?:nhiem vu )?(?:da )?hoan thanh$/],
  ['result', /ket qua|san pham/],
  ['note', /ghi chu/],
  ['lead', new RegExp(`chu tri|chu quan|${BODY} duoc giao`)],
  ['executing', new RegExp(`${BODY}.*(?:thuc hien|trien khai|xay dung|bao cao)`)],
  ['agency', new RegExp(`^(?:ten )?(?:cac )?(?:${BODY}|bo\\b|tinh\\b)`)],
  ['task', /nhiem vu|noi dung|cong viec|co so du lieu|\bcsdl\b|he thong|viec can lam/],
];

/** The usual titles, for those with a misread letter. */
const USUAL: readonly (readonly [string, Role])[] = [
  ['ten nhiem vu', 'task'],
  ['nhiem vu', 'task'],
  ['noi dung nhiem vu', 'task'],
  ['van ban giao', 'legal_basis'],
  ['van ban giao nhiem vu', 'legal_basis'],
  ['co quan chu tri', 'lead'],
  ['don vi chu tri', 'lead'],
  ['co quan thuc hien', 'executing'],
  ['don vi thuc hien', 'executing'],
  ['thoi han', 'deadline'],
  ['thoi han hoan thanh', 'deadline'],
  ['don vi chua hoan thanh', 'overdue_agencies'],
  ['co quan dang thuc hien qua han', 'overdue_agencies'],
  ['tinh hinh thuc hien', 'status'],
  ['kho khan', 'difficulty'],
  ['kho khan, vuong mac', 'difficulty'],
  ['co quan phoi hop', 'cooperating'],
  ['ket qua thuc hien', 'result'],
  ['tien do', 'progress'],
  ['so nhiem vu duoc giao', 'assigned'],
  ['so nhiem vu da hoan thanh', 'done'],
  ['so nhiem vu dang thuc hien', 'in_progress'],
  ['so nhiem vu qua han', 'overdue'],
  ['don vi', 'agency'],
  ['co quan', 'agency'],
];

/** The meaning of a table's columns by their titles, in whatever order they stand. */
export function readColumns(header: readonly Cell[]): Columns {
  const roles = header.map((cell) => roleOf(cell.text));
  // "Kết quả thực hiện" beside the agencies that are late says how far they are; elsewhere it is what is expected.
  if (!roles.includes('status') && (roles.includes('overdue_agencies') || roles.includes('difficulty'))) {
    const result = roles.indexOf('result');
    if (result >= 0) roles[result] = 'status';
  }
  const at: Partial<Record<Role, number>> = {};
  for (const [index, role] of roles.entries()) if (role !== null) at[role] ??= index;
  const counts = (['assigned', 'done', 'in_progress', 'overdue', 'own_tasks', 'shared_tasks', 'total'] as const).filter(
    (role) => at[role] !== undefined,
  );
  if (at.total !== undefined && at.own_tasks === undefined && at.shared_tasks === undefined) {
    // "Tong so" beside done and in progress is what was assigned; beside nothing of the kind it stays a total.
    const role = /qua han|cham|muon/.test(plainTitle(header[at.total]?.text ?? '')) ? 'overdue' : 'assigned';
    if (at[role] === undefined && counts.length >= 2) {
      at[role] = at.total;
      roles[at.total] = role;
      delete at.total;
    }
  }
  const owner = at.agency ?? at.executing ?? at.lead;
  if (counts.length >= 2 && owner !== undefined) return { kind: 'counts', at: { ...at, agency: owner }, roles };
  const about = [at.deadline, at.lead, at.executing, at.overdue_agencies, at.legal_basis, at.status, at.agency];
  return { kind: at.task !== undefined && about.some((one) => one !== undefined) ? 'tasks' : 'other', at, roles };
}

function roleOf(title: string): Role | null {
  const plain = plainTitle(title);
  if (plain === '' || plain.length > 160) return null;
  // One misread letter in a usual title first: it must not turn the title into a wider one.
  const misread = plain.length < 9 ? undefined : USUAL.find(([usual]) => editDistance(plain, usual, 1) <= 1);
  if (misread !== undefined) return misread[1];
  for (const [role, pattern] of TITLES) if (pattern.test(plain)) return role;
  const near = USUAL.find(([usual]) => likeness(plain, usual, 0.8) > 0);
  return near?.[1] ?? null;
}

function plainTitle(title: string): string {
  return foldLetters(title).replace(/\s+/g, ' ').trim();
}

const NUMBER = /^\s*\(?\d{1,5}(?:\.\d{1,3}){0,3}\s?[.)]?\s*$/;
const DATE_ONLY = /^\W*(?:truoc ngay |ngay |thang |quy |nam )?(?:\d{1,2}[/.-]){1,2}\d{4}\W*$/;
const DOCUMENT_NUMBER = /\d{1,5}\s?[-/]\s?[a-z]{1,6}\d?(?:[-/][a-z\u0111]+)/;
const NO_DATE =
  /thuong xuyen|hang (?:nam|thang|quy|tuan|ngay)|dinh ky|theo (?:lo trinh|ke hoach|yeu cau|tien do)|khi co|lien tuc/;
const COUNTS: readonly Role[] = ['assigned', 'done', 'in_progress', 'overdue', 'own_tasks', 'shared_tasks', 'total'];

/** Columns whose cells have a form; the others hold free words. */
const FORMED: ReadonlySet<Role> = new Set<Role>([
  ...COUNTS,
  'number',
  'deadline',
  'lead',
  'executing',
  'overdue_agencies',
  'agency',
  'legal_basis',
  'task',
]);

/** A cell that cannot be under its title: a date among agencies, an agency or a document number among deadlines. */
export function misfit(role: Role, text: string): boolean {
  if (!FORMED.has(role)) return false;
  const plain = foldLetters(text).replace(/\s+/g, ' ').trim();
  if (plain === '') return false;
  switch (role) {
    case 'number':
      return !NUMBER.test(plain) && !/^[ivxlc]{1,6}[.)]?$|^[a-z][.)]?$/.test(plain);
    case 'deadline':
      return (
        !dated(plain) && !NO_DATE.test(plain) && (plain.length > 45 || isBody(plain) || DOCUMENT_NUMBER.test(plain))
      );
    case 'lead':
    case 'executing':
    case 'overdue_agencies':
    case 'agency':
      return DATE_ONLY.test(plain) || (!/[a-z]{2}/.test(plain) && !/^\d+\s?\/\s?\d+$/.test(plain));
    case 'legal_basis':
      return DATE_ONLY.test(plain) || (isBody(plain) && !/\d/.test(plain));
    case 'task':
      return DATE_ONLY.test(plain) || NUMBER.test(plain);
    default:
      return !/\d/.test(plain) && !/^[-\u2013.]+$/.test(plain);
  }
}

function dated(plain: string): boolean {
  return /\d{1,2}\s?[/.-]\s?\d{1,4}|thang\s+\d|quy\s+[iv\d]|nam\s+20\d\d|^20\d\d$/.test(plain);
}

function isBody(plain: string): boolean {
  return /^(?:cac )?(?:bo|uy ban|ubnd|tinh|thanh pho|van phong|ngan hang|thanh tra|co quan|don vi|tap doan)\b/.test(
    plain,
  );
}

/**
 * Whether the cells do not stand under their own titles (a table whose columns were shifted): more than half of the
 * cells of some column cannot be there. A single odd row does not make a table shifted; see `misfit` for rows.
 */
export function isShifted(table: Table, columns: Columns): boolean {
  const rows = table.rows.filter((row): row is CellsRow => row.kind === 'cells');
  return columns.roles.some((role, index) => {
    if (role === null) return false;
    const filled = rows.map((row) => row.cells[index]?.text ?? '').filter((text) => /\S/.test(text));
    const odd = filled.filter((text) => misfit(role, text)).length;
    return odd >= 1 && odd * 2 > filled.length;
  });
}
