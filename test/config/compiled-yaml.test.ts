import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CompiledYaml, hashOfText } from '../../config/compiled-yaml.ts';
import { labelFiles } from '../../config/label-files.ts';
import { YAML_FILES } from '../../config/load.ts';
import { asset } from '../../config/package-root.ts';
import { readYaml, textOfFile } from '../../config/yaml-file.ts';

const built = JSON.parse(readFileSync(asset('dist', 'config', 'compiled-yaml.json'), 'utf8')) as CompiledYaml;
const shipped = [...YAML_FILES, ...labelFiles('', 'vi'), ...labelFiles('', 'en')].map((file) => `${file}.yaml`);

// The sources have no table beside them: here every file is parsed.
test.each(shipped)('%s: built in as the parser reads it', (file) => {
  const path = join(asset('config'), file);
  const json = built[hashOfText(textOfFile(path))];
  expect(json).toBeDefined();
  expect(JSON.parse(json ?? '')).toEqual(readYaml(path, file, z.unknown(), null).value);
});
