import { expect, it } from 'vitest';
import { renderCommandLine } from '../../dev/command-line.js';
import { textOf } from './documents.js';

it('docs/command-line.md is what the program says of itself', async () => {
  expect(textOf('docs/command-line.md')).toBe(await renderCommandLine());
});
