import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    env: { TZ: 'UTC' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    setupFiles: ['./test/support/setup.ts'],
    globalSetup: './test/support/served-site.ts',
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
