/**
 * What a text of a narrow column is, whole and by form: a list of bodies, a deadline, the number of a document, a word
 * of progress. Patterns are written for folded text; a text that only begins as one is told apart from a whole one.
 */
import { foldLetters } from '../language/fold.ts';

export type Fit = 'whole' | 'part' | 'none';

const MINISTRIES =
  'cong an|cong thuong|dan toc(?: va|,)? ton giao|giao duc(?: va|,)? dao tao|khoa hoc(?: va|,)? cong nghe|ngoai giao|noi vu|nong nghiep(?: va|,)? moi truong|nong nghiep va phat trien nong thon|quoc phong|tai chinh|tu phap|van hoa,? the thao (?:va )?du lich|xay dung|y te|thong tin va truyen thong|lao dong,? ?-? ?thuong binh va xa hoi|giao thong van tai|ke hoach va dau tu|tai nguyen va moi truong|giao duc|y te|khcn|gddt|nnmt|vhttdl';
const PROVINCES =
  'an giang|bac ninh|ca mau|cao bang|can tho|da nang|dak lak|dien bien|dong nai|dong thap|gia lai|ha noi|ha tinh|hai phong|ho chi minh|hue|hung yen|khanh hoa|lai chau|lam dong|lang son|lao cai|nghe an|ninh binh|phu tho|quang ngai|quang ninh|quang tri|son la|tay ninh|thai nguyen|thanh hoa|tuyen quang|vinh long';
const COLLECTIVE =
  '(?:bo|nganh|co quan(?: ngang bo| thuoc chinh phu| dang| trung uong| chu quan| chu tri| chuc nang)*|dia phuong|tinh|thanh pho|don vi|to chuc|doanh nghiep|chuyen gia|tap doan|vien nghien cuu|truong dai hoc|hang hang khong|ban dang)';
const TAIL =
  '(?: truc thuoc (?:trung uong|tw)| (?:co )?lien quan| o trung uong| duoc giao(?: nhiem vu)?| thuoc chinh phu| va cac co quan lien quan| khac)*';
const BODY = [
  `(?:bo|cac bo:?) (?:${MINISTRIES})`,
  `(?:ubnd|uy ban nhan dan) (?:cac )?(?:tinh|thanh pho|tp|dia phuong)?(?:[ ,.]+(?:thanh pho|tp\\.?|dia phuong|${PROVINCES}))*${TAIL}`,
  '(?:thanh tra|van phong|ban co yeu) chinh phu',
  'van phong (?:trung uong dang|trung uong|quoc hoi|chu tich nuoc|ban chi dao)',
  'ngan hang nha nuoc(?: viet nam)?',
  'toa an nhan dan(?: toi cao)?',
  'vien kiem sat(?: nhan dan)?(?: toi cao)?',
  'kiem toan nha nuoc',
  '(?:bao hiem xa hoi|dai truyen hinh|dai tieng noi|thong tan xa|lien doan luat su)(?: viet nam)?',
  'vien han lam [a-z ]{3,40}? viet nam',
  'dai hoc quoc gia (?:ha noi|thanh pho ho chi minh|tp\\.? ?ho chi minh|tphcm)',
  '(?:cac )?dang (?:uy|doan)(?: (?:cac|bo|nganh|dia phuong|chinh phu|quoc hoi|cong an|co quan|dang|trung uong|truc thuoc|tinh|thanh|mttq),?)*',
  'quan uy trung uong',
  'ban (?:to chuc|tuyen giao va dan van|tuyen giao|dan van|noi chinh|chinh sach,? chien luoc|kinh te|doi ngoai)(?: trung uong| tw)?',
  '(?:co quan )?(?:thuong truc )?ban chi dao(?: trung uong)?',
  '(?:tap doan|tong cong ty|hoi dong|mat tran|uy ban|tong lien doan|hiep hoi) [a-z ]{3,60}?(?: viet nam| trung uong| to quoc)',
  'vnpt|evn|viettel|mobifone|fpt|vneid|c\\d\\d',
  `(?:tinh |thanh pho |tp\\.? ?)?(?:${PROVINCES})`,
  `(?:${MINISTRIES})(?= ?,)`,
  `(?:cac |1 so |mot so )?${COLLECTIVE}(?:(?:,| va|;) ?(?:cac )?${COLLECTIVE})*${TAIL}`,
].join('|');
const ASIDE = '(?: ?\\([^()]{0,160}\\))?';
const JOINED = `(?: ?[,;:] ?(?:va )?| va | cung | cung voi | - |/)`;
const BODIES = new RegExp(`(?:${BODY})(?![a-z])${ASIDE}(?:${JOINED}(?:${BODY}|${MINISTRIES})(?![a-z])${ASIDE})*`, 'y');
const BODY_START =
  /^(?:cac |mot so )?(?:bo|nganh|co quan|ubnd|uy ban|van phong|thanh tra|ngan hang|toa an|vien|kiem toan|tap doan|tong cong ty|ban|tinh|thanh pho|tp\.?|dia phuong|dang uy|dang doan|quan uy|bao hiem|dai|hoi|chu tich|don vi|to chuc|doanh nghiep|thuong truc|vnpt|evn|hoc vien|truong|hang hang khong)(?![a-z])/;

