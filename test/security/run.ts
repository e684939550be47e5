import { spawnSync } from 'node:child_process';
import { securityTests } from './named-tests.js';

/** `npm run test:security`: the tests that docs/security.md names. */
const vitest = new URL('../../node_modules/vitest/vitest.mjs', import.meta.url).pathname;
const run = spawnSync(process.execPath, [vitest, 'run', ...securityTests(), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
