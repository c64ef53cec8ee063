/**
 * What a clause speaks of: the national data centre (C12), the population database (C06), other systems. A unit that
 * is only the partner of the work ("đã phối hợp với C06 …") is not what is connected to.
 */

export interface Mention {
  kind: 'c12' | 'c06' | 'other';
  start: number;
  end: number;
  /** For `other`: the slug of the system. */
  target?: string;
}

const C12 =
  /\b(?:c12|ttdlqg|tt ?dl ?qg|trung tam (?:du lieu quoc gia|dlqg|du lieu qg)|(?:csdl|co so du lieu)(?: du lieu)? tong hop (?:quoc gia|qg)|kho du lieu tong hop quoc gia|ndop|nen tang [cC]hia [sS]e,? dieu phoi du lieu)\b/g;
const C06 =
  /\b(?:c06|(?:csdl|co so du lieu) ?(?:quoc gia|qg)?(?: ve)? dan (?:cu|ve)\b|csdlqg(?: ve)? ?(?:dan cu|dc)|csdl ?qg ?(?:ve )?dan cu|csdl ?dc|csdlqgvdc|he thong (?:csdl )?(?:quoc gia )?(?:ve )?dan cu|du lieu(?: quoc gia)?(?: ve)? dan cu|co so du lieu ve dan cu|thong tin dan cu|voi dan cu|dan cu quoc gia)\b/g;
/** Systems outside the catalogue that databases are connected to; the databases of the catalogue come from its names. */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['lgsp', /\blgsp\b/g],
  ['ndxp', /\b(?:ndxp|nen tang tich hop,? [cC]hia [sS]e du lieu quoc gia)\b/g],
  ['bao-hiem-xa-hoi', /\b(?:bhxh ?(?:vn|viet nam)?|bao hiem xa hoi(?! bat buoc| tu nguyen| mot lan)(?: viet nam)?)\b/g],
  ['cong-dich-vu-cong', /\bcong (?:dich vu cong|dvc)(?: quoc gia| qg| truc tuyen)?\b/g],
  ['dich-vu-cong-lien-thong', /\b(?:dich vu cong|dvc) lien thong\b/g],
  ['vneid', /\bvneid\b/g],
  ['he-thong-giai-quyet-tthc', /\b(?:he thong (?:thong tin )?giai quyet (?:tthc|thu tuc hanh chinh)|htttgq ?tthc)\b/g],
];
/** A system that nobody has registered, named after "kết nối với CSDL …". */
const UNKNOWN =
  /\b(?:ket noi|lien thong|tich hop|dong bo|[cC]hia [sS]e)\b[^,;.]{0,25}?\b(?:voi|tu|toi|den|va)\s+(?:csdl|co so du lieu|he thong(?: thong tin)?)\s+(?!nao\b|quoc gia\b|chuyen nganh|khac|lien quan|nay|dung chung|cua|tai|theo|tong hop)((?:(?!(?:nham|de|cua|phuc|va|tai|qua|theo|trong|tren|da|dang|chua|nen|hai|mot)\b)[a-z]+ ?){1,5})/g;
const PARTNER =
  /(?:phoi hop(?: chat che)?(?: voi| cung)?|lam viec voi|trao doi voi|(?<!tich )hop voi|thong nhat voi|cung voi|gui(?: van ban| cong van)?(?: cho| toi| den)?|tham muu|(?:huong dan|quy dinh|yeu cau|y kien|ho tro|cong van|van ban|xac nhan|don vi) cua)\s*(?:cuc\s*|[-\u2013(]\s*)?$/;
/** "C06, Bộ Công an, C12 và các đơn vị": a list that began as partners stays one. */
const PARTNER_LIST =
  /(?:phoi hop(?: chat che)?(?: voi| cung)|lam viec voi|trao doi(?: thong nhat)? voi|(?<!tich )hop voi|gui(?: cho| toi| den)?)\s[^;.]{0,80}$/;
const BACK_TO_WORK =
  /\b(?:du lieu(?! quoc gia)|ket noi|dong bo|lam sach|doi soat|tich hop|lien thong|[cC]hia [sS]e|xac thuc)\b/;

/** Mentions of a folded clause, in order; partners of the work are left out. */
export function findMentions(
  folded: string,
  databases: readonly { id: string; start: number; end: number }[] = [],
): Mention[] {
  const found: Mention[] = [];
  const add = (mention: Mention): void => {
    if (found.some((other) => other.start < mention.end && mention.start < other.end)) return;
    found.push(mention);
  };
  const lower = folded.toLowerCase();
  for (const match of lower.matchAll(C12)) add(span('c12', match));
  for (const match of lower.matchAll(C06)) add(span('c06', match));
  for (const [target, pattern] of OTHERS) {
    for (const match of lower.matchAll(pattern)) add({ ...span('other', match), target });
  }
  for (const { id, start, end } of databases) add({ kind: 'other', target: id, start, end });
  for (const match of lower.matchAll(UNKNOWN)) {
    const name = (match[1] ?? '').trim().split(/\s+/).slice(0, 5).join('-');
    const start = (match.index ?? 0) + match[0].length - (match[1]?.length ?? 0);
    if (name !== '') add({ kind: 'other', target: name, start, end: start + (match[1]?.length ?? 0) });
  }
  return found
    .filter((mention) => !isPartner(lower, mention.start) && !isPlace(lower, mention))
    .sort((a, b) => a.start - b.start);
}

/** The centre that only takes part in the work of a folded clause ("đang phối hợp với C12 để kết nối"); null unless one. */
export function findPartner(folded: string): Mention | null {
  const lower = folded.toLowerCase();
  const found = [
    ...[...lower.matchAll(C12)].map((match) => span('c12', match)),
    ...[...lower.matchAll(C06)].map((match) => span('c06', match)),
  ];
  return new Set(found.map(({ kind }) => kind)).size === 1 ? (found[0] ?? null) : null;
}

function span(kind: Mention['kind'], match: RegExpMatchArray): Mention {
  const start = match.index ?? 0;
  return { kind, start, end: start + match[0].length };
}

/** "trên Cổng dịch vụ công": where something is done, not what is connected to. */
function isPlace(folded: string, mention: Mention): boolean {
  return (
    mention.kind === 'other' &&
    /\b(?:tren|qua|thong qua|tai)\s+(?:he thong |nen tang |truc |cong )?$/.test(folded.slice(0, mention.start))
  );
}

function isPartner(folded: string, start: number): boolean {
  const before = folded.slice(Math.max(0, start - 120), start);
  if (PARTNER.test(before)) return true;
  const list = PARTNER_LIST.exec(before);
  return list !== null && !BACK_TO_WORK.test(list[0]);
}
