// Compiles the program into dist: JavaScript, what it reads beside itself, what browsers load, the workflow bundle, and the
// lock of what the embedded world fetches. `dist` appears when all of it is there.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { writeLockedPart } from './locked-part.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
/** What webpack calls the bundle in its source map: by a hash in which the place of the sources counts. */
const NAMED_BY_PLACE = /workflow-bundle-[0-9a-f]+\.js/;
const compiler = resolve('typescript/bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

for (const folder of ['src/web/assets', 'src/omh/schemas', 'src/auth/common-passwords', 'dev/vectors']) {
  cpSync(root + folder, `${root}dist/${folder}`, { recursive: true });
}
const { packageFiles } = await import('../dist/src/package-files.js');
for (const file of packageFiles) cpSync(resolve(file), `${root}dist/vendor/${file}`);
// Pure JavaScript that needs nothing but what the program needs: found by its name beside the program.
for (const [name, leftOut] of [
  ['qrcode-generator', /\/(?:experiment|test|web-test-runner\.config\.mjs|.*\.d\.ts)$/],
  ['@temporalio/testing', /\/(?:src|.*\.d\.ts|.*\.map|tsconfig\.tsbuildinfo)$/],
]) {
  const isKept = (source) => !leftOut.test(source.slice(root.length));
  cpSync(`${root}node_modules/${name}`, `${root}dist/node_modules/${name}`, {
    recursive: true,
    filter: isKept,
  });
}

const { code } = await bundleWorkflowCode({
  workflowsPath: `${root}dist/src/workflows/index.js`,
  logger: new DefaultLogger('WARN'),
  // Lines without columns: those of the entry, which names files of this machine, would depend on where it is built.
  webpackConfigHook: (config) => ({ ...config, devtool: 'inline-cheap-module-source-map' }),
});
writeFileSync(`${root}dist/workflow-bundle.js`, withoutPlaces(code));
chmodSync(`${root}dist/src/main.js`, 0o755);

writeFileSync(`${root}dist/commit`, commit());

const { worldPackages } = await import('../dist/dev/world-packages.js');
const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const dependencies = Object.fromEntries(worldPackages.map((name) => [name, devDependencies[name]]));
writeLockedPart(`${root}dist/dev/packages`, {
  name: 'embedded-world',
  version: '0.0.0',
  private: true,
  dependencies,
});

/** What the sources are a commit of; empty where nobody knows, or where they were changed since. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const { status, stdout } = git('status', '--porcelain', '--untracked-files=no');
  return status === 0 && stdout === '' ? git('rev-parse', 'HEAD').stdout.trim() : '';
}

/** The bundle's source map names files of this machine: from here on they begin at the root of the sources. */
function withoutPlaces(bundle) {
  return bundle.replace(
    /(?<=sourceMappingURL=data:application\/json;charset=utf-8;base64,)[\w+/=]+/,
    (map) => {
      const text = Buffer.from(map, 'base64').toString();
      return Buffer.from(text.replaceAll(root, '/').replace(NAMED_BY_PLACE, 'workflow-bundle.js')).toString(
        'base64',
      );
    },
  );
}
