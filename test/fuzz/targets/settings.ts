/** What people edit: YAML, CSV, patches of the environment, instants; wrong ones are problems with a place, never a crash. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readCsv } from '../../../config/csv-file.ts';
import type { Problem } from '../../../config/fault.ts';
import { viAmount, viCount, viDate, viNumber } from '../../../config/format.ts';
import { expandEnvironment, mask } from '../../../config/interpolate.ts';
import { didYouMean } from '../../../config/nearest.ts';
import { asset } from '../../../config/package-root.ts';
import { decisionsFile, sourcesFile, waiversFile } from '../../../config/schema/operation.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { publicationFile } from '../../../config/schema/publication.ts';
import { databaseRow, deadlineRow } from '../../../config/schema/registry.ts';
import { reportFile } from '../../../config/schema/report.ts';
import { scoringFile } from '../../../config/schema/scoring.ts';
import { localDay, parseInstant } from '../../../config/time.ts';
import { readYaml } from '../../../config/yaml-file.ts';

import { jsonLike, texts } from '../inputs.ts';
import { asFile } from '../samples.ts';
import { must, type Target, type Targets, text } from '../target.ts';

const YAML_WORDS = [
  ...[
    '- ',
    ': ',
    '\n',
    '\n  ',
    '\n    ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '!<x> ',
    '? ',
    '| \n',
    '> \n',
  ],
  ...[
    '# ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '"',
    "'",
    `\${A}`,
    '${A',
    '0o7',
    '~',
    '.nan',
    '!!set {',
    '__proto__: ',
    'constructor: ',
  ],
  ...[
    'id: ',
    'kind: ',
    'reject',
    'confirm',
    'who: ',
    'when: 2026-06-29',
    'sources:',
    'waivers:',
    'decisions:',
    'options: ',
  ],
  ...[
    'database: ',
    'criterion: tc06',
    'until: ',
    'editions: ',
    'iri_base: ',
    'hosts: ',
    'trust: ',
    'grade: E4',
    'said_by: ',
  ],
];

const SOURCES = `as_of: 2026-06-29
hosts: [a.example, "b.example:8443"]
sources:
  - {id: mot, connector: baseline, required: true, options: {path: mot.ndjson}}
  - id: hai
    connector: status-api
    trust: {grade: E3, said_by: [owner]}
    options: {url: "https://a.example/x", http: {auth: {kind: bearer, token: "\${A}"}}}
measure:
  - {contract: nguoi-lao-dong.yaml, data: /srv/x, as_of: 2026-06-29}
`;
const DECISIONS = `decisions:
  - {id: qd-1, kind: reject, observation: "0123456789abcdef", who: a, when: 2026-06-29, ground: b}
  - {id: qd-2, kind: contest, finding: "x", who: a, when: 2026-06-29, ground: b, answer: {who: c, when: 2026-06-30, text: d}}
`;
const WAIVERS = `waivers:
  - {database: tre-em, criterion: tc06, approved_by: a, document: "12/BCA", ground: b, from: 2026-01-01, until: 2027-06-30}
`;

function placed(problems: readonly Problem[]): void {
  for (const { line, column, code } of problems) {
    must((line ?? 1) >= 1 && (column ?? 1) >= 1, 'a place counts from 1');
    must(/^config\/[a-z-]+$/.test(code), `code ${code}`);
  }
}

function yaml(samples: readonly string[], schema: Parameters<typeof readYaml>[2]): Target {
  return text({
    inputs: texts(samples, YAML_WORDS),
    feed: (input) => {
      const read = readYaml(asFile(input, '.yaml'), 'x.yaml', schema, { A: 'secret-value' });
      placed(read.problems);
      must((read.value === null) === read.problems.length > 0, 'a value, or why there is none');
      must(!JSON.stringify(read.problems).includes('secret-value'), 'no secret in a problem');
    },
  });
}

function csv(sample: string, schema: Parameters<typeof readCsv>[2]): Target {
  const rows = sample.split('\n');
  return text({
    inputs: texts(
      [sample, `\ufeff${rows.slice(0, 3).join('\r\n')}`, rows.slice(0, 2).join('\n')],
      [',', '"', '""', '\n', '\r', ';', ...YAML_WORDS],
    ),
    feed: (input) => placed(readCsv(asFile(input, '.csv'), 'x.csv', schema).problems),
  });
}

const shipped = (name: string): string => readFileSync(asset('config', name), 'utf8');

export const targets: Targets = {
  'YAML: sources': () => yaml([SOURCES], sourcesFile),
  'YAML: decisions': () => yaml([DECISIONS], decisionsFile),
  'YAML: waivers': () => yaml([WAIVERS], waiversFile),
  'YAML: publication and report': () => {
    const [one, two] = [
      yaml([shipped('publication.yaml')], publicationFile),
      yaml([shipped('report.yaml').slice(0, 1500)], reportFile),
    ];
    return {
      ...one,
      inputs: fc.oneof(one.inputs, two.inputs),
      feed: (input) => void [one.feed(input), two.feed(input)],
    };
  },
  'YAML: scoring': () => ({ ...yaml([shipped('scoring.yaml').slice(0, 1500)], scoringFile) }),
  'CSV: databases': () => csv(shipped('databases.csv').split('\n').slice(0, 5).join('\n'), databaseRow),
  'CSV: deadlines': () => csv(shipped('deadlines.csv').split('\n').slice(0, 4).join('\n'), deadlineRow),
  'settings: environment and masking': () =>
    text({
      inputs: fc.tuple(
        jsonLike([{ a: `\${A}`, b: [`x \${B} \${A}`], c: { d: 1 } }]),
        texts(['a secret-value b'], [`\${A}`, `\${B}`, 'secret-value']),
      ),
      feed: ([value, said]) => {
        const expanded = expandEnvironment([value, said], { A: 'secret-value' });
        must(!mask(said, ['secret-value']).includes('secret-value'), 'what is secret is masked');
        must(
          expanded.missing.every(({ name }) => name !== 'A'),
          'what is there is not missing',
        );
      },
    }),
  'settings: instants and days': () =>
    text({
      inputs: texts(
        ['2026-06-29', '2026-06-29T08:00:00+07:00', '2026-02-28T23:59:59.999999Z', '9999-12-31T23:59:59-12:00'],
        ['-', ':', 'T', 'Z', '+', '.', '0', '9', '24', '60', '00', '02', '31', '12'],
      ),
      feed: (input) => {
        const instant = parseInstant(input);
        if (instant !== null) must(isDay(localDay(instant)), `the day of ${input}`);
        if (isDay(input)) must(instant !== null && localDay(instant) === input, 'a day is its own first moment');
      },
    }),
  'settings: numbers as they are printed': () =>
    text({
      inputs: fc.oneof(
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.double({ min: 0, max: 1e15, noNaN: true }),
      ),
      feed: (n) => {
        for (const shown of [viNumber(n), viAmount(n), viCount(Math.floor(n)), viDate('2026-06-29')])
          must(!/NaN|undefined|e\+/.test(shown), `${n} is printed ${shown}`);
      },
    }),
  'settings: the nearest key': () =>
    text({
      inputs: texts(['sources', 'required', 'said_by'], ['_', 's', 'id', 'a']),
      feed: (input) => didYouMean(input, ['sources', 'required', 'said_by', 'id']),
    }),
};
