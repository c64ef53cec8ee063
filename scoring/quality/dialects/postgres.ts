/**
 * PostgreSQL ≥ 15, encoding UTF8: AREs instead of RE2, nothing that tries and gives NULL, so every reading of a text stands
 * behind a CASE that has looked at it.
 */
import type { ColumnType, DateFormat } from '../check.ts';
import type { PatternNode } from '../pattern.ts';
import { toAre } from '../pattern-text.ts';
import type { Sql } from '../rule.ts';
import { Dialect } from './dialect.ts';

const TYPES: Readonly<Record<string, ColumnType>> = {
  text: 'text',
  varchar: 'text',
  'character varying': 'text',
  name: 'text',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  date: 'date',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamp',
  'time without time zone': 'time',
  boolean: 'boolean',
};

/** Year, month, day: where they stand in a text of fixed form. */
const PARTS: Readonly<Record<Exclude<DateFormat, 'vietnamese'>, readonly [string, string, string]>> = {
  iso: ['1, 4', '6, 2', '9, 2'],
  compact: ['1, 4', '5, 2', '7, 2'],
  vietnamese_padded: ['7, 4', '4, 2', '1, 2'],
};

export class Postgres extends Dialect {
  readonly dialect = 'postgres';

  override asText(column: Sql): Sql {
    return `CAST(${column} AS text)`;
  }

  override byteOrder(text: Sql): Sql {
    return `(${text} COLLATE "C")`;
  }

  matchesNode(text: Sql, node: PatternNode, whole: boolean): Sql {
    return `(${text} COLLATE "C" ~ ${this.text(toAre(node, whole))})`;
  }

  isNfc(text: Sql): Sql {
    return `(${text} IS NFC NORMALIZED)`;
  }

  nfc(text: Sql): Sql {
    return `normalize(${text}, NFC)`;
  }

  readDay(text: Sql, format: DateFormat): Sql {
    if (format === 'vietnamese') {
      const part = (n: number): Sql => `CAST(split_part(${text}, '/', ${n}) AS integer)`;
      return `make_date(${part(3)}, ${part(2)}, ${part(1)})`;
    }
    return `make_date(${PARTS[format].map((at) => `CAST(substr(${text}, ${at}) AS integer)`).join(', ')})`;
  }

  readDecimal(text: Sql): Sql {
    return `CAST(${text} AS numeric)`;
  }

  columnType(native: string): ColumnType {
    return TYPES[native.replace(/\(.*\)/, '')] ?? 'other';
  }

  hash(text: Sql): Sql {
    return `CAST(('x' || substr(md5(${text}), 1, 15))::bit(60) AS bigint)`;
  }

  seconds(from: Sql, to: Sql): Sql {
    return `CAST(floor(extract(epoch FROM (CAST(${to} AS timestamp) - CAST(${from} AS timestamp)))) AS bigint)`;
  }
}
