import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since they build servers from source: `npm run test:deploy`. */
export default defineConfig({
  test: {
    name: 'deploy',
    pool: 'forks',
    include: ['test/deploy/*.deploy.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 45 * 60_000,
    fileParallelism: false,
  },
});
