/**
 * Loads and checks every setting before any network or disk write; all problems are reported at once.
 * A file that the given folder does not have comes from the folder shipped with the program.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { crossCheck } from './cross-check/cross-check.ts';
import { type CsvRow, readCsv } from './csv-file.ts';
import { ConfigFault, EXIT, Fault, type Problem } from './fault.ts';
import { labelFiles } from './label-files.ts';
import { type LabelTree, labelsFile } from './labels.ts';
import { didYouMean } from './nearest.ts';
import { asset } from './package-root.ts';
import { type Attributes, attributesFile } from './schema/attributes.ts';
import { type Criteria, criteriaFile } from './schema/criteria.ts';
import { type Notifications, notificationsFile } from './schema/notifications.ts';
import {
  type Contradiction,
  contradictionsFile,
  type Decision,
  decisionsFile,
  type Sources,
  sourcesFile,
  type Waiver,
  waiversFile,
} from './schema/operation.ts';
import { type Publication, publicationFile } from './schema/publication.ts';
import {
  type AgencyRow,
  agencyRow,
  type DatabaseOwnerRow,
  type DatabaseRow,
  type DatabaseSuccessionRow,
  type DeadlineRow,
  databaseOwnerRow,
  databaseRow,
  databaseSuccessionRow,
  deadlineRow,
  type HolidayRow,
  holidayRow,
  type SuccessionRow,
  successionRow,
} from './schema/registry.ts';
import { type ReportSettings, reportFile } from './schema/report.ts';
import { type Scoring, scoringFile } from './schema/scoring.ts';
import { isThere } from './system-fault.ts';
import { readYaml, type YamlSource } from './yaml-file.ts';

/** Everything the program was told, checked: plain data, so that a run can keep it by hash and replay it. */
export interface Config {
  attributes: Attributes;
  databases: DatabaseRow[];
  deadlines: DeadlineRow[];
  agencies: AgencyRow[];
  successions: SuccessionRow[];
  databaseSuccessions: DatabaseSuccessionRow[];
  databaseOwners: DatabaseOwnerRow[];
  holidays: HolidayRow[];
  criteria: Criteria;
  scoring: Scoring;
  sources: Sources;
  waivers: Waiver[];
  decisions: Decision[];
  contradictions: Contradiction[];
  report: ReportSettings;
  publication: Publication;
  /** The Vietnamese words: those that speak in findings, reports and tables whatever the language of the pages. */
  labels: { [key: string]: LabelTree };
}

/** A settings file as it was read; `rows` keep the line of CSV rows, `source` finds the place of a YAML key. */
export interface ReadFiles {
  yaml: Record<string, YamlSource>;
  csv: Record<string, CsvRow<unknown>[]>;
}

export interface LoadedConfig {
  config: Config;
  files: ReadFiles;
  /** Where each file was taken from. */
  origin: { file: string; path: string; shipped: boolean }[];
  /** Values of expanded environment variables, to be masked in logs. */
  secrets: string[];
  /** Names of the environment variables that the settings ask for, set or not. */
  variables: string[];
  /** Who is told how the night went. Not part of `config`: it moves no figure and holds secrets. */
  notifications: Notifications;
  /** Folder of sources.yaml: relative paths in source options start here. */
  folder: string;
  /** The folder of settings that was asked for. */
  home: string;
}

export const YAML_FILES = [
  'attributes',
  'criteria',
  'scoring',
  'sources',
  'waivers',
  'decisions',
  'contradictions',
  'report',
  'publication',
  'notifications',
] as const;
export const CSV_FILES = [
  'databases',
  'deadlines',
  'agencies',
  'agency_succession',
  'database_succession',
  'database_owner',
  'holidays',
] as const;

/** The folder of settings that comes with the program. */
export const shippedFolder = asset('config');

/**
 * @param folder the settings folder of the user, or undefined for the shipped one
 * @throws ConfigFault with every problem, each with file, line and the user's own key
 */
export function loadConfig(folder: string | undefined, environment: NodeJS.ProcessEnv): LoadedConfig {
  const { loaded, problems } = tryLoadConfig(folder, environment);
  if (problems.length > 0) throw new ConfigFault(problems);
  return loaded;
}

