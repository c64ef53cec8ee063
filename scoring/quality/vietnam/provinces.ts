/**
 * Codes of provinces and centrally run cities, two digits. Today's 34 hold since 1 July 2025 (decision 19/2025/QĐ-TTg); before
 * that day 63 were in force. Seven kept their digits and changed their meaning; 29 are no longer given.
 */

export const CHANGED_ON = '2025-07-01';

export const CURRENT: readonly string[] =
  '01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96'.split(' ');

export const BEFORE: readonly string[] = (
  '01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 ' +
  '64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96'
).split(' ');

/** The same digits name another province before and after the change. */
export const REUSED: readonly string[] = '15 24 44 52 80 82 91'.split(' ');
