import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run-quietly.js';

/**
 * Installs one wheel into a folder, without what it depends on. The requirement is a line for pip, with hashes when they
 * are known; `more` are further arguments. False when there is no python3 with pip, or no such wheel.
 */
export async function pipInstall(
  folder: string,
  requirement: string,
  more: readonly string[] = [],
): Promise<boolean> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, requirement);
  return run(
    'python3',
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '--target', folder],
      ...(requirement.includes('--hash') ? ['--require-hashes'] : []),
      ...more,
      ...['--requirement', requirements],
    ],
    { env: { PIP_USER: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1' }, timeoutMs: 5 * 60_000 },
  );
}