/** "Don vi chua hoan thanh:" over a list of bodies. */
const LABEL = /[.;,]? ?(?:cac )?(?:don vi|co quan|dia phuong) (?:chua|dang|da|cham|qua han)(?: [a-z]+){0,5}: ?/g;

/** The words with which what BODIES finds can begin: most words of a text are none. */
const FIRST_WORD = /[a-z\d]+/y;
const FIRST_WORDS = new Set(
  `bo cac mot 1 nganh co dia tinh thanh don to doanh chuyen tap vien truong hang ban ubnd uy van ngan toa kiem bao dai thong lien dang quan tong hoi mat hiep thuong hoc chu vnpt evn viettel mobifone fpt vneid c06 c12 tp ${MINISTRIES}|${PROVINCES}`
    .split(/[ |]+/)
    .filter((word) => /^[a-z\d]+$/.test(word)),
);

const YEAR = '(?:19|20)\\d\\d';
const DATE = [
  '(?:ngay )?\\d{1,2} ?/ ?\\d{1,2} ?/ ?\\d{2,4}',
  `(?:ngay \\d{1,2} )?thang \\d{1,2} ?(?:[/.-] ?|,? ?nam )${YEAR}`,
  `quy (?:iv|i{1,3}|[1-4]) ?(?:[/.-] ?|,? ?nam )${YEAR}`,
  `\\d{1,2} ?/ ?${YEAR}`,
  `nam ${YEAR}`,
  'thuong xuyen(?:,? lien tuc)?',
  '(?:hang|hang|dinh ky hang) (?:ngay|tuan|thang|quy|nam)',
].join('|');
const AHEAD =
  '(?:(?:hoan thanh|xong|truoc|trong|den|het|cuoi|dau|cham nhat|muon nhat|phan dau|tu|giua|sau|la|vao|thoi diem|ngay|du kien|chua|qua han)[ :]+){0,6}';
const WHOLE_DEADLINE = new RegExp(
  `^${AHEAD}(?:${DATE})(?:(?: ?[,;&-] ?| ?\\u2013 ?| den | va )${AHEAD}(?:${DATE}))*(?: va (?:hang nam|thuong xuyen|cac nam tiep theo))?[.;,]?$`,
);
const HAS_DATE = new RegExp(`(?:^|[ (])(?:${DATE}|thang \\d{1,2}|quy [ivx1-4]{1,3})(?![a-z\\d])`);
const DATE_ANYWHERE = new RegExp(`(?<![a-z\\d/-])${AHEAD}(?:${DATE})(?![a-z\\d/])`, 'g');

/** Folded letters met so far: a document has few, and folding one costs a normalisation. */
const LETTERS: string[] = [];

/** The folded form the functions here expect, as long as the text. */
export function form(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    let plain = LETTERS[code];
    if (plain === undefined) {
      plain = foldLetters(text[at] as string);
      LETTERS[code] = plain;
    }
    out += plain;
  }
  return out;
}

/** Whether folded text is a list of bodies, or begins as one. */
export function agencyFit(labelled: string): Fit {
  const line = labelled.replace(/\s+/g, ' ');
  const plain = line.includes(':') ? line.replace(LABEL, '; ').replace(/^; /, '') : line;
  BODIES.lastIndex = 0;
  const match = BODIES.exec(plain);
  if (match !== null && /^[ .,;]*$/.test(plain.slice(match[0].length))) return 'whole';
  return match !== null || BODY_START.test(plain) ? 'part' : 'none';
}

/**
 * Where a list of bodies that begins at `from` of the folded text ends; -1 when none begins there. A word that is the
 * beginning of many names ("bo", "tinh") is no list.
 */
