/** Warnings about the calendar: deadlines in years of which no day off is known. They stop nothing. */
import type { Problem } from '../fault.ts';
import type { Config, ReadFiles } from '../load.ts';

/**
 * One warning a year, at the first deadline that lies in it.
 * @param from @param upTo the years looked at: past ones need nobody's attention, days off of later ones are not announced yet
 */
export function calendarWarnings(config: Config, files: ReadFiles, from: string, upTo: string): Problem[] {
  const known = new Set(config.holidays.flatMap((row) => (row.kind === 'holiday' ? [row.date.slice(0, 4)] : [])));
  const due = [
    ...config.deadlines.map((row, i) => ({
      day: row.due,
      file: 'deadlines.csv',
      key: 'due',
      line: files.csv.deadlines?.[i]?.line ?? null,
    })),
    { day: config.scoring.countdown_to, file: 'scoring.yaml', key: 'countdown_to', line: null },
  ];
  const told = new Set<string>();
  return due.flatMap(({ day, file, key, line }) => {
    const year = day.slice(0, 4);
    if (known.has(year) || told.has(year) || year < from || year > upTo) return [];
    told.add(year);
    return [
      {
        file,
        line,
        column: null,
        key,
        code: 'config/year-without-holidays',
        message: `${day} lies in ${year}, of which holidays.csv knows no day: its working days are not counted`,
        hint: `add the days off of ${year} to holidays.csv once they are announced`,
      },
    ];
  });
}