/** As `loadConfig`, but gives the problems back instead of throwing them (for `csdl check`). */
export function tryLoadConfig(
  folder: string | undefined,
  environment: NodeJS.ProcessEnv,
): { loaded: LoadedConfig; problems: Problem[] } {
  const home = folder === undefined ? shippedFolder : resolve(folder);
  if (!isThere(home) || !statSync(home).isDirectory()) {
    throw new Fault('usage/no-config', `there is no configuration folder ${home}`, {
      exit: EXIT.usage,
      hint: 'csdl init DIR makes one',
    });
  }
  const problems: Problem[] = home === shippedFolder ? [] : strangeFiles(home);
  const origin: LoadedConfig['origin'] = [];
  const files: ReadFiles = { yaml: {}, csv: {} };
  const secrets: string[] = [];
  const variables = new Set<string>();

  const place = (file: string): string => {
    const own = join(home, file);
    const shipped = !isThere(own);
    const path = shipped ? join(shippedFolder, file) : own;
    origin.push({ file, path, shipped: shipped || home === shippedFolder });
    return path;
  };
  const yaml = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
    const read = readYaml(place(`${file}.yaml`), `${file}.yaml`, schema, environment);
    problems.push(...read.problems);
    secrets.push(...read.secrets);
    for (const name of read.variables) variables.add(name);
    files.yaml[file] = read.source;
    if (read.value !== null) return read.value;
    // The shipped file stands in, so that the problems of the other files are found in the same go.
    const shipped = readYaml(join(shippedFolder, `${file}.yaml`), `${file}.yaml`, schema).value;
    if (shipped === null) throw new ConfigFault(problems);
    return shipped;
  };
  const csv = <S extends z.ZodObject>(file: string, schema: S): z.output<S>[] => {
    const read = readCsv(place(`${file}.csv`), `${file}.csv`, schema);
    problems.push(...read.problems);
    files.csv[file] = read.rows;
    return read.rows.map((row) => row.value);
  };

  const attributes = yaml('attributes', attributesFile);
  const criteria = yaml('criteria', criteriaFile);
  const scoring = yaml('scoring', scoringFile);
  const sources = yaml('sources', sourcesFile);
  const waivers = yaml('waivers', waiversFile);
  const decisions = yaml('decisions', decisionsFile);
  const contradictions = yaml('contradictions', contradictionsFile);
  const report = yaml('report', reportFile);
  const labels: Config['labels'] = Object.assign({}, ...labelFiles(home, 'vi').map((file) => yaml(file, labelsFile)));
  const publication = yaml('publication', publicationFile);
  const notifications = yaml('notifications', notificationsFile);
  const databases = csv('databases', databaseRow);
  const deadlines = csv('deadlines', deadlineRow);
  const agencies = csv('agencies', agencyRow);
  const successions = csv('agency_succession', successionRow);
  const databaseSuccessions = csv('database_succession', databaseSuccessionRow);
  const databaseOwners = csv('database_owner', databaseOwnerRow);
  const holidays = csv('holidays', holidayRow);

  const config: Config = {
    attributes,
    databases,
    deadlines,
    agencies,
    successions,
    databaseSuccessions,
    databaseOwners,
    holidays,
    criteria,
    scoring,
    sources,
    waivers: waivers.waivers,
    decisions: decisions.decisions,
    contradictions: contradictions.contradictions,
    report,
    publication,
    labels,
  };
  const broken = new Set(problems.map((problem) => problem.file));
  problems.push(...crossCheck(config, files).filter((problem) => !followsFrom(problem, broken)));
  const sourcesPath = origin.find((entry) => entry.file === 'sources.yaml')?.path ?? home;
  const folders = { folder: dirname(sourcesPath), home };
  return {
    loaded: { config, files, origin, secrets, variables: [...variables].sort(), notifications, ...folders },
    problems,
  };
}

/** A problem between files that only says again that one of them could not be read whole. */
function followsFrom(problem: Problem, broken: ReadonlySet<string>): boolean {
  if (problem.file.endsWith('.yaml') && broken.has(problem.file)) return true;
  if (problem.code === 'config/unknown-database') return broken.has('databases.csv');
  return problem.code === 'config/unknown-agency' && broken.has('agencies.csv');
}

/** A YAML or CSV file nobody reads is nearly always a misspelt one. */
function strangeFiles(home: string): Problem[] {
  const known = [...YAML_FILES.map((f) => `${f}.yaml`), ...CSV_FILES.map((f) => `${f}.csv`)];
  return readdirSync(home)
    .filter((file) => /\.(ya?ml|csv)$/.test(file) && !known.includes(file))
    .map((file) => ({
      file,
      line: null,
      column: null,
      key: '',
      code: 'config/unknown-file',
      message: `"${file}" is not a settings file`,
      hint: didYouMean(file, known),
    }));
}
