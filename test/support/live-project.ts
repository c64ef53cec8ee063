/** A project of 116 databases, each with a source that answers over HTTP, well or badly; for the tests of live nights. */
import { clockFrom, Project } from './project.ts';
import type { Behaviour } from './simulated-answers.ts';
import type { Simulator } from './source-simulator.ts';

export const COUNT = 116;
export const id = (i: number): string => `csdl-${String(i).padStart(3, '0')}`;

/** What each misbehaviour must be called; the others answer in the end. */
export const BAD_CODES: Partial<Record<Behaviour, RegExp>> = {
  hang: /^source\/timeout$/,
  drip: /^source\/(timeout|too-slow)$/,
  'slow-headers': /^source\/(timeout|too-slow|protocol)$/,
  reset: /^source\/(connection-reset|connection-lost|truncated)$/,
  truncated: /^source\/(connection-reset|connection-lost|truncated)$/,
  unavailable: /^source\/unavailable$/,
  'wrong-json': /^source\/(wrong-json|not-json)$/,
  html: /^source\/wrong-(type|content-type)$/,
  huge: /^source\/too-large$/,
  'gzip-bomb': /^source\/(inflates-too-far|bomb|too-large)$/,
  'redirect-elsewhere': /^source\/redirect-elsewhere$/,
  'expired-certificate': /^source\/(certificate|tls)/,
  'changes-shape': /^source\/wrong-shape$/,
  'wrong-encoding': /^source\/wrong-encoding$/,
  unauthorised: /^source\/(auth-failed|unauthorised)$/,
  missing: /^source\/(not-found|refused)$/,
};
const BAD = Object.keys(BAD_CODES) as Behaviour[];
const MENDING: readonly Behaviour[] = ['error-then-good', 'rate-limited-then-good', 'closes-keep-alive'];

/** Of 116 sources 32 fail in one way or another, nine answer in the end. */
export function behaviourOf(i: number): Behaviour {
  if (i < BAD.length * 2) return BAD[i % BAD.length] ?? 'good';
  if (i < BAD.length * 2 + 9) return MENDING[i % MENDING.length] ?? 'good';
  return 'good';
}

export const facts = (i: number, state = 'two_way') => [
  { database: id(i), attribute: 'c12.connection', state },
  { database: id(i), attribute: 'records.count', number: 1_000 + i, unit: 'bản ghi', stage: 'nhap_csdl' },
];

const DATABASES = [
  'database_id,name,kind,row_kind,part_of,agency_id,listed_in,holds_persons,custodian,classification,required_direction,headline_unit,update_frequency,sync_schedule,aliases,note',
  ...Array.from(
    { length: COUNT },
    (_, i) => `${id(i)},Cơ sở dữ liệu ${i},chuyen_nganh,database,,bo-noi-vu,other,yes,,unknown,two_way,bản ghi,,,,`,
  ),
].join('\n');

export function settings(simulator: Simulator, given: { trust?: string; network?: string } = {}): string {
  const trust = given.trust ?? '{grade: E4, said_by: [receiver]}';
  const http = '{tries: 2, try_seconds: 3, total_seconds: 8, max_bytes: 300000, tls: {ca: ca.pem}}';
  const sources = simulator.sources.map(
    ({ id: source, url }) =>
      `  - {id: ${source}, connector: status-api, budget_seconds: 20, trust: ${trust}, options: {url: "${url}", grade: E4, said_by: receiver, http: ${http}}}`,
  );
  const network = given.network ?? '{concurrency: 16, per_host: 4, per_host_per_second: 100}';
  return `hosts: [127.0.0.1]\nnetwork: ${network}\ncircuit: {after_failures: 2, probe_seconds: 1}\nsources:\n${sources.join('\n')}\n`;
}

export function liveProject(simulator: Simulator, given: { trust?: string; network?: string } = {}): Project {
  return new Project({
    'databases.csv': `${DATABASES}\n`,
    'deadlines.csv': 'database_id,due,precision,basis,what,document,row\n',
    'sources.yaml': settings(simulator, given),
    'ca.pem': simulator.ca,
  });
}

export const night = (day: string) => ({ asOf: day, now: clockFrom(`${day}T18:30:00Z`) });
