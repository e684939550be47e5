// Packs, looks at what is packed, and uses the file as somebody does who has nothing else: `npx FILE`, in a fresh folder.
// `node dev/smoke-package.mjs FOLDER` leaves the file, and a server's installation of it, in FOLDER.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installation = path.resolve(
  process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'wearable-exchange-install-')),
);
const fresh = mkdtempSync(path.join(tmpdir(), 'wearable-exchange-fresh-'));
const MOST_BYTES = 10_000_000;
/** All that belongs into the file, and nothing that is not of one of these. */
const BELONGS = [
  /^(package\.json|npm-shrinkwrap\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^migrations\/\d{4}_\w+\.sql$/,
  /^dist\/(commit|workflow-bundle\.js)$/,
  /^dist\/(src|dev)\/(?!.*\.test\.)[\w/.-]+\.js$/,
  /^dist\/src\/(web\/assets|omh\/schemas|auth\/common-passwords)\//,
  /^dist\/dev\/(vectors|open-wearables\/data)\/(INDEX\.md|[\w.-]+\.json)$/,
  /^dist\/dev\/packages\/package(-lock)?\.json$/,
  /^dist\/vendor\/(bootstrap|uplot|swagger-ui-dist)\//,
  /^dist\/node_modules\/(qrcode-generator|@temporalio\/testing)\/(package\.json|README\.md|LICENSE|(dist|lib)\/[\w.-]+\.m?js)$/,
];
const say = (line) => console.log(`  ${line}`);
process.exitCode = 1;
try {
  const file = packed(installation);
  holdsWhatBelongs(file);
  runsByNpx(file);
  await performsTheJourney(file);
  isInstalled(file);
  process.exitCode = 0;
} finally {
  rmSync(fresh, { recursive: true, force: true });
  if (process.argv[2] === undefined) rmSync(installation, { recursive: true, force: true });
}
console.log('Smoke of the packed file: passed.');

function packed(folder) {
  mkdirSync(folder, { recursive: true });
  run(root, 'npm', ['pack', '--silent', '--pack-destination', folder]);
  const [name, ...others] = readdirSync(folder).filter((each) => each.endsWith('.tgz'));
  assert.deepEqual(others, [], 'one packed file');
  return path.join(folder, name);
}

function holdsWhatBelongs(file) {
  const content = path.join(fresh, 'content');
  mkdirSync(content);
  run(content, 'tar', ['-xzf', file]);
  const base = path.join(content, 'package');
  const files = readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)));
  assert.deepEqual(
    files.filter((name) => !BELONGS.some((what) => what.test(name))),
    [],
    'nothing else is packed',
  );
  for (const what of BELONGS)
    assert.ok(
      files.some((name) => what.test(name)),
      `${what} is packed`,
    );
  for (const name of [
    'bootstrap/LICENSE',
    'uplot/LICENSE',
    'swagger-ui-dist/LICENSE',
    'swagger-ui-dist/NOTICE',
  ])
    assert.ok(files.includes(`dist/vendor/${name}`), `the licence ${name} is packed`);
  const texts = files.map((name) => [name, readFileSync(path.join(base, name))]);
  const placed = texts.filter(([, text]) => namesThisMachine(text.toString('latin1')));
  assert.deepEqual(
    placed.map(([name]) => name),
    [],
    'no file names a folder of this machine',
  );
  const bytes = texts.reduce((sum, [, text]) => sum + text.length, 0);
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes are packed`);
  const locks = [path.join(base, 'npm-shrinkwrap.json'), path.join(root, 'package-lock.json')];
  const [packedLock, lock] = locks.map((name) => readFileSync(name, 'utf8'));
  assert.ok(packedLock === lock, 'the lock is packed');
  rmSync(content, { recursive: true });
  say(`${files.length} files, ${Math.round(bytes / 1000)} kB, all of which belong`);
}

/** In the text, or in a source map within it. */
function namesThisMachine(text) {
  const maps = [...text.matchAll(/base64,([\w+/=]{1000,})/g)].map(([, map]) =>
    Buffer.from(map, 'base64').toString(),
  );
  return [text, ...maps].some((each) => each.includes(root));
}

function runsByNpx(file) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.match(
    npx(file, ['version']),
    new RegExp(`^wearable-exchange ${version.replaceAll('.', '\\.')}, Node`),
  );
  assert.match(npx(file, ['--help']), /^ {2}dev .*the embedded world/m);
  const sample = { timestamp: '2026-08-07T08:05:00Z', type: 'heart_rate', value: 61 };
  const point = npx(file, ['convert', 'heart_rate', '--source', 'ow_normalized'], {
    input: JSON.stringify(sample),
  });
  assert.deepEqual(JSON.parse(point).body.heart_rate, { value: 61, unit: 'beats/min' });
  say('npx tells the version and the help, and converts a sample');
}

async function performsTheJourney(file) {
  // Of what was built for the file just now.
  const { freePort } = await import('../dist/dev/servers/ports.js');
  const ports = {};
  for (const name of ['PORT', 'OW_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MAIL_PORT'])
    ports[name] = String(await freePort());
  const told = npx(file, ['dev', '--once'], { ports });
  assert.match(told, /^All nine steps held\.$/m);
  say('npx … dev --once performs the journey: all nine steps held');
}

/** As for a server: unpacked, with the packages of the lock. */
function isInstalled(file) {
  run(installation, 'tar', ['-xzf', file, '--strip-components=1']);
  run(installation, 'npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  const { status, stdout } = start(fresh, path.join(installation, 'dist/src/main.js'), ['doctor']);
  assert.equal(status, 3, stdout);
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SECRET_KEY'])
    assert.ok(stdout.includes(name), `${name} is told`);
  say('unpacked and installed as it is locked, its doctor tells what is missing');
}

/** As in a terminal: npx takes an absolute name for a program. */
function npx(file, words, { ports = {}, input } = {}) {
  copyFileSync(file, path.join(fresh, path.basename(file)));
  return run(fresh, 'npx', ['--yes', `./${path.basename(file)}`, ...words], { ports, input });
}

function run(cwd, command, words, options) {
  const { status, stdout, stderr } = start(cwd, command, words, options);
  assert.equal(status, 0, `${command} ${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** With nothing of the environment but what finds programs and caches. */
function start(cwd, command, words, { ports = {}, input = '' } = {}) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...ports };
  return spawnSync(command, words, {
    cwd,
    env,
    input,
    encoding: 'utf8',
    timeout: 600_000,
    maxBuffer: 2 ** 26,
  });
}
