import { defineConfig } from 'vitest/config';

// Real DuckDB files and processes: time is allowed for, but no test measures speed (see npm run bench:run).
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/postgres/**', 'node_modules/**'],
    env: { TZ: 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files of a worker share what they import: reading it anew for each took a third of the time.
    isolate: false,
    setupFiles: ['./test/support/setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
