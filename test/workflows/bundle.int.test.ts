import { expect, inject, it } from 'vitest';

const MEGABYTE = 1_048_576;
/** What workflow code stands on; the last is how the bundler names a module that it left out. */
const FOUNDATION = /node_modules\/(@temporalio\/(common|workflow)|nexus-rpc|ms|long)\/|^\?/;

/** The names of the modules in the bundle. */
function modules(): string[] {
  return [...inject('workflowBundle').matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map(([, name]) => name ?? '');
}

it('the workflow bundle is small', () => {
  expect(inject('workflowBundle').length).toBeLessThan(2 * MEGABYTE);
});

// A builtin of Node stops the bundling itself, and with it every test that needs the servers.
it('the workflow bundle holds workflow files and what they stand on: no parser, no driver, no client', () => {
  const foreign = modules().filter((name) => !name.startsWith('./src/workflows/') && !FOUNDATION.test(name));
  expect(modules()).toContain('./src/workflows/poll-patient.ts');
  expect(foreign).toEqual([]);
});
