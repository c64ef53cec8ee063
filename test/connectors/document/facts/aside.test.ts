import { describe, expect, test } from 'vitest';
import { read } from './status-cases.ts';

const codes = (text: string): string[] => read(text).refusals.map(({ refusal }) => refusal.code);

describe('sentences that speak of no database of the text', () => {
  test.each([
    ['Các bộ, ngành cần khẩn trương hoàn thành kết nối với C12.', 'instruction'],
    ['Đề nghị các địa phương đồng bộ dữ liệu về C12.', 'instruction'],
    ['Bộ đã đôn đốc các tỉnh làm sạch dữ liệu với dân cư.', 'instruction'],
    ['Yêu cầu UBND các tỉnh nhập 45.000 hồ sơ.', 'instruction'],
    ['Tất cả các đơn vị phải hoàn thành phần mềm.', 'instruction'],
    ['Mọi cơ quan có trách nhiệm kết nối với C12.', 'instruction'],
    ['Theo kinh nghiệm của một số nước, dữ liệu đã được đồng bộ đầy đủ.', 'example'],
    ['Tại Estonia, phần mềm đã vận hành chính thức.', 'example'],
    ['Hàn Quốc đã kết nối 100% cơ sở dữ liệu.', 'example'],
    ['CSDL nhà ở của Bộ Xây dựng đã đồng bộ đầy đủ dữ liệu về C12.', 'other_subject'],
    ['CSDL hộ tịch điện tử đã đạt 14/15 tiêu chí.', 'other_subject'],
    ['Riêng CSDL hộ tịch điện tử đã kết nối với C12.', 'other_subject'],
  ])('%s (%s)', (text, code) => {
    expect(read(text).facts).toEqual([]);
    expect(codes(text)).toEqual([code]);
  });

  test.each([
    'Đã kết nối với C12 theo yêu cầu của các bộ.',
    'Phần mềm đã được cập nhật bản vá.',
    'Đã kết nối với C12; các địa phương đang nhập dữ liệu.',
    'Cán bộ cần được tập huấn; đã kết nối với C12.',
    'CSDL quản lý trẻ em đã kết nối với C12.',
  ])('%s is read', (text) => {
    expect(codes(text)).not.toContain('instruction');
    expect(codes(text)).not.toContain('example');
    expect(codes(text)).not.toContain('other_subject');
  });
});

describe('a text about several databases', () => {
  const of = (text: string): (string | null)[][] =>
    read(text, ['tre-em', 'nguoi-khuyet-tat'])
      .facts.filter(({ attribute }) => attribute === 'c12.connection')
      .map(({ value_text, database }) => [value_text ?? null, database]);

  test('each sentence goes to the one it names', () => {
    expect(of('CSDL quản lý trẻ em đã kết nối với C12. CSDL người khuyết tật chưa kết nối với C12.')).toEqual([
      ['connected', 'tre-em'],
      ['none', 'nguoi-khuyet-tat'],
    ]);
  });

  test('a clause may change to another', () => {
    expect(of('CSDL quản lý trẻ em đã kết nối với C12, còn CSDL người khuyết tật chưa kết nối với C12.')).toEqual([
      ['connected', 'tre-em'],
      ['none', 'nguoi-khuyet-tat'],
    ]);
  });

  test('a sentence without a name goes on with the one before', () => {
    expect(of('CSDL người khuyết tật đã hoàn thành 4/15 tiêu chí. Chưa kết nối với C12.')).toEqual([
      ['none', 'nguoi-khuyet-tat'],
    ]);
  });

  test('without any name it is said of all', () => {
    expect(of('Đã kết nối với C12.')).toEqual([['connected', null]]);
  });

  test('another database of the same agency is read for that one', () => {
    expect(read('CSDL người khuyết tật đã kết nối với C12.', ['tre-em']).facts.map((f) => f.database)).toContain(
      'nguoi-khuyet-tat',
    );
  });
});
