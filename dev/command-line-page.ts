import { writeFileSync } from 'node:fs';
import { renderCommandLine } from './command-line.js';

/** `npx tsx dev/command-line-page.ts`: writes docs/command-line.md from the program. */
writeFileSync(new URL('../docs/command-line.md', import.meta.url), await renderCommandLine());
