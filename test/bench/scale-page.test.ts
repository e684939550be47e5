import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCALE_PAGE, scalePage } from '../../bench/scale-page.js';

it('docs/scale.md has the tables that its commands print today', () => {
  const page = readFileSync(SCALE_PAGE, 'utf8');
  expect(page).toContain('<!-- npm run simulate -- ');
  // Written by: npx tsx bench/scale-page.ts
  expect(scalePage(page)).toBe(page);
}, 60_000);
