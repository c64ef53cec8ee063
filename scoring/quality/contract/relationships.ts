/** relationships → checks that every key of the one table stands in the other. Tables of other contracts are out of reach. */
import { didYouMean } from '../../../config/nearest.ts';
import { type CheckBuilder, NONE, type Place } from './builder.ts';
import type { OdcsObject } from './odcs.ts';
import type { ContractReport, Path } from './report.ts';

interface End {
  readonly table: string;
  readonly column: string;
}

export function relationshipCheck(
  from: readonly string[] | string,
  to: readonly string[] | string,
  path: Path,
  place: Place,
  objects: readonly OdcsObject[],
  builder: CheckBuilder,
): void {
  const { report } = builder;
  const ends = (key: 'from' | 'to', written: readonly string[] | string): (End | null | undefined)[] =>
    (typeof written === 'string' ? [written] : written).map((text, i) =>
      endOf(text, typeof written === 'string' ? [...path, key] : [...path, key, i], place, objects, report),
    );
  const here = place.column !== null ? [{ table: place.table, column: place.column }] : ends('from', from);
  const there = ends('to', to);
  if ([...here, ...there].some((end) => end === undefined)) return;
  if ([...here, ...there].includes(null)) {
    report.warn([...path, 'to'], 'not-checked', 'a table of another contract is not looked into');
    return;
  }
  const [left, right] = [here as End[], there as End[]];
  const tables = new Set(right.map((end) => end.table));
  if (left.length !== right.length || left.length === 0 || tables.size !== 1) {
    report.error(path, 'bad-relationship', 'as many properties on one side as on the other, those of one table each');
    return;
  }
  if (left.some((end) => end.table !== place.table)) {
    report.error([...path, 'from'], 'bad-relationship', `"from" names properties of ${place.table}, where it stands`);
    return;
  }
  const columns = left.map((end) => end.column);
  builder.add({
    place: { table: place.table, column: columns.length === 1 ? (columns[0] ?? null) : null },
    metric: columns.length === 1 ? 'relationships' : `${columns.join('+')}.relationships`,
    test: { kind: 'reference', columns, table: right[0]?.table ?? '', to: right.map((end) => end.column) },
    expect: NONE,
    path,
  });
}

/** table.column by names, or schema/TABLE/properties/COLUMN by ids. Null: of another contract; undefined: reported. */
function endOf(
  text: string,
  path: Path,
  place: Place,
  objects: readonly OdcsObject[],
  report: ContractReport,
): End | null | undefined {
  if (text.includes('#') && !text.startsWith('#')) return null;
  const full = /^#?\/?schema\/([^/]+)\/properties\/([^/]+)$/.exec(text);
  const short = text.split('.');
  const [tableWord, columnWord] =
    full !== null ? [full[1], full[2]] : short.length === 2 ? short : [undefined, undefined];
  if (tableWord === undefined || columnWord === undefined)
    return report.error(path, 'bad-reference', `"${text}" is not a reference`, 'write table.column');
  const match = (e: { name: string; id?: string | undefined }, word: string): boolean =>
    full !== null ? (e.id ?? e.name) === word : e.name === word;
  const table = objects.find((o) => match(o, tableWord));
  if (table === undefined)
    return report.error(
      path,
      'unknown-table',
      `there is no table "${tableWord}"`,
      didYouMean(
        tableWord,
        objects.map((o) => o.name),
      ) ?? `it stands in ${place.table}`,
    );
  const column = table.properties?.find((p) => match(p, columnWord));
  if (column === undefined)
    return report.error(
      path,
      'unknown-property',
      `"${columnWord}" is not a property of ${table.name}`,
      didYouMean(
        columnWord,
        (table.properties ?? []).map((p) => p.name),
      ),
    );
  return { table: table.name, column: column.name };
}
