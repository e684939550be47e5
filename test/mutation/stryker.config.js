/** How test/mutation/run.ts changes the code of a group; the group says which. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: [],
  logLevel: 'error',
  tempDirName: '.stryker',
  ignorePatterns: ['dist', 'test-results', 'bench-results', '.world', 'bench', 'docs', 'clients'],
};
