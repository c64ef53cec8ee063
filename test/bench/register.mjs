// A labour register, made by DuckDB alone and the same every time: names of six parts (more than 5 million distinct), 2 %
// of them with combining marks, 12-digit identifiers, dates as text, codes; and faults whose number is known.
import { join } from 'node:path';

const FAMILIES = 'Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Đinh,Trịnh,Mai,Lương,Tô,Cao,Tạ,Chu,Thái';
const MIDDLES = 'Văn,Thị,Hữu,Đức,Minh,Ngọc,Thanh,Quang,Xuân,Thu,Kim,Bảo,Gia,Hoài,Khánh,Phương,Quốc,Thế,Trọng,Tuấn,Việt,Anh,Bích,Diệu,Hải,Hồng,Lan,Mỹ,Như,Tường';
const GIVEN = 'An,Bình,Châu,Chi,Cường,Dũng,Duy,Dương,Đạt,Giang,Hà,Hạnh,Hiền,Hiếu,Hoa,Hòa,Hùng,Hương,Khoa,Lâm,Linh,Loan,Long,Mạnh,Nga,Nghĩa,Nhung,Oanh,Phong,Phúc,Quân,Quyên,Sơn,Tâm,Thắng,Thảo,Thịnh,Thủy,Tiến,Trang,Trung,Tú,Uyên,Vân,Vinh,Yến';

const number = (salt, below) => `CAST(hash(i, ${salt}) % ${below} AS INTEGER)`;
const pick = (salt, words) => {
  const list = words.split(',');
  return `[${list.map((word) => `'${word}'`).join(', ')}][1 + ${number(salt, list.length)}]`;
};
/** One row in `every` is at fault. */
const fault = (salt, every) => `hash(i, ${salt}) % ${every} = 0`;

const ROW = `
  CASE WHEN ${fault(90, 10_000)} THEN 'CMND ' || i WHEN ${fault(91, 10_000)} THEN NULL
    WHEN ${fault(92, 10_000)} THEN printf('%012d', i // 2)
    ELSE printf('%03d%d%02d%06d', 1 + ${number(10, 96)}, ${number(11, 4)}, ${number(12, 100)}, i % 1000000) END AS so_dinh_danh,
  CASE WHEN ${fault(93, 50)} THEN replace(replace(replace(replace(ten, 'ễ', 'ê' || chr(771)), 'ị', 'i' || chr(803)), 'ầ', 'a' || chr(770) || chr(768)), 'ạ', 'a' || chr(803))
    WHEN ${fault(94, 5_000)} THEN '  ' WHEN ${fault(95, 5_000)} THEN NULL ELSE ten END AS ho_ten,
  CASE WHEN ${fault(96, 2_000)} THEN '31/02/' || (1960 + ${number(13, 40)}) ELSE strftime(DATE '1955-01-01' + ${number(20, 19_500)}, '%d/%m/%Y') END AS ngay_sinh,
  CASE WHEN ${fault(97, 3_000)} THEN '9' ELSE CAST(1 + ${number(21, 2)} AS VARCHAR) END AS gioi_tinh,
  printf('%05d', ${number(23, 3_321)} * 9 + 1) AS ma_xa,
  CASE WHEN ${fault(98, 4_000)} THEN '0' || i ELSE printf('%010d', ${number(24, 1_000_000_000)}) END AS so_bhxh,
  CASE WHEN ${fault(99, 20)} THEN NULL WHEN ${fault(100, 2_500)} THEN '84' || i ELSE '0' || (['3', '5', '7', '8', '9'][1 + ${number(25, 5)}]) || printf('%08d', ${number(26, 100_000_000)}) END AS dien_thoai,
  ['DANG_LAM', 'NGHI_VIEC', 'THAT_NGHIEP', 'HUU_TRI'][1 + ${number(27, 4)}] AS trang_thai,
  printf('%04d', ${number(28, 900)} + 1000) AS ma_nghe,
  CASE WHEN ${fault(101, 10_000)} THEN -1 ELSE 2000000 + ${number(29, 40_000)} * 1000 END AS muc_luong,
  strftime(DATE '2015-01-01' + ${number(30, 4_000)}, '%Y-%m-%d') AS ngay_vao_lam,
  TIMESTAMP '2026-06-01' + INTERVAL 1 SECOND * ${number(31, 2_500_000)} AS cap_nhat`;

/** Files of at most 5 million rows, so that a large register is made in little memory. */
export async function writeRegister(connection, folder, rows) {
  const files = [];
  for (let start = 0; start < rows; start += 5_000_000) {
    const path = join(folder, `nguoi_lao_dong_${String(files.length).padStart(3, '0')}.parquet`);
    const ten = `concat_ws(' ', ${pick(1, FAMILIES)}, ${pick(2, MIDDLES)}, ${pick(3, MIDDLES)}, ${pick(4, GIVEN)}, ${pick(5, GIVEN)})`;
    await connection.run(
      `COPY (SELECT ${ROW} FROM (SELECT i, ${ten} AS ten FROM range(${start}, ${Math.min(start + 5_000_000, rows)}) AS r(i)))
       TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    files.push(path);
  }
  return files;
}

export const COLUMNS = [
  { name: 'so_dinh_danh', type: 'text' },
  { name: 'ho_ten', type: 'text' },
  { name: 'ngay_sinh', type: 'date', format: 'vietnamese_padded' },
  { name: 'gioi_tinh', type: 'text' },
  { name: 'ma_xa', type: 'text' },
  { name: 'so_bhxh', type: 'text' },
  { name: 'dien_thoai', type: 'text' },
  { name: 'trang_thai', type: 'text' },
  { name: 'ma_nghe', type: 'text' },
  { name: 'muc_luong', type: 'integer' },
  { name: 'ngay_vao_lam', type: 'date', format: 'iso' },
  { name: 'cap_nhat', type: 'timestamp' },
];
