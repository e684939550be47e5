import os from 'node:os';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { freePort } from '../../dev/servers/ports.js';
import { resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { layOutProgram, type Program } from '../helpers/worker-process.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let program: Program;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  program = await layOutProgram(inject('workflowBundle'));
});
afterAll(async () => {
  await program.remove();
  await world.close();
});

const startWorker = (port: number) => {
  const environment = { ...world.environment, WORKER_PORT: String(port) };
  return program.start('worker', { environment }, () => undefined);
};

it('a process of workers alone tells at WORKER_PORT how it is, and nothing else', async () => {
  const port = await freePort();
  const worker = await startWorker(port);
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect(await (await ask('/health')).json()).toMatchObject({ status: 'ok' });
  const ready = await until('it is ready, since it polls', async () => {
    const answer = await ask('/ready');
    return answer.status === 200 && (await answer.json());
  });
  expect(ready).toMatchObject({ ready: true, process: 'running', workers: 'poll' });
  const metrics = await until('the SDK has told what it counts', async () => {
    const text = await (await ask('/metrics')).text();
    return text.includes('\ntemporal_') && text;
  });
  expect(metrics).toContain('process_resident_memory_bytes ');
  // Beside the API, on the same cores, it stands back.
  expect(os.getPriority(worker.pid)).toBe(os.constants.priority.PRIORITY_BELOW_NORMAL);
  for (const path of ['/', '/admin/sign-in', '/api/schema', '/ow/', '/FHIR/R5/metadata'])
    expect((await ask(path)).status, path).toBe(404);
  expect(await worker.stop()).toBe(0);
  await expect(ask('/health')).rejects.toThrow();
});

it('two of them cannot tell at one port: the second says which variable to change', async () => {
  const port = await freePort();
  const worker = await startWorker(port);
  await expect(startWorker(port)).rejects.toThrow(`port ${port} is taken; set WORKER_PORT to another one`);
  await worker.stop();
});
