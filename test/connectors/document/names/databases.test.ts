import { describe, expect, test } from 'vitest';
import { names, registry } from '../../../support/document-names.ts';

const { databases } = names;
const found = (text: string): string[] => databases.find(text).map((match) => match.id);

describe('the name of a database', () => {
  const spellings = registry.databases.flatMap((database) =>
    [database.name, ...database.aliases].map((name) => [name, database.database_id] as const),
  );

  test('every name and alias of the registry is found again, also as the title of a task', () => {
    for (const [name, id] of spellings) {
      expect([name, databases.resolve(name).id]).toEqual([name, id]);
      expect([name, databases.resolve(`Tiếp tục hoàn thiện, đưa vào khai thác: ${name}`).id]).toEqual([name, id]);
    }
  });

  test.each([
    ['CSDLQG về đất đai', 'dat-dai'],
    ['Cơ sở dữ liệu quốc gia đất đai', 'dat-dai'],
    ['Xây dựng, đưa vào sử dụng CSDL tôn giáo', 'ton-giao'],
    ['Bộ Y tế - Hoàn thiện CSDL người khuyêt tât', 'nguoi-khuyet-tat'],
    [
      'Hoàn thiện: Cơ sở dữ liệu về giáo dục nghề nghiệp, bao gồm: (1) CSDL nhà giáo giáo dục nghề nghiệp; (2) …',
      'giao-duc-nghe-nghiep',
    ],
    ['Cơ sở dữ liệu trẻ em', 'tre-em'],
  ])('%j', (name, id) => {
    expect(databases.resolve(name).id).toBe(id);
  });

  test.each([
    'Cơ sở dữ liệu tổng hợp quốc gia',
    'CSDL bảo hiểm xã hội',
    'CSDL chuyên ngành',
    'CSDL y tế',
    'Hệ thống thông tin báo cáo',
    'các cơ sở dữ liệu quốc gia, cơ sở dữ liệu chuyên ngành',
    '',
  ])('%j is none, or not one', (name) => {
    expect(databases.resolve(name).id).toBeNull();
    expect(found(name)).toEqual([]);
  });
});

describe('databases in a text', () => {
  test('each is found with its own head or in a list under one', () => {
    expect(found('đã kết nối với CSDLQG dân cư và CSDL đất đai')).toEqual(['dan-cu', 'dat-dai']);
    expect(found('CSDL người khuyết tật, người làm công tác xã hội và quản lý trẻ em đã vận hành')).toEqual([
      'nguoi-khuyet-tat',
      'nguoi-lam-cong-tac-xa-hoi',
      'tre-em',
    ]);
  });

  test('the longer of two names is the one that is meant', () => {
    expect(found('CSDL định danh điện tử tổ chức đã có')).toEqual(['dinh-danh-dien-tu-to-chuc']);
    expect(found('CSDL định danh điện tử đã có')).toEqual(['dinh-danh-dien-tu']);
  });

  test('what an umbrella consists of is not named twice', () => {
    expect(found('CSDL về giáo dục nghề nghiệp, bao gồm: (1) CSDL cơ sở giáo dục nghề nghiệp')).toEqual([
      'giao-duc-nghe-nghiep',
    ]);
  });

  test('a short name that goes on is another name', () => {
    expect(found('CSDL bảo hiểm xã hội đang được làm sạch')).toEqual([]);
  });
});
