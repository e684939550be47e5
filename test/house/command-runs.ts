/** What holds a documented command that is not one of ours. */
export interface CommandRun {
  readonly begins: string;
  /** A file of the tests or of CI, and the text in it that runs the command. */
  readonly by?: readonly [file: string, text: string];
  /** Why nothing can run it. */
  readonly because?: string;
}

const NO_ENGINE =
  'there is no container engine in CI; test/house/compose reads the file, test/deploy starts the same parts';
const HOURS = 'takes hours; test/house/security-suite holds what it runs';

/** Every command of the documents that is not one of ours, and what runs it. The longest beginning counts. */
export const commandRuns: readonly CommandRun[] = [
  { begins: 'npm test', by: ['.ci/run', 'npm test --silent'] },
  { begins: 'npm run build', by: ['dev/prepack.mjs', "import('./build.mjs')"] },
  { begins: 'npx ./wearable-exchange-0.1.0.tgz dev', by: ['dev/smoke-package.mjs', "['dev', '--once']"] },
  { begins: 'tar -xzf wearable-exchange-0.1.0.tgz', by: ['dev/smoke-package.mjs', "'-xzf', file"] },
  { begins: 'npm ci --prefix package --omit=dev', by: ['dev/smoke-package.mjs', "'ci', '--omit=dev'"] },
  { begins: 'node package/dist/src/main.js doctor', by: ['dev/smoke-package.mjs', "['doctor']"] },
  { begins: 'npm version', because: 'it changes the version' },
  {
    begins: 'npm run release',
    because: 'it needs a version with its date; smoke-package packs the same way',
  },
  { begins: 'git tag', because: 'it is what a release ends with' },
  { begins: 'npm run test:deploy', by: ['.ci/run', 'npm run --silent test:deploy'] },
  { begins: 'node healthcheck.mjs', by: ['test/deploy/production.ts', "'healthcheck.mjs', question"] },
  { begins: 'deploy/secrets', by: ['test/house/secrets-script.test.ts', 'deploy/secrets'] },
  { begins: 'npm run verify', by: ['.ci/run', 'npm run --silent verify'] },
  { begins: 'npm run check', by: ['.ci/run', 'npm run --silent check'] },
  { begins: 'npm run bench', by: ['.ci/run', 'npm run --silent bench'] },
  { begins: 'npm run simulate', by: ['test/bench/simulation.test.ts', 'bench/simulation'] },
  { begins: 'npm run soak', by: ['test/soak/soak.chaos.test.ts', "from './soak.js'"] },
  { begins: 'npm run chaos', by: ['test/chaos/rounds.chaos.test.ts', "from './round.js'"] },
  {
    begins: 'npm run pictures',
    because: 'its pictures are looked at by people; a test holds that they are there',
  },
  { begins: 'npm run test:security', because: HOURS },
  { begins: 'npm run mutation', because: HOURS },
  { begins: 'npm sbom', because: 'npm’s own; test/house/supply-chain reads the same lock' },
  { begins: 'npm audit', because: 'asks a registry, whose answer is another one every day' },
  {
    begins: 'npx tsx dev/conversions-page.ts',
    by: ['test/omh/conversion-table.test.ts', 'renderConversionTable'],
  },
  {
    begins: 'npx tsx dev/command-line-page.ts',
    by: ['test/house/command-line.test.ts', 'renderCommandLine'],
  },
  {
    begins: 'npx tsx dev/histories.ts',
    because: 'it writes a release’s histories; test/workflows/replay replays them',
  },
  {
    begins: 'npx tsx dev/configuration-page.ts',
    by: ['test/house/configuration.test.ts', 'renderConfiguration'],
  },
  { begins: 'npx tsx bench/scale-page.ts', by: ['test/bench/scale-page.test.ts', 'scale-page'] },
  { begins: 'npx tsx bench/keep-unit-costs.ts', because: 'it keeps what hours of benches have measured' },
  { begins: 'node dist/src/main.js serve', by: ['dev/smoke.mjs', "main(), 'serve'"] },
  { begins: 'deploy/backup/', by: ['test/deploy/backup.int.test.ts', 'backupScript'] },
  { begins: 'docker compose', because: NO_ENGINE },
  { begins: '.ci/run', because: 'it is what runs everything else' },
  { begins: 'pip install jupyterhealth-client', by: ['dev/verify-python.ts', "'jupyterhealth-client=="] },
  { begins: 'echo', by: ['test/cli/convert.test.ts', 'convertProcess'] },
  {
    begins: 'temporal worker deployment',
    because: 'it goes back to a version without task queues, which is not here',
  },
];

/** Blocks in other languages that somebody is to run, by how they begin. */
export const blockRuns: readonly CommandRun[] = [
  {
    begins: 'import os',
    by: ['clients/python/smoke.py', '"list_observations_df", patient_id=patient, code=Code.HEART_RATE'],
  },
  {
    begins: 'GET /FHIR/R5/Observation',
    by: ['test/api/fhir/observations.int.test.ts', 'patient._has:Group:member:_id'],
  },
  {
    begins: 'create role wearable_exchange_reader',
    by: ['test/deploy/backup.int.test.ts', 'create role wearable_exchange_reader nologin'],
  },
  {
    begins: 'create role wearable_exchange login',
    by: ['test/deploy/clusters.ts', 'login ${rights} password'],
  },
  { begins: 'archive_mode', by: ['test/deploy/clusters.ts', 'archive_mode=on'] },
  {
    begins: 'select setval',
    because: 'it moves numbers of a lost database on; what reads them is the same afterwards',
  },
  { begins: 'const ajv', by: ['src/schema-validation.ts', 'strictNumbers: true'] },
  { begins: '{ name: ', because: 'a line of code, of a maker that is not there' },
];

/** Commands of ours that stay up, or read from standard input, and what runs them. */
export const staysUp: Readonly<Record<string, readonly [file: string, text: string]>> = {
  dev: ['.ci/run', 'npm start --silent -- --once'],
  serve: ['dev/smoke.mjs', "main(), 'serve'"],
  api: ['dev/api-process.ts', "'api'"],
  worker: ['test/helpers/worker-process.ts', "'worker'"],
  convert: ['test/cli/convert.test.ts', 'convertProcess'],
};

/** Code that begins like a command and is none: what a log says. */
export const notCommands: readonly string[] = [
  'version took over',
  'audit trail checked',
  'audit trail broken',
];
