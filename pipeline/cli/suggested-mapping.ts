/** csdl extract --suggest-mapping: how a sheet of somebody else's making could be read, as YAML to check and to paste. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { EXIT, type ExitCode, Fault } from '../../config/fault.ts';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { localDay } from '../../config/time.ts';
import { documentReader } from '../../connectors/document/extract.ts';
import { findForm } from '../../connectors/spreadsheet/form/form-file.ts';
import {
  type SuggestedColumn,
  type SuggestedMapping,
  suggestMapping,
} from '../../connectors/spreadsheet/mapping/suggest-mapping.ts';
import { SPREADSHEET_LIMITS } from '../../connectors/spreadsheet/workbook/fault.ts';
import { readWorkbook } from '../../connectors/spreadsheet/workbook/read-workbook.ts';
import type { Context } from './context.ts';
import { visible } from './visible.ts';

/** @throws Fault `usage/…` or `spreadsheet/…` with the remedy */
export async function suggestMappings(files: readonly string[], { effects, options }: Context): Promise<ExitCode> {
  const { config } = loadConfig(options.config, effects.environment);
  const reader = { config, labels: new Labels(config.labels), documents: documentReader(config) };
  for (const path of files) {
    effects.signal.throwIfAborted();
    const workbook = await readWorkbook(bytesOf(path));
    if (findForm(workbook) !== null) {
      throw new Fault('usage/form', `${basename(path)} is the form that csdl template writes`, {
        exit: EXIT.usage,
        hint: 'it needs no mapping: put it into the folder of a source with the connector spreadsheet',
      });
    }
    const asOf = config.sources.as_of ?? localDay(effects.now());
    const found = suggestMapping(workbook, reader, asOf);
    if (found === null) {
      throw new Fault(
        'usage/no-titles',
        `no row of ${basename(path)} has titles of a database and of what is said of it`,
        {
          exit: EXIT.usage,
          hint: 'a copy of a table of tasks needs no mapping: csdl extract FILE; else write `mapping` by hand (see connectors/README.md)',
        },
      );
    }
    effects.stdout(
      options.json ? `${JSON.stringify({ file: basename(path), ...mappingOf(found) })}\n` : yamlOf(path, found),
    );
  }
  return EXIT.ok;
}

function bytesOf(path: string): Uint8Array {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    throw new Fault('usage/no-file', stats === undefined ? `there is no file ${path}` : `${path} is not a file`, {
      exit: EXIT.usage,
      hint: 'name a workbook (.xlsx)',
    });
  }
  if (stats.size > SPREADSHEET_LIMITS.bytes) {
    throw new Fault('spreadsheet/too-large', `${basename(path)} has ${stats.size} bytes`, {
      exit: EXIT.usage,
      hint: `workbooks have at most ${SPREADSHEET_LIMITS.bytes} bytes`,
    });
  }
  return readFileSync(path);
}

/** What `options.mapping` of a source takes. */
function mappingOf({ sheet, headerRow, columns }: SuggestedMapping): object {
  const database = columns.find(({ means }) => means === 'database')?.letter;
  return {
    sheet,
    header_row: headerRow,
    ...(database === undefined ? {} : { database }),
    columns: columns.flatMap(({ means }) => (isMapped(means) ? [withoutBlanks(means)] : [])),
  };
}

function isMapped(means: SuggestedColumn['means']): means is Exclude<SuggestedColumn['means'], string | null> {
  return means !== null && typeof means === 'object';
}

function withoutBlanks({ words, ...rest }: Exclude<SuggestedColumn['means'], string | null>): object {
  return Object.keys(words).length === 0 ? rest : { ...rest, words };
}

/** The mapping as a source, with a line on every column: what it is taken for and how many cells are read that way. */
function yamlOf(path: string, found: SuggestedMapping): string {
  const source = {
    sources: [
      {
        id: 'bang-tinh-hinh',
        connector: 'spreadsheet',
        trust: { grade: 'E1', said_by: ['owner'] },
        options: { path: 'FOLDER', mapping: [mappingOf(found)] },
      },
    ],
  };
  const notes = found.columns.map((column) => `# ${column.letter} "${visible(column.title)}": ${meaning(column)}`);
  const head = `# ${visible(basename(path))}, sheet "${visible(found.sheet)}", titles in row ${found.headerRow}. Check it before use.`;
  return `${[head, ...notes].join('\n')}\n${stringify(source, { lineWidth: 0 })}`;
}

function meaning({ means, read }: SuggestedColumn): string {
  if (means === null) return 'not known, left out';
  if (means === 'database') return 'names the database';
  if (means === 'number') return 'the running number, not read';
  if (means.status_text === true) return 'prose, read as a status text';
  return `${means.attribute}${read === null ? '' : `; ${read.ok} of ${read.cells} cells are read`}`;
}
