/** The wordings of the stages of software; which of them a clause means is decided in `software.ts`. */

/** What software is called, in a folded text. */
export const THING =
  '(?:phan mem|ban hien hanh|bo cong cu|cong cu|ung dung|he thong(?! (?:thong tin )?giai quyet| van ban| chinh tri| chi tieu| mang| lgsp| phap luat)|nen tang|pm\\b|httt|(?:csdl|co so du lieu)(?! quoc gia ve dan cu| du lieu dan cu))';

export interface Form {
  state: string;
  pattern: RegExp;
  /** The pattern names the thing itself; otherwise the clause or its label must. */
  whole?: boolean;
}

/** Most advanced first: the first that fits is taken. The mood of its verb decides what it means. */
export const FORMS: readonly Form[] = [
  {
    state: 'trial',
    pattern:
      /\b(?:van hanh|chay|dung|trien khai|su dung|hoat dong|dua vao|phien ban|ban|giai doan|hoan thanh|tien hanh|to chuc|dang|thuc hien|xay dung)\s+(?:ban |giai doan |phan mem |he thong )?(?:thu nghiem|thi diem|thu\b(?! thap| tuc| ba| nhat))/,
  },
  {
    state: 'trial',
    pattern: new RegExp(
      `\\b(?:thu nghiem|thi diem|chay thu)\\s+(?:va ket noi\\s+)?${THING}|${THING}[^,;.]{0,25}\\b(?:thu nghiem|thi diem|chay thu)\\b`,
    ),
    whole: true,
  },
  {
    state: 'under_test',
    pattern:
      /\b(?:kiem thu|uat)\b|\b(?:dang|tiep tuc|de|to chuc|tien hanh|phuc vu|chuan bi|giai doan|buoc) (?:cong tac )?nghiem thu\b|\b(?:danh gia|kiem tra)\s+(?:bo cong cu|phan mem|ung dung|chuc nang|he thong)(?! (?:an|ve an))\b/,
  },
  {
    state: 'deployed',
    pattern:
      /\b(?:da|hoan thanh|cho phep)\s+(?:viec\s+)?(?:duoc\s+)?(?:trien khai|cai dat|su dung|ban giao|dua vao su dung)[^,;.]{0,60}\b(?:toan quoc|tren ca nuoc|\d+ ?\/ ?\d+ (?:tinh|dia phuong)|cac (?:tinh|dia phuong)|toan bo|tat ca|tu trung uong (?:den|toi) dia phuong|tren pham vi)\b/,
  },
  {
    state: 'operating',
    pattern:
      /\b(?:duoc |da )(?:thu thap,? (?:va )?)?(?:cap nhat|nhap)\b[^,;.]{0,30}\bvao (?:he thong )?phan mem\b[^.;]{0,20}\bdo\b[^.;]{3,40}\bquan ly\b/,
    whole: true,
  },
  {
    state: 'operating',
    pattern: /\b(?:van|duy tri|tiep tuc)\s+(?:duy tri )?(?:van hanh|hoat dong)\b/,
  },
  {
    state: 'deployed',
    pattern:
      /\bban giao\b[^,;.]{3,60}\b(?:quan ly,? )?su dung\b|\btrien khai\b[^,;.]{0,12}\b(?:toi|den|tai|[cC]ho|o|xuong)\s+(?:toan bo|tat ca|100 ?%)/,
  },
  { state: 'deployed', pattern: /\btrien khai (?:toi|den|tai|[cC]ho|o|xuong) (\d+) ?\/ ?\1\b/ },
  {
    state: 'operating',
    pattern:
      /\b(?:da|hoan thanh)(?: viec)? dua\s+(?:phan mem|bo cong cu|he thong|ung dung|nen tang|csdl|co so du lieu)\b[^,;.]{0,60}\bvao (?:van hanh|khai thac|su dung|hoat dong)\b(?! thu| thi diem)/,
    whole: true,
  },
  { state: 'deploying', pattern: /\btrien khai (?:toi|den|tai|[cC]ho|o|xuong) \d+ ?\/ ?\d+/ },
  { state: 'deployed', pattern: /\bdua vao su dung\b(?! (?:chinh thuc|thu|thi|(?:ke )?tu (?:ngay|thang|nam|dau|\d)))/ },
  {
    state: 'operating',
    pattern:
      /\b(?:van hanh|hoat dong|chay)\s+(?:chinh thuc|on dinh|thong suot|binh thuong|tot|hieu qua|thuong xuyen)\b|\bchinh thuc (?:van hanh|hoat dong|su dung|khai thac|dua vao)|\b(?:dua|di) vao\s+(?:van hanh|khai thac|su dung|hoat dong)\b|\b(?:dang|da)\s+(?:duoc\s+)?(?:quan tri,? |khai thac,? |quan ly,? )*(?:va )?(?:van hanh|hoat dong|su dung on dinh|khai thac)\b|\b(?:su dung|(?<!\b(?:xay|noi|ap|ung|tin) )dung|khai thac|van hanh)(?: [a-z]+)? chinh thuc\b|\bmoi van hanh\b|\bvan hanh tu (?:nam|thang|ngay|\d)|\bgo-?live\b|\bgolive\b|\bquan tri va van hanh\b/,
  },
  {
    state: 'deployed',
    pattern:
      /\b(?:da|hoan thanh|hoan tat)\s+(?:viec\s+)?(?:duoc\s+)?(?:trien khai|cai dat)\b(?! (?:xay dung|thu thap|ket noi|lam sach|so hoa|nhap|thi diem|thu nghiem|ke hoach|thuc hien|cac|nhiem vu))/,
  },
  {
    state: 'deploying',
    pattern:
      /\b(?:trien khai|cai dat)\s+(?:va su dung\s+)?(?:phan mem|bo cong cu|he thong|ung dung|nen tang|cho cac|tai cac|den cac)\b|\bdang (?:duoc )?(?:trien khai|cai dat)(?: dan| lan luot| rong rai)?(?:,? (?:va )?(?:su dung|cai dat))?\s*(?:phan mem|bo cong cu|he thong|ung dung|tai|tren|cho|den|o|$)/,
  },
  {
    state: 'operating',
    pattern: new RegExp(
      `${THING}[^,;.]{0,15}\\bdang duoc\\b[^,;.]{0,50}\\b(?:su dung|(?<!\\b(?:xay|noi|ap|ung|tin) )dung|khai thac)\\b(?! thu)`,
    ),
    whole: true,
  },
  {
    state: 'building',
    pattern: /\b(?:phan he|chuc nang|module) con lai\b[^,;.]{0,30}\b(?:lap trinh|xay dung|phat trien|hoan thien)\b/,
    whole: true,
  },
  {
    state: 'planned',
    pattern:
      /\b(?:(?<!ve )dau thau|goi thau|lua chon nha thau|mua sam|lap du an|ke hoach (?:thue|mua|dau tu)|chu truong (?:thue|mua|dau tu))\b[^,;.]{0,25}\b(?:phan mem|he thong|bo cong cu)\b/,
    whole: true,
  },
  {
    state: 'deployed',
    pattern:
      /\bban giao\b[^,;.]{0,20}\b(?:phan mem|bo cong cu|he thong|ung dung)\b[^,;.]{0,12}\bcho (?:\d|cac|toan bo|tat ca)/,
    whole: true,
  },
  {
    state: 'planned',
    pattern: new RegExp(`${THING}[^,;.]{0,20}\\b(?:lap du an|(?<!ve )dau thau|lap ke hoach|xin chu truong)\\b`),
    whole: true,
  },
  { state: 'built', pattern: /\bban giao\b[^,;.]{0,30}\b(?:phan mem|bo cong cu|he thong|ung dung)\b/, whole: true },
  {
    state: 'building',
    pattern: /\b(?:viet ma|lap trinh|phan tich (?:yeu cau|nghiep vu|thiet ke))\b/,
    whole: true,
  },
  {
    state: 'built',
    pattern: /\b(?:da (?:duoc )?|hoan thanh )(?:nghiem thu|ban giao)\b(?! tai khoan)|\bnghiem thu xong\b/,
  },
  {
    state: 'built',
    pattern: new RegExp(
      `\\b(?:xay dung|phat trien|thiet ke|lap trinh|viet)\\s+(?:xong|hoan chinh|hoan thanh|co ban)(?:\\s+xong)?\\b|\\b(?:da|hoan thanh|hoan tat|hoan thien)\\s+(?:viec\\s+)?(?:duoc\\s+)?(?:xay dung|phat trien|thiet ke|dau tu)\\b|${THING}[^,;.]{0,40}\\b(?:da (?:duoc )?)(?:xay dung|phat trien|hoan thanh|hoan thien)\\b`,
    ),
  },
  {
    state: 'building',
    pattern: new RegExp(
      `\\b(?:xay dung|phat trien|thiet ke|hoan thien|hoan chinh|nang cap|chinh sua|hieu chinh|cai tien|lap trinh)\\s+(?:moi\\s+)?(?:lai\\s+)?(?:cac\\s+)?(?:mot\\s+)?(?:giao dien\\s+)?${THING}`,
    ),
    whole: true,
  },
  {
    state: 'building',
    pattern: /(?<!\b(?:so|bo|nganh|linh vuc) )\b(?:xay dung|phat trien|thiet ke|lap trinh|hoan thien)\b/,
  },
  { state: 'none', pattern: new RegExp(`\\b${THING}[^,;.]{0,15}\\bchua co\\b`), whole: true },
  { state: 'none', pattern: new RegExp(`\\b(?:chua|khong)\\s+(?:co|trang bi|duoc trang bi)\\s+${THING}`), whole: true },
];
