import { describe, expect, test } from 'vitest';
import { cutStatements } from '../../../pipeline/cli/sql-statements.ts';

describe('statements are cut at a semicolon', () => {
  test.each<[string, string[], string]>([
    ['SELECT 1', [], 'SELECT 1'],
    ['SELECT 1;', ['SELECT 1'], ''],
    ['SELECT 1; SELECT 2;  ', ['SELECT 1', 'SELECT 2'], ''],
    [';;', [], ''],
    ["SELECT ';'';'; x", ["SELECT ';'';'"], 'x'],
    ["SELECT E'\\';'; x", ["SELECT E'\\';'"], 'x'],
    ["SELECT name'; still", [], "SELECT name'; still"],
    ['SELECT ";"";"; x', ['SELECT ";"";"'], 'x'],
    ['SELECT $$;$$; SELECT $a$;$$;$a$; x', ['SELECT $$;$$', 'SELECT $a$;$$;$a$'], 'x'],
    ['SELECT 1 -- ;\n; x', ['SELECT 1 -- ;'], 'x'],
    ['SELECT 1 /* ; */; x', ['SELECT 1 /* ; */'], 'x'],
    ['/* open ;', [], '/* open ;'],
    ['/* closed ; */ -- and more ;', [], ''],
    ["SELECT 'a  ", [], "SELECT 'a  "],
  ])('%s', (text, whole, rest) => {
    expect(cutStatements(text)).toEqual({ whole, rest });
  });

  test('a long text without an end is no trouble', () => {
    expect(cutStatements(`SELECT '${'x'.repeat(2_000_000)}`).whole).toEqual([]);
  });
});
