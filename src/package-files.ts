import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The files of npm packages that browsers load. The build lays them into `dist/vendor`, each package with its licence. */
export const packageFiles = [
  'bootstrap/dist/css/bootstrap.min.css',
  'bootstrap/LICENSE',
  'uplot/dist/uPlot.min.css',
  'uplot/dist/uPlot.esm.js',
  'uplot/LICENSE',
  'swagger-ui-dist/swagger-ui.css',
  'swagger-ui-dist/swagger-ui-bundle.js',
  'swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt',
  'swagger-ui-dist/favicon-32x32.png',
  'swagger-ui-dist/LICENSE',
  'swagger-ui-dist/NOTICE',
] as const;

/** Where such a file lies: beside the built program, or in its package where nothing is built. */
export function pathOfPackageFile(name: (typeof packageFiles)[number]): string {
  const laid = fileURLToPath(new URL(`../vendor/${name}`, import.meta.url));
  return existsSync(laid) ? laid : createRequire(import.meta.url).resolve(name);
}
