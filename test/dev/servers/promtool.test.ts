import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findPromtool } from '../../../dev/servers/promtool.js';
import { listener, temporaryFolder } from './world.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

function program(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const promtool = (folder: string) => program(folder, 'promtool', "echo 'promtool, version 3'");
const say = () => undefined;

test('the configured program comes first, then the search path; one that does not run is said', async () => {
  const folder = temporaryFolder();
  const search = { cacheDir: join(folder, 'cache'), searchPath: join(folder, 'path'), say };
  const [configured, onPath] = [promtool(join(folder, 'configured')), promtool(join(folder, 'path'))];
  expect(await findPromtool({ ...search, configured })).toBe(configured);
  expect(await findPromtool({ ...search, configured: undefined })).toBe(onPath);
  await expect(findPromtool({ ...search, configured: folder })).rejects.toThrow(/PROMTOOL_PATH/);
});

test('else Go builds it once, which is said; without Go it is said what to do', async () => {
  const folder = temporaryFolder();
  const search = { cacheDir: join(folder, 'cache'), configured: undefined, searchPath: undefined };
  vi.stubEnv('PATH', '/nowhere');
  await expect(findPromtool({ ...search, say })).rejects.toMatchObject({
    name: 'PartUnavailable',
    message: expect.stringMatching(/Install Prometheus .* or Go, or set PROMTOOL_PATH/) as string,
  });
  program(
    folder,
    'go',
    'mkdir -p "$GOBIN"; printf "#!/bin/sh\\necho \'promtool, version 3\'\\n" > "$GOBIN/promtool"; chmod +x "$GOBIN/promtool"',
  );
  vi.stubEnv('PATH', `${folder}:/bin:/usr/bin`);
  const said = listener();
  const built = await findPromtool({ ...search, say: said.say });
  expect(said.lines).toEqual([expect.stringMatching(/^Building promtool with go install /)]);
  expect(built).toMatch(/cache\/promtool-v[\d.]+\/bin\/promtool$/);
  vi.stubEnv('PATH', '/nowhere');
  expect(await findPromtool({ ...search, say })).toBe(built);
});
