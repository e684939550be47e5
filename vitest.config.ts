import { defineConfig } from 'vitest/config';

const shared = { pool: 'forks' as const, testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{int,browser,chaos,deploy}.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'int',
          include: ['test/**/*.int.test.ts'],
          globalSetup: ['test/setup/servers.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          globalSetup: ['test/setup/servers.ts', 'test/setup/browser.ts'],
          testTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'chaos',
          include: ['test/**/*.chaos.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
