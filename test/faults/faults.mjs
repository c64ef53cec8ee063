// npm run test:faults — kills real nights with SIGKILL at random moments, at events of their log and before single steps, and
// checks after each that readers have a whole publication, and after the next night that nothing was lost or counted twice
// (`--kills N`, 200; 20 where CI is set; `--seed S`, `--workers N`); then full disks, folders that cannot be written, clocks
// that jump and damaged stores. Ends with figures and exit 1 when anything did not hold.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conditions } from './conditions.mjs';
import { FIRST_NIGHT, makeSettings, night, SECOND_NIGHT } from './fixture.mjs';
import { afterKill, afterNight, picture } from './standing.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: process.env.CI === 'true' ? '20' : '200' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    'only-kills': { type: 'boolean', default: false },
    'only-conditions': { type: 'boolean', default: false },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const root = mkdtempSync(join(tmpdir(), 'csdl-faults-'));

/** Small, fast and the same on every machine (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomFrom(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];

async function must(run) {
  const done = await run.ended;
  if (done.code !== 0) throw new Error(`a night that nobody disturbed ended with ${done.code}: ${done.stderr}`);
  return done;
}

/** A kind of out folder in which nights are killed: how it stands before, and the twin of how it must stand in the end. */
async function makeKind(name, editions, hasFirstNight) {
  const folder = join(root, name);
  const settings = makeSettings(folder, editions);
  const [before, twinOut] = [join(folder, 'before'), join(folder, 'twin')];
  mkdirSync(before, { recursive: true });
  if (hasFirstNight) await must(night({ settings: settings.first, out: before, clock: { from: FIRST_NIGHT } }));
  cpSync(before, twinOut, { recursive: true, verbatimSymlinks: true });
  const done = await must(night({ settings: settings.second, out: twinOut, countSteps: true }));
  return { name, settings: settings.second, before, hasFirstNight, twin: await picture(twinOut), ms: done.ms, steps: done.steps, events: [...new Set(done.events)] };
}

/** One way to die, drawn by lot. */
function draw(kind) {
  const lot = random();
  if (lot < 0.5) return { how: 'step', killAt: 1 + Math.floor(random() * kind.steps) };
  if (lot < 0.65) return { how: 'event', event: pick(kind.events) };
  return { how: 'time', after: random() * kind.ms };
}

async function killedNight(kind, out, death, from) {
  const onEvent = death.how === 'event' ? (event, child) => event === death.event && child.kill('SIGKILL') : undefined;
  const { child, ended } = night({ settings: kind.settings, out, clock: { from }, killAt: death.killAt, onEvent });
  const timer = death.how === 'time' ? setTimeout(() => child.kill('SIGKILL'), death.after) : undefined;
  const done = await ended;
  clearTimeout(timer);
  return done;
}

const figures = { kills: 0, ended: 0, how: {}, last: {}, recovered: {}, failures: [] };
const count = (of, name) => {
  of[name] = (of[name] ?? 0) + 1;
};

async function trial(number, kind) {
  const out = join(root, `trial-${number}`);
  cpSync(kind.before, out, { recursive: true, verbatimSymlinks: true });
  // One in four is killed again while it looks after the first kill.
  const deaths = random() < 0.25 ? [draw(kind), draw(kind)] : [draw(kind)];
  const troubles = [];
  let wasPublished = kind.hasFirstNight;
  for (const [i, death] of deaths.entries()) {
    const done = await killedNight(kind, out, death, `2026-07-01T1${3 + i}:00:00Z`);
    if (done.signal === 'SIGKILL') {
      figures.kills += 1;
      count(figures.how, death.how);
      count(figures.last, done.events.filter((event) => !event.startsWith('recover')).at(-1) ?? '(before any event)');
    } else {
      figures.ended += 1;
      if (done.code !== 0) troubles.push(`a night that was not killed in time ended with ${done.code}: ${done.stderr}`);
    }
    for (const event of done.events) if (event.startsWith('recover')) count(figures.recovered, event);
    troubles.push(...(await afterKill(out, { wasPublished })).map((trouble) => `after the kill: ${trouble}`));
    wasPublished ||= existsSync(join(out, 'current'));
  }
  const last = await night({ settings: kind.settings, out, clock: { from: SECOND_NIGHT } }).ended;
  for (const event of last.events) if (event.startsWith('recover')) count(figures.recovered, event);
  if (last.code !== 0) troubles.push(`the night after ended with ${last.code}: ${last.stderr.slice(-600)}`);
  else troubles.push(...(await afterNight(out, kind.twin)));
  if (troubles.length > 0) figures.failures.push({ number, kind: kind.name, deaths, troubles });
  for (const trouble of troubles) say(`  trial ${number} (${kind.name}, ${JSON.stringify(deaths)}): ${trouble}`);
  if (troubles.length === 0) rmSync(out, { recursive: true, force: true });
}

const started = performance.now();
const wanted = values['only-conditions'] ? 0 : Number(values.kills);
const kinds = [
  await makeKind('a-following-night', ['noi_bo'], true),
  await makeKind('a-first-night', ['noi_bo'], false),
  await makeKind('two-editions', ['noi_bo', 'chia_se'], true),
];
for (const kind of kinds) say(`${kind.name.padEnd(20)} ${(kind.ms / 1000).toFixed(2)} s, ${kind.steps} steps, ${kind.events.length} kinds of events`);

let next = 0;
let isStopped = false;
// Who stops it gets the figures of the trials under way and before.
process.once('SIGTERM', () => {
  isStopped = true;
});
async function work() {
  while (!isStopped && figures.kills < wanted && next < wanted * 2) {
    const number = next++;
    await trial(number, kinds[random() < 0.6 ? 0 : random() < 0.5 ? 1 : 2]);
    if (number % 10 === 9) say(`${figures.kills} kills, ${figures.failures.length} trials that did not hold`);
  }
}
await Promise.all(Array.from({ length: Number(values.workers) }, work));

say(`\nkills              ${figures.kills} (${Object.entries(figures.how).map(([how, n]) => `${n} by ${how}`).join(', ')}); ${figures.ended} nights ended before theirs`);
say(`last event before  ${Object.entries(figures.last).map(([event, n]) => `${event} ${n}`).join(', ')}`);
say(`next nights said   ${Object.entries(figures.recovered).map(([event, n]) => `${event} ${n}`).join(', ')}`);
say(`did not hold       ${figures.failures.length} of ${next} trials`);
const broken = values['only-kills'] || isStopped ? 0 : await conditions({ kind: kinds[0], root, say });
say(`took               ${((performance.now() - started) / 1000).toFixed(0)} s`);
if (figures.failures.length === 0 && broken === 0) rmSync(root, { recursive: true, force: true });
else say(`kept for a look    ${root}`);
process.exitCode = figures.failures.length === 0 && broken === 0 ? 0 : 1;
