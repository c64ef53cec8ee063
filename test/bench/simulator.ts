/** The simulator in a process of its own, so that the bench measures only the program: tells its parent where it listens. */
import { startSimulator } from '../support/source-simulator.ts';

const [count = '0', latency = '0'] = process.argv.slice(2);
const simulator = await startSimulator(
  Array.from({ length: Number(count) }, (_, i) => ({
    id: `nguon-${i}`,
    latencyMs: Number(latency),
    facts: [
      {
        database: process.argv[4 + (i % (process.argv.length - 4))] ?? '',
        attribute: 'c12.connection',
        state: 'two_way',
      },
    ],
  })),
);
process.send?.(simulator.sources);
process.on('disconnect', () => process.exit());
