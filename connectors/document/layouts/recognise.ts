/**
 * What a short text is by its form alone, without the registry: a row's number, a column title, the name of a body, a
 * deadline, a document number. Patterns are written for folded text.
 */
import { form } from './typed.ts';

/** Folding costs time per character; the form of a text shows in its beginning. */
const FORM_LENGTH = 400;

export function folded(text: string): string {
  return form(text.length > FORM_LENGTH ? text.slice(0, FORM_LENGTH) : text)
    .replace(/\s+/g, ' ')
    .trim();
}

/** "1", "12.", "1.1", "(3)", "a)": what stands in a number column of an ordinary row. */
export function isRowNumber(text: string): boolean {
  return /^\(?\d{1,4}(?:\.\d{1,3}){0,3}[.)]{0,2}$/.test(text.trim());
}

/** "I", "IV.", "A", "B.": what stands before the title of a part. */
export function isPartNumber(text: string): boolean {
  return /^(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})(?:\.\d{1,2})?[.)]?$|^[A-H][.)]?$/.test(text.trim());
}

const NUMBER_TITLE = /^(?:s ?tt|tt|so tt|so thu tu|no|stt ?\/.{0,10})[.:]?$/;

/** The title of a number column: "STT", "TT". */
export function isNumberTitle(text: string): boolean {
  return text.length < 16 && NUMBER_TITLE.test(folded(text));
}

const TITLE_WORDS =
  /^(?:s?tt$|ten |nhiem vu|noi dung|van ban|can cu|co quan|don vi|bo, nganh|bo nganh|dia phuong|thoi (?:han|gian|diem)|han |so (?:luong|nhiem|van|ky|hieu|ban|lieu|tieu)|ty |ti le|tong|tinh |kho khan|vuong mac|ket qua|ghi chu|tien do|linh vuc|csdl|co so du lieu|he thong|san pham|nguoi dung dau|lanh dao|nguon|giao |qua han|cham|da hoan|hoan thanh|dang |chua |de xuat|kien nghi|nhom|muc tieu|chi tieu|danh muc|trang thai|hien trang|phan loai|phoi hop|chu tri|chu quan|giai phap|dau moi|ma )/;

/** A text that could be the title of a column. */
export function isColumnTitle(text: string): boolean {
  if (text.length > 90 || /\d{3}/.test(text)) return false;
  return TITLE_WORDS.test(`${folded(text)} `.replace(/^(s?tt) $/, '$1'));
}

const AGENCY_COLUMN = /(?:co quan|don vi|bo, nganh|bo nganh|dia phuong|to chuc|chu tri|chu quan|phoi hop)/;

/** The title of a column in which bodies are named. */
export function isAgencyColumn(title: string): boolean {
  const plain = folded(title);
  return AGENCY_COLUMN.test(plain) && !/^(?:so |ty |ti le|tinh hinh|ket qua)/.test(plain);
}

const PROVINCES =
  'an giang|bac ninh|ca mau|cao bang|can tho|da nang|dak lak|dac lac|dien bien|dong nai|dong thap|gia lai|ha noi|ha tinh|hai phong|ho chi minh|hue|hung yen|khanh hoa|lai chau|lam dong|lang son|lao cai|nghe an|ninh binh|phu tho|quang ngai|quang ninh|quang tri|son la|tay ninh|thai nguyen|thanh hoa|tuyen quang|vinh long';
const BODY_WORDS =
  '(?:cac )?(?:bo|co quan|nganh|ubnd|uy ban|van phong|thanh tra|ngan hang|toa an|vien|kiem toan|tap doan|tong cong ty|cong ty|ban|tinh|thanh pho|tp|dia phuong|dang uy|tinh uy|thanh uy|quan uy|thuong truc|tap chi|nha xuat ban|dai|thong tan xa|hoc vien|hoi|trung tam|mat tran|tong lien doan|lien hiep|lien doan|trung uong|to|cuc|tong cuc|bao hiem|vnpt|evn|viettel|bao|dang doan|dai hoc|doanh nghiep|chu tich|bo truong|thu truong|cap|so|don vi|cong an|so|quoc hoi|chinh phu|truong ban)';
const AGENCY = new RegExp(`^(?:${BODY_WORDS}|hdnd|bhxh|nhnn|vpcp|vptw|ttcp|b[a-z]{1,6}|c\\d\\d|a\\d\\d)(?![a-z])`);
const PROVINCE = new RegExp(`^(?:tinh |thanh pho |tp\\.? ?)?(?:${PROVINCES})(?![a-z])`);

/** A text that begins as the name of a body or of a province (list of names too), and is no sentence. */
function looksLikeAgency(text: string): boolean {
  if (text === '' || text.length > 2000 || !/^[\p{Lu}]/u.test(text)) return false;
  const plain = folded(text);
  return PROVINCE.test(plain) || (AGENCY.test(plain) && !/ (?:da|dang|se|chua|duoc|phai) /.test(plain.slice(0, 200)));
}

/** A province, alone or with its kind, or a body named in a few words. */
export function isShortAgency(text: string): boolean {
  return text.length <= 120 && looksLikeAgency(text) && !/[.:]$/.test(text);
}

/** A number printed alone: a page number, or a count. */
export function isBareNumber(text: string): boolean {
  return /^[-\u2013 ]{0,3}\d{1,4}[-\u2013 ]{0,3}$/.test(text.trim());
}

/** The beginning of a footnote: "[1] …", "<sup>1</sup> …". */
export function isFootnote(text: string): boolean {
  return /^\s*(?:\[\d{1,3}\]|<sup>\s*[[(]?\d{1,3}[\])]?\s*<\/sup>|[\u00b9\u00b2\u00b3\u2070-\u2079])\s*\S/i.test(text);
}
