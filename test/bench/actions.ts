/**
 * npm run bench:actions — what the next actions of 4 000 databases cost: the scores alone, then every action re-scored.
 * Figures are of this machine, now; compare them within one run only. `--databases=N` for another size.
 */
import { type Fact, night } from '../support/night.ts';

const count = Number(/--databases=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 4000);

const SAID: readonly [attribute: string, states: readonly string[]][] = [
  ['c12.connection', ['none', 'in_progress', 'test', 'connected', 'one_way', 'two_way']],
  ['c12.sync', ['none', 'in_progress', 'partial', 'full']],
  ['c06.connection', ['none', 'requested', 'one_way']],
  ['c06.cleaning', ['none', 'own_only', 'in_progress', 'done']],
  ['security.assessment', ['none', 'in_progress', 'awaiting_result', 'passed']],
  ['data.created', ['collecting', 'initial', 'substantial', 'full']],
  ['software.state', ['building', 'built', 'trial', 'operating']],
  ['update.mode', ['manual', 'periodic', 'auto']],
  ['criterion.tc04', ['met', 'unmet', 'na_requested']],
];

/** What the owner of the i-th database says, and now and then the receiver: the same in every run. */
function factsOf(i: number): Fact[] {
  const about = `csdl-${i}`;
  const said = SAID.flatMap(([attribute, states], k): Fact[] => {
    const turn = (i * 7 + k * 13) % (states.length + 1);
    const state = states[turn];
    if (state === undefined) return [];
    const owner: Fact = { about, attribute, state };
    const receiver: Fact = {
      ...owner,
      saidBy: attribute.startsWith('security') ? 'assessor' : 'receiver',
      source: 'noi-nhan',
    };
    return (i + k) % 5 === 0 ? [owner, receiver] : [owner];
  });
  return [
    ...said,
    { about, attribute: 'checklist.met', number: i % 20, of: 19 },
    ...(i % 3 === 0 ? [{ about, attribute: 'records.count', number: 1000 + i, unit: 'hồ sơ' }] : []),
  ];
}

const line = (name: string, value: string): boolean => process.stdout.write(`${name.padEnd(36)} ${value}\n`);
/** Wall and processor time: on a machine that is shared only the second says something. */
const clock = () => ({ wall: performance.now(), cpu: process.cpuUsage() });
const seconds = (from: ReturnType<typeof clock>): string => {
  const { user, system } = process.cpuUsage(from.cpu);
  return `${((performance.now() - from.wall) / 1000).toFixed(2)} s, processor ${((user + system) / 1e6).toFixed(2)} s`;
};

let started = clock();
const one = await night({
  databases: Array.from({ length: count }, (_, i) => `csdl-${i}`),
  facts: Array.from({ length: count }, (_, i) => factsOf(i)).flat(),
});
line(`${count} databases, store and scores`, seconds(started));
for (const time of ['first', 'second']) {
  started = clock();
  const actions = await one.actions();
  line(`actions, ${time} time`, `${seconds(started)}, ${actions.length} actions`);
}
const [scored] = await one.query(
  'SELECT count(*) AS n FROM score.action_gain WHERE level_to <> level_from OR floor_to <> floor_from',
);
line('of which move a figure', String(scored?.n));
line('peak memory', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
one.close();
