// Before npm packs: a build of what lies here now, and the lock under the name by which npm packs it, so that `npm ci` in the
// unpacked folder installs what was tested. `node dev/prepack.mjs --clean`, after packing, takes that name away again.
import { copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const shrinkwrap = `${root}npm-shrinkwrap.json`;

rmSync(shrinkwrap, { force: true });
if (!process.argv.includes('--clean')) {
  await import('./build.mjs');
  copyFileSync(`${root}package-lock.json`, shrinkwrap);
}
