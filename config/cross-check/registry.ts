/** Ids between the registry files: databases, agencies, parts, successions, aliases. */
import type { Config, ReadFiles } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import { LISTED_IN } from '../schema/registry.ts';

export type Report = (
  file: string,
  line: number | null,
  key: string,
  code: string,
  message: string,
  hint?: string | null,
) => void;

function lineOf(files: ReadFiles, file: string, index: number): number | null {
  return files.csv[file]?.[index]?.line ?? null;
}

export function checkRegistry(config: Config, files: ReadFiles, report: Report): void {
  const agencies = new Set(config.agencies.map((a) => a.agency_id));
  const databases = new Set(config.databases.map((d) => d.database_id));
  const unique = (file: string, ids: string[]): void => {
    const seen = new Map<string, number>();
    ids.forEach((id, i) => {
      const first = seen.get(id);
      if (first === undefined) seen.set(id, i);
      else
        report(
          file,
          lineOf(files, file, i),
          id,
          'config/duplicate-id',
          `"${id}" stands twice`,
          `first on line ${lineOf(files, file, first)}`,
        );
    });
  };
  unique(
    'databases',
    config.databases.map((d) => d.database_id),
  );
  unique(
    'agencies',
    config.agencies.map((a) => a.agency_id),
  );
  const needAgency = (file: string, i: number, key: string, id: string | null): void => {
    if (id !== null && !agencies.has(id)) {
      report(
        file,
        lineOf(files, file, i),
        key,
        'config/unknown-agency',
        `agency "${id}" is not in agencies.csv`,
        didYouMean(id, agencies),
      );
    }
  };
  const needDatabase = (file: string, i: number, key: string, id: string | null): void => {
    if (id !== null && !databases.has(id)) {
      report(
        file,
        lineOf(files, file, i),
        key,
        'config/unknown-database',
        `database "${id}" is not in databases.csv`,
        didYouMean(id, databases),
      );
    }
  };
  const parts = new Set(config.databases.map((d) => d.part_of));
  config.databases.forEach((row, i) => {
    needAgency('databases', i, 'agency_id', row.agency_id);
    needAgency('databases', i, 'custodian', row.custodian);
    needDatabase('databases', i, 'part_of', row.part_of);
    const line = lineOf(files, 'databases', i);
    for (const word of row.listed_in) {
      if (!(LISTED_IN as readonly string[]).includes(word)) {
        report(
          'databases',
          line,
          'listed_in',
          'config/invalid-value',
          `"${word}" is not one of the valid values`,
          didYouMean(word, LISTED_IN),
        );
      }
    }
    if (row.row_kind === 'umbrella' && !parts.has(row.database_id)) {
      report(
        'databases',
        line,
        'row_kind',
        'config/umbrella-without-parts',
        `umbrella "${row.database_id}" has no parts`,
        'name it in part_of of its parts',
      );
    }
    const records = config.attributes.unit_classes.record ?? [];
    if (row.headline_unit !== null && !records.includes(row.headline_unit)) {
      report(
        'databases',
        line,
        'headline_unit',
        'config/unknown-unit',
        `"${row.headline_unit}" is not a record unit of attributes.yaml`,
        didYouMean(row.headline_unit, records),
      );
    }
  });
  config.deadlines.forEach((row, i) => {
    needDatabase('deadlines', i, 'database_id', row.database_id);
  });
  config.agencies.forEach((row, i) => {
    needAgency('agencies', i, 'parent_id', row.parent_id);
  });
  config.successions.forEach((row, i) => {
    needAgency('agency_succession', i, 'from_id', row.from_id);
    needAgency('agency_succession', i, 'to_id', row.to_id);
  });
  checkAliases(config, files, report);
}

/** An alias that two living agencies share could give one ministry the other's facts. */
function checkAliases(config: Config, files: ReadFiles, report: Report): void {
  const owners = new Map<string, { id: string; from: string; to: string }[]>();
  config.agencies.forEach((row, i) => {
    const span = { id: row.agency_id, from: row.valid_from ?? '0000-01-01', to: row.valid_to ?? '9999-12-31' };
    for (const alias of new Set([row.name, ...row.aliases].map((a) => a.toLowerCase()))) {
      const spans = owners.get(alias) ?? [];
      owners.set(alias, [...spans, span]);
      const other = spans.find((o) => o.id !== span.id && o.from <= span.to && span.from <= o.to);
      if (other !== undefined) {
        report(
          'agencies',
          lineOf(files, 'agencies', i),
          'aliases',
          'config/ambiguous-alias',
          `"${alias}" is also a name of "${other.id}"`,
        );
      }
    }
  });
}
