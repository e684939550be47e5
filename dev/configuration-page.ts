import { writeFileSync } from 'node:fs';
import { renderConfiguration } from './configuration.js';

/** `npx tsx dev/configuration-page.ts`: writes docs/configuration.md from the program. */
writeFileSync(new URL('../docs/configuration.md', import.meta.url), renderConfiguration());