export function agencyEnd(plain: string, from: number): number {
  FIRST_WORD.lastIndex = from;
  if (!FIRST_WORDS.has(FIRST_WORD.exec(plain)?.[0] ?? '')) return -1;
  BODIES.lastIndex = from;
  const match = BODIES.exec(plain);
  return match === null || /^(?:cac )?[a-z]+$/.test(match[0]) ? -1 : from + match[0].length;
}

export function beginsAgency(plain: string): boolean {
  FIRST_WORD.lastIndex = 0;
  if (!FIRST_WORDS.has(FIRST_WORD.exec(plain)?.[0] ?? '')) return false;
  return BODY_START.test(plain) || agencyEnd(plain, 0) > 0;
}

/** Without one of these nothing is a deadline. */
const OF_TIME = /\d|thuong|hang|dinh ky|theo|trinh|thang|quy|truoc|trong/;

/** Whether folded text is a deadline, or has one in it. */
export function deadlineFit(plain: string): Fit {
  if (plain.length > 300 || !OF_TIME.test(plain)) return 'none';
  const text = /\n| {2}|^ | $/.test(plain) ? plain.replace(/\s+/g, ' ').trim() : plain;
  if (WHOLE_DEADLINE.test(text) || /^(?:19|20)\d\d[.;]?$/.test(text)) return 'whole';
  return HAS_DATE.test(text) ||
    /^(?:(?:iv|i{1,3})\/20\d\d|theo |trinh |hang |dinh ky|thang$|quy$|truoc ngay$|thuong$|trong nam)/.test(text)
    ? 'part'
    : 'none';
}

/** Where dates stand in folded text, with the words before that belong to them. */
export function datesIn(plain: string): { from: number; to: number }[] {
  return [...plain.matchAll(DATE_ANYWHERE)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
}

const DOCUMENT_NUMBER = /\d{1,5}\s?(?:\/\d{4})?\s?[-/]\s?[A-Z\u0110][A-Za-z\u0110]/;
const DOCUMENT_KIND =
  /^(?:thong bao|ke hoach|nghi quyet|chi thi|cong van|cong dien|quyet dinh|chuong trinh|van ban|ket luan|tbkl|bao cao|to trinh|nghi dinh)(?: so)?(?: \d|$)/;

/** A piece of a narrow column with document numbers: a kind, a number, a date, or what is left of them on a line. */
export function isBasisPiece(text: string): boolean {
  if (text.length > 70) return false;
  const plain = form(text).trim();
  if (DOCUMENT_NUMBER.test(text) || DOCUMENT_KIND.test(plain)) return true;
  return (
    /^(?:,? ?ngay|so)(?: |$)/.test(plain) ||
    /^\d{1,2}\/\d{1,2}\/\d{2,4}/.test(plain) ||
    /^\d{1,5}[-/]?;?$/.test(plain) ||
    /^(?:cua)?(?: ?(?:bo|chinh tri|bo chinh tri|ban bi thu|chinh phu|thu tuong(?: chinh phu)?|quoc hoi))?$/.test(
      plain,
    ) ||
    /^(?:\p{Lu}{2,}|TTg)[\p{L}\d]*(?:[/-;]|\s|$)/u.test(text)
  );
}

/** The end of a document number that leads a text and is followed by a sentence; 0 when there is none. */
export function leadingBasis(text: string): number {
  const match =
    /^(?:\p{L}+ (?:\p{L}+ )?(?:s\u1ed1 )?)?\d{1,5}\s?(?:\/\d{4})?\s?[-/]\s?[A-Z\u0110][\p{L}\d]*(?:[-/][\p{Lu}][\p{L}\d]*)*(?:,? ng\u00e0y \d{1,2}\/\d{1,2}\/\d{4})?;?\s+(?=[\p{Lu}(])/u.exec(
      text,
    );
  return match?.[0].length ?? 0;
}

/** A word of progress: in progress, overdue, done, not done. */
export function isProgress(plain: string): boolean {
  return /^(?:dang |da |chua |hoan thanh|qua han|cham|trong han|dung han|khong)/.test(plain.trim());
}

/** The head of a body, by office. */
export function isHead(plain: string): boolean {
  return /^(?:cac )?(?:dong chi )?(?:bo truong|thu truong|chu tich|truong ban|tong giam doc|tong thanh tra|thong doc|chanh an|vien truong|vien truong|chu nhiem|chanh van phong|giam doc|bi thu|thu tuong|pho thu tuong|tong |cuc truong|lanh dao|nguoi dung dau)/.test(
    plain.trim(),
  );
}
