/** Texts for the properties of the language: Vietnamese words, numbers, marks, and what does not belong in a text. */
import fc from 'fast-check';

const WORDS =
  'đã đang chưa sẽ để chữa cho chờ không còn nếu kết nối đồng bộ làm sạch dữ liệu với C12 C06 hồ sơ bản ghi tiêu chí phần mềm tỉnh TP. K/n PM ĐB tháng quý năm ngày số khoảng hơn gần triệu nghìn tỷ'.split(
    ' ',
  );
const MARKS = [' ', ' ', ' ', '. ', ', ', '; ', ': ', '\n', '\n- ', ' (', ') ', '/', '-', ' “', '” '];
const NUMBERS = ['12', '8/15', '1.234.567', '4,8', '31/12/2030', '2030', '62%', '0', '999999999999'];
/** Combining marks without a letter, lone surrogates, emoji, right-to-left, control characters, another normal form. */
const STRANGE = [
  '\u0301',
  '\u0323\u0302',
  '\ud83d',
  '\ude00',
  '😀',
  '\u202e',
  '\u0000',
  '\ufeff',
  'İ',
  'ß',
  'ﬁ',
  'ờ'.normalize('NFD'),
];

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...STRANGE) },
);

/** Something like a status text, never with sense. */
export const pieced: fc.Arbitrary<string> = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Any string of UTF-16 units, and texts made of pieces. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  pieced,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
