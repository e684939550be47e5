import { defineConfig } from 'vitest/config';
import { groups } from './groups.js';

/** The tests of the group that is mutated. */
export default defineConfig({
  test: { testTimeout: 20_000, include: [...(groups[process.env['MUTATION_GROUP'] ?? '']?.tests ?? [])] },
});
