// The checks of npm run bench:profile: 16 that a real contract of a labour register would hold, and 60 on the same columns.
const zero = { operator: 'mustBe', value: 0, unit: 'rows' };
const check = (test) => ({
  id: JSON.stringify(test),
  table: 'nguoi_lao_dong',
  column: test.column ?? null,
  metric: test.kind,
  dimension: 'sach',
  severity: 'error',
  test,
  expect: zero,
});
const pattern = (column, text) => ({ kind: 'pattern', column, pattern: text });
const missing = (column) => ({ kind: 'missing', column, words: ['', '-'] });

/** 16 row-level checks on 12 columns, 6 of them patterns. */
export const SIXTEEN = [
  missing('so_dinh_danh'),
  pattern('so_dinh_danh', '^[0-9]{12}$'),
  missing('ho_ten'),
  pattern('ho_ten', '^[^0-9]*$'),
  { kind: 'length', column: 'ho_ten', min: 2, max: 80 },
  { kind: 'type', column: 'ngay_sinh', type: 'date' },
  { kind: 'enum', column: 'gioi_tinh', values: ['1', '2'] },
  pattern('ma_xa', '^[0-9]{5}$'),
  pattern('so_bhxh', '^[0-9]{10}$'),
  pattern('dien_thoai', '^0[35789][0-9]{8}$'),
  { kind: 'enum', column: 'trang_thai', values: ['DANG_LAM', 'NGHI_VIEC', 'THAT_NGHIEP', 'HUU_TRI'] },
  pattern('ma_nghe', '^[1-9][0-9]{3}$'),
  { kind: 'range', column: 'muc_luong', min: { value: 0 }, max: { value: 500_000_000 } },
  { kind: 'type', column: 'ngay_vao_lam', type: 'date' },
  { kind: 'range', column: 'ngay_vao_lam', max: { value: '2026-06-29' } },
  { kind: 'range', column: 'cap_nhat', max: { value: '2026-06-29T23:59:59' } },
].map(check);

const texts = ['so_dinh_danh', 'ho_ten', 'ngay_sinh', 'gioi_tinh', 'ma_xa', 'so_bhxh', 'dien_thoai', 'trang_thai', 'ma_nghe', 'ngay_vao_lam'];
const lengths = { so_dinh_danh: 12, ngay_sinh: 10, gioi_tinh: 1, ma_xa: 5, so_bhxh: 10, dien_thoai: 10, ma_nghe: 4, ngay_vao_lam: 10 };

/** 60 row-level checks on the same 12 columns, 14 of them patterns. */
export const SIXTY = [
  ...SIXTEEN,
  ...texts.filter((c) => c !== 'so_dinh_danh' && c !== 'ho_ten').map((c) => check(missing(c))),
  ...[...texts, 'muc_luong', 'cap_nhat'].map((column) => check({ kind: 'not_null', column })),
  ...Object.entries(lengths).map(([column, n]) => check({ kind: 'length', column, min: n, max: n })),
  ...[
    pattern('ho_ten', '^\\S.*\\S$'),
    pattern('ho_ten', '^[^\\u0300-\\u036f]*$'),
    pattern('so_dinh_danh', '^0'),
    pattern('trang_thai', '^[A-Z_]+$'),
    pattern('so_bhxh', '^[0-9]{9}[0-9X]$'),
    pattern('ngay_sinh', '^[0-9]{2}/[0-9]{2}/(19|20)[0-9]{2}$'),
    pattern('dien_thoai', '^(03|05|07|08|09)'),
    pattern('ma_xa', '^[0-3]'),
    { kind: 'type', column: 'ma_nghe', type: 'integer' },
    { kind: 'type', column: 'so_bhxh', type: 'integer' },
    { kind: 'range', column: 'ngay_sinh', min: { value: '1900-01-01' }, max: { value: '2026-06-29' } },
    { kind: 'compare', left: 'ngay_sinh', operator: '<', right: 'ngay_vao_lam' },
    { kind: 'multiple_of', column: 'muc_luong', of: 1000 },
    { kind: 'requires', column: 'so_bhxh', needs: 'so_dinh_danh' },
    { kind: 'enum', column: 'ma_nghe', values: Array.from({ length: 40 }, (_, i) => String(1000 + i * 20)) },
    { kind: 'range', column: 'cap_nhat', min: { value: '2026-01-01' } },
  ].map(check),
];

export const UNIQUE = check({ kind: 'duplicate', columns: ['so_dinh_danh'], count: 'surplus' });
