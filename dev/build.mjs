// Compiles the program into dist: JavaScript, what it reads beside itself, what browsers load, and the workflow bundle.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const compiler = resolve('typescript/bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

for (const folder of ['src/web/assets', 'src/omh/schemas', 'src/auth/common-passwords']) {
  cpSync(root + folder, `${root}dist/${folder}`, { recursive: true });
}
const { packageFiles } = await import('../dist/src/package-files.js');
for (const file of packageFiles) cpSync(resolve(file), `${root}dist/vendor/${file}`);
// Pure JavaScript that needs no other package: the program finds it by its name beside itself.
cpSync(`${root}node_modules/qrcode-generator`, `${root}dist/node_modules/qrcode-generator`, {
  recursive: true,
  filter: (source) => !/\/(?:experiment|test)$/.test(source),
});
const { code } = await bundleWorkflowCode({
  workflowsPath: `${root}dist/src/workflows/index.js`,
  logger: new DefaultLogger('WARN'),
});
writeFileSync(`${root}dist/workflow-bundle.js`, code);
chmodSync(`${root}dist/src/main.js`, 0o755);
