/** slaProperties → checks of time: latency, frequency and retention of a column, availability of a table. */
import { didYouMean } from '../../../config/nearest.ts';
import type { Test } from '../check.ts';
import type { CheckBuilder } from './builder.ts';
import type { ContractTable } from './contract.ts';
import type { OdcsContract, OdcsSla } from './odcs.ts';
import type { ContractReport, Path } from './report.ts';

/** Names and abbreviations of the standard, in small letters. */
const CHECKED: Readonly<Record<string, 'latency' | 'frequency' | 'retention' | 'availability'>> = {
  latency: 'latency',
  ly: 'latency',
  freshness: 'latency',
  frequency: 'frequency',
  fy: 'frequency',
  retention: 'retention',
  re: 'retention',
  availability: 'availability',
  av: 'availability',
};
const NOT_OF_RECORDS = new Set(
  'throughput th errorrate er generalavailability ga endofsupport es endoflife el timetodetect td timetonotify tn timetorepair tr timeofavailability'.split(
    ' ',
  ),
);
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  wk: 604_800,
  week: 604_800,
  weeks: 604_800,
  month: 2_592_000,
  months: 2_592_000,
  y: 31_536_000,
  yr: 31_536_000,
  year: 31_536_000,
  years: 31_536_000,
};

export function slaChecks(contract: OdcsContract, tables: readonly ContractTable[], builder: CheckBuilder): void {
  const { report } = builder;
  if (contract.slaDefaultElement !== undefined)
    report.warn(
      ['slaDefaultElement'],
      'deprecated',
      'slaDefaultElement is deprecated',
      'write element in each entry',
      true,
    );
  for (const [i, sla] of (contract.slaProperties ?? []).entries()) {
    const path = ['slaProperties', i];
    const name = sla.property.toLowerCase();
    const kind = Object.hasOwn(CHECKED, name) ? CHECKED[name] : undefined;
    if (kind === undefined) {
      const known = [
        ...Object.keys(CHECKED),
        'throughput',
        'errorRate',
        'generalAvailability',
        'endOfSupport',
        'endOfLife',
        'timeToDetect',
        'timeToNotify',
        'timeToRepair',
      ];
      if (NOT_OF_RECORDS.has(name))
        report.warn([...path, 'property'], 'not-checked', `${sla.property} cannot be seen in the records`);
      else
        report.error(
          [...path, 'property'],
          'unknown-sla',
          `"${sla.property}" is not a property of the standard`,
          didYouMean(sla.property, known),
        );
      continue;
    }
    const element = sla.element ?? contract.slaDefaultElement;
    if (element === undefined) {
      report.error(path, 'no-element', `nothing says of what the ${kind} is`, 'write element: table.column');
      continue;
    }
    const parts = element.split(',').map((part) => part.trim());
    for (const part of parts) slaCheck(kind, sla, part, parts.length > 1, path, tables, builder);
  }
}

function slaCheck(
  kind: (typeof CHECKED)[string],
  sla: OdcsSla,
  element: string,
  isOneOfSeveral: boolean,
  path: Path,
  tables: readonly ContractTable[],
  builder: CheckBuilder,
): void {
  const { report } = builder;
  const dot = element.indexOf('.');
  const [tableName, columnName] = dot < 0 ? [element, null] : [element.slice(0, dot), element.slice(dot + 1)];
  const at = [...path, 'element'];
  const table = tables.find((t) => t.id === tableName);
  if (table === undefined) {
    report.error(
      at,
      'unknown-table',
      `there is no table "${tableName}"`,
      didYouMean(
        tableName,
        tables.map((t) => t.id),
      ),
    );
    return;
  }
  const column = table.columns.find((c) => c.name === columnName);
  if (columnName !== null && column === undefined) {
    report.error(
      at,
      'unknown-property',
      `"${columnName}" is not a property of ${table.id}`,
      didYouMean(
        columnName,
        table.columns.map((c) => c.name),
      ),
    );
    return;
  }
  const place = { table: table.id, column: column?.name ?? null };
  const id = isOneOfSeveral ? undefined : sla.id;
  if (kind === 'availability') {
    // Seen from the records it is asked once: are they there now. The share over time is what probes measure.
    builder.add({
      place: { ...place, column: null },
      metric: kind,
      test: { kind: 'row_count' },
      expect: { operator: 'mustBeGreaterThan', value: 0, unit: 'rows' },
      rule: SLA_RULE,
      id,
      path,
    });
    return;
  }
  if (column === undefined || column.type === 'time' || column.type === 'boolean') {
    report.error(at, 'no-column', `the ${kind} is that of a column of days or moments`, 'write element: table.column');
    return;
  }
  const days = daysOf(sla, path, report);
  if (days === undefined) return;
  const tests: Readonly<Record<typeof kind, Test>> = {
    latency: { kind: 'freshness', column: column.name },
    frequency: { kind: 'gap', column: column.name },
    retention: { kind: 'retention', column: column.name },
  };
  builder.add({
    place,
    metric: kind,
    test: tests[kind],
    expect: { operator: 'mustBeLessOrEqualTo', value: days, unit: 'days' },
    id,
    path,
  });
}

/** Whether the data answer at all is a question of being alive, though rows are counted. */
const SLA_RULE = { dimension: 'timeliness' } as const;

function daysOf({ value, unit }: OdcsSla, path: Path, report: ContractReport): number | undefined {
  const number = typeof value === 'string' && /^[0-9]+(\.[0-9]+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0)
    return report.error([...path, 'value'], 'no-number', 'the value is a number of time units');
  if (unit === undefined)
    return report.error(path, 'no-unit', 'nothing says in what unit the value is', 'write unit: d');
  const word = unit.toLowerCase().trim();
  if (word === 'm' || word === 'mo')
    return report.error(
      [...path, 'unit'],
      'ambiguous-rule',
      `"${unit}" may be minutes or months`,
      'write min or months',
    );
  const seconds = Object.hasOwn(SECONDS, word) ? SECONDS[word] : undefined;
  if (seconds === undefined)
    return report.error(
      [...path, 'unit'],
      'bad-unit',
      `"${unit}" is not a unit of time`,
      'valid: s, min, h, d, w, months, y',
    );
  return (number * seconds) / 86_400;
}
