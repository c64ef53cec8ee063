import { defineConfig } from 'vitest/config';

// Against a real server: CSDL_TEST_POSTGRES is its URL (a superuser's). `.ci/postgres npm run test:postgres` starts one.
export default defineConfig({
  test: {
    include: ['test/postgres/**/*.test.ts'],
    env: { TZ: 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
    setupFiles: ['./test/support/setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
