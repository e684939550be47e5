import { writeFileSync } from 'node:fs';
import { renderConversionTable } from '../src/omh/conversion-table.js';

/** `npx tsx dev/conversions-page.ts`: writes docs/conversions.md from the registry. */
writeFileSync(new URL('../docs/conversions.md', import.meta.url), renderConversionTable());
