import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defaultCacheDir } from './folders.js';
import { exists, installOnce } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import type { Say } from './say.js';

export interface Chromium {
  readonly executable: string;
  /** What it needs in its environment beyond ours. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ChromiumSearch {
  /** CHROME_PATH: when set, only this one counts. */
  readonly configured: string | undefined;
  /** PATH. */
  readonly searchPath: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly say: Say;
}

const PACKAGE = '@sparticuz/chromium';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A browser that runs: the configured one, an installed one, or the one inside the npm package. */
export async function searchChromium(search: ChromiumSearch): Promise<Chromium> {
  const { configured, searchPath, say, cacheDir = defaultCacheDir() } = search;
  if (configured) {
    if (await runs(configured)) return { executable: configured, environment: {} };
    throw new PartUnavailable('CHROME_PATH does not name a Chromium that runs. Correct it or unset it.');
  }
  for (const executable of installedPlaces(searchPath)) {
    if ((await exists(executable)) && (await runs(executable))) return { executable, environment: {} };
  }
  const packaged = await unpack(cacheDir, say);
  if (await runs(packaged.executable, packaged.environment)) return packaged;
  throw new PartUnavailable(
    `No Chromium is installed, and the one of ${PACKAGE} does not run here. Install Chromium or set CHROME_PATH.`,
  );
}

function installedPlaces(searchPath: string | undefined): string[] {
  if (searchPath === undefined) return [];
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC];
}

/** The package unpacks into the folder for temporary files of its process: ours, with the libraries it brings. */
async function unpack(cacheDir: string, say: Say): Promise<Chromium> {
  const folder = join(cacheDir, `chromium-${packageVersion()}`);
  await installOnce(folder, async (partial) => {
    say(`Unpacking the Chromium of the npm package ${PACKAGE} ...`);
    const program = `const { default: chromium } = await import('${PACKAGE}'); await chromium.executablePath();`;
    // The name of that runtime makes the package unpack its libraries too.
    const environment = { TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    const script = ['--input-type=module', '--eval', program];
    if (await succeeds(process.execPath, script, environment)) return;
    throw new PartUnavailable(`The npm package ${PACKAGE} could not be unpacked. Set CHROME_PATH.`);
  });
  const fonts = join(folder, 'fonts.conf');
  await writeFile(fonts, fontsIn(folder));
  return {
    executable: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: fonts },
  };
}

/** The package's own list of fonts names folders of its usual runtime; without a font no word has a size. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function packageVersion(): string {
  const own: unknown = createRequire(import.meta.url)(`../../package.json`);
  return z.object({ devDependencies: z.object({ [PACKAGE]: z.string() }) }).parse(own).devDependencies[
    PACKAGE
  ];
}

function runs(executable: string, environment: Readonly<Record<string, string>> = {}): Promise<boolean> {
  return succeeds(executable, ['--version'], environment, /^(Google Chrome|Chromium)\b/);
}

/** The first run of a fresh program of 200 MB reads it from disk: it gets time. */
function succeeds(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  says = /(?:)/,
): Promise<boolean> {
  const options = {
    env: { ...process.env, ...environment },
    cwd: import.meta.dirname,
    timeout: 60_000,
  };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout) => {
      resolve(error === null && says.test(stdout));
    });
  });
}
