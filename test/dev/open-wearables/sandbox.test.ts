import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../dev/open-wearables/sandbox.js';
import { call, connectedUser, openSandbox } from './client.js';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'open-wearables-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe('the server', () => {
  it('frees its port when it is closed', async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await first.close();
    const second = await startSandbox({ port });
    expect((await fetch(second.url)).status).toBe(200);
    await second.close();
  });

  it('says which port is taken instead of hanging', async () => {
    await using sandbox = await openSandbox();
    const port = Number(new URL(sandbox.url).port);
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
  });

  it('keeps connections open without saying for how long', async () => {
    await using sandbox = await openSandbox();
    const headers = await new Promise((resolve, reject) => {
      const sent = request(sandbox.url, (response) => {
        response.resume();
        resolve(response.headers);
      });
      sent.on('error', reject).end();
    });
    expect(headers).toMatchObject({ connection: 'keep-alive' });
    expect(headers).not.toHaveProperty('keep-alive');
  });

  it('makes a key of its own in the upstream form', async () => {
    await using sandbox = await openSandbox();
    expect(sandbox.apiKey).toMatch(/^sk-[0-9a-f]{32}$/);
  });
});

describe('the state file', () => {
  it('brings back users, connections, the key and every row after a restart', async () => {
    const now = new Date('2026-11-21T12:00:00Z');
    const options = { stateFile: join(scratch(), 'state', 'ow.json'), now: () => now };
    const first = await openSandbox(options);
    const userId = await connectedUser(first);
    first.control.addSamples(userId, [{ timestamp: now, type: 'heart_rate', value: 99 }]);
    const rows = first.control.samplesOf(userId);
    await first.close();
    await using second = await openSandbox(options);
    expect(second.apiKey).toBe(first.apiKey);
    expect(second.control.samplesOf(userId)).toEqual(rows);
    expect((await call(second, `/api/v1/users/${userId}`)).status).toBe(200);
  });

  it('is written on each change, so that a killed process has lost no user', async () => {
    const options = { stateFile: join(scratch(), 'ow.json') };
    await using first = await openSandbox(options);
    const userId = await connectedUser(first);
    await using second = await openSandbox(options);
    expect((await call(second, `/api/v1/users/${userId}`)).status).toBe(200);
  });
});
