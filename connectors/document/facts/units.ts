/**
 * What a number counts. Only some things are records of a database; accounts, fields, localities, procedures,
 * documents, money and time are not, however large the number (SEMANTICS 1).
 */

export type UnitClass = 'record' | 'account' | 'locality' | 'service' | 'field' | 'document' | 'none';

const RECORDS =
  'ban ghi|bo ho so|bo tai lieu|thua|to ban do|hoa don|cong chung vien|luat su|hop tac xa|lien hiep hop tac xa|luot ho so|ho so|nhan vien|nhan luc|nguoi lao dong|lao dong|cong dan|doi tuong|truong hop|doanh nghiep|hop tac xa|to hop tac|ho kinh doanh|co so|giay phep|giay chung nhan|chung chi|chung nhan|van bang|thua dat|lo dat|phuong tien|tau ca|tau|xe|hoc sinh|sinh vien|hoc vien|giao vien|nha giao|giang vien|tre em|benh nhan|nguoi benh|can bo|cong chuc|vien chuc|dang vien|hoi vien|ho gia dinh|ho ngheo|ho can ngheo|ho dan|ho(?! tich| so)|so bao hiem|the bao hiem|hien vat|di san|tac pham|ban an|vu viec|vu an|mau adn|mau|mui tiem|luot tiem|liet si|than nhan|chuc sac|tin do|nguoi khuyet tat|nguoi co cong|nguoi|cong trinh|du an|can ho|nha o|bat dong san|hop dong|giao dich|su kien ho tich|dang ky|to chuc|hoi|quy|san pham|thuoc|thiet bi|muc tin|dia chi|so dinh danh|phieu|to khai|ban ke khai|tai lieu|trang tai lieu|luot|ket qua|nguon|khach hang|thue bao|ho vay|du lieu';
const CLASSES: readonly (readonly [UnitClass, RegExp])[] = [
  [
    'account',
    /^(?:tai khoan|nguoi (?:su )?dung|nguoi truy cap|luot (?:truy cap|tra cuu|khai thac|truy van|dang nhap|yeu cau)|truy van|luot\b(?! ho so| tiem| kham| xuat| nhap canh| giao dich| khach| phuong tien))/,
  ],
  [
    'field',
    /^(?:truong (?:thong tin|du lieu)|truong\b(?! hop| hoc)|chi tieu|thuoc tinh|bang du lieu|danh muc|tieu chi|tc\b|bieu mau)/,
  ],
  [
    'locality',
    /^(?:dia phuong|tinh\b|thanh pho|xa\b|phuong\b(?! tien| an| thuc)|thon\b|so (?:noi vu|y te|tu phap|tai chinh|xay dung)|so\b(?! [dD]inh)|don vi|co quan|bo\b(?! ho so| tai lieu| du lieu| chung tu)|bo,? nganh|to chuc (?:hoi|dang)|(?:hoi|quy|co so|don vi|to chuc|phong|trung tam)[^,;.\d]{0,12} (?:cap (?:tinh|xa|trung uong|huyen|co so)|o trung uong|tw)\b|benh vien|truong hoc|co so (?:y te|giao duc|kham)|trung tam|dau moi|diem)/,
  ],
  ['service', /^(?:dich vu cong|dvc|thu tuc|tthc|dich vu|api|chuc nang|phan he|module|quy trinh|giao dien)/],
  [
    'document',
    /^(?:van ban|cong van|quyet dinh|nghi dinh|thong tu|ke hoach|bao cao|to trinh|hoi nghi|lop|cuoc hop|dot|khoa|buoi|lan\b|chuyen)/,
  ],
  [
    'none',
    /^(?:dong\b|ty dong|trieu dong|usd|vnd|ngay|thang|nam|gio|phut|tuan|quy [ivx]|%|phan tram|km|m2|ha\b|gb|tb|mb|may (?:tinh|chu)|may\b|csdl|co so du lieu|he thong|phan mem|nhiem vu|giai doan|chieu|cap\b|muc\b|buoc|vong|loai|nhom|noi dung|trang\b|diem\b|nut\b|dieu\b|khoan\b)/,
  ],
];
const RECORD = new RegExp(`^(?:${RECORDS})\\b`);
/** Words that may stand between a number and its unit. */
const FILLER = /^(?:(?:thong tin|du lieu|ban|luong|so)\s+)?(?:cua|ve|cho|tren|la|duoc)\s+/;

export interface Unit {
  class: UnitClass;
  /** As written (lower case, spaces as one). */
  text: string;
  /** Offsets of the unit in the text given. */
  start: number;
  end: number;
}

/**
 * The unit after a number.
 * @param text the clause in NFC; @param lower the same folded and in lower case; @param from where the number ends
 * @param known units of the vocabulary, folded, longest first, with their spelling
 */
export function unitAfter(
  text: string,
  lower: string,
  from: number,
  known: readonly (readonly [string, string])[],
): Unit | null {
  const space = /^\s*/.exec(lower.slice(from))?.[0].length ?? 0;
  const start = from + space;
  let rest = lower.slice(start, start + 90);
  let skipped = 0;
  const other = otherThing(rest);
  if (other !== null) return unit(other.class, text, start, other.length);
  const listed = longest(rest, known);
  if (listed !== null) return { class: 'record', text: listed.text, start, end: start + listed.length };
  // "dữ liệu của hồ sơ …", "thông tin hồ sơ …", "dữ liệu về người …": the unit is what the data is of.
  const data = /^(?:thong tin|du lieu)(?: dien tu)?(?:\s+(?:cua|ve|thong tin|chi tiet))*\s+/.exec(rest);
  if (data !== null) {
    const inner = rest.slice(data[0].length);
    const within = longest(inner, known);
    const of = /^du lieu/.test(data[0]) && /\bcua\b/.test(data[0]);
    if (within !== null) {
      const head = of ? `${wordsOf(text.slice(start, start + 7))} ` : '';
      return { class: 'record', text: head + within.text, start, end: start + data[0].length + within.length };
    }
    if (RECORD.test(inner)) {
      skipped = data[0].length;
      rest = inner;
    }
  }
  const filler = skipped === 0 ? FILLER.exec(rest) : null;
  if (filler !== null && RECORD.test(rest.slice(filler[0].length))) {
    skipped = filler[0].length;
    rest = rest.slice(skipped);
  }
  const record = RECORD.exec(rest);
  if (record === null) return null;
  return unit('record', text, start + skipped, record[0].length);
}

function otherThing(rest: string): { class: UnitClass; length: number } | null {
  for (const [unitClass, pattern] of CLASSES) {
    const match = pattern.exec(rest);
    if (match !== null) return { class: unitClass, length: match[0].length };
  }
  return null;
}

function longest(rest: string, known: readonly (readonly [string, string])[]): { text: string; length: number } | null {
  for (const [folded, spelling] of known) {
    if (rest.startsWith(folded) && !/^\w/.test(rest.slice(folded.length)))
      return { text: spelling, length: folded.length };
  }
  return null;
}

function unit(unitClass: UnitClass, text: string, start: number, length: number): Unit {
  return { class: unitClass, text: wordsOf(text.slice(start, start + length)), start, end: start + length };
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[,;.]+$/, '')
    .trim();
}
