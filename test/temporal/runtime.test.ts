import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { levelOf, MEANT } from '../../src/temporal/runtime.js';

it('a worker that is meant to have no workflows is no warning; all else that the SDK warns of is one', () => {
  expect(levelOf('WARN', MEANT)).toBe('debug');
  expect(levelOf('WARN', 'Failed to poll')).toBe('warn');
  expect(levelOf('INFO', 'Worker state changed')).toBe('debug');
});

it('this is what the SDK says', () => {
  const worker = createRequire(import.meta.url).resolve('@temporalio/worker/lib/worker.js');
  expect(readFileSync(worker, 'utf8')).toContain(`'${MEANT}'`);
});
