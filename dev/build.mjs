// Compiles the program into dist: JavaScript, what it reads beside itself, and the workflow bundle.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

for (const folder of ['src/web/assets', 'src/omh/schemas']) {
  cpSync(root + folder, `${root}dist/${folder}`, { recursive: true });
}
const { code } = await bundleWorkflowCode({
  workflowsPath: `${root}dist/src/workflows/index.js`,
  logger: new DefaultLogger('WARN'),
});
writeFileSync(`${root}dist/workflow-bundle.js`, code);
chmodSync(`${root}dist/src/main.js`, 0o755);
