import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.js';
import { textOf } from './documents.js';

const service = z.object({
  command: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(textOf('docker-compose.yml'), { merge: true }));
const named = Object.entries(services);

describe('docker-compose.yml', () => {
  it('has every real component, and the sandbox only when asked for', () => {
    const always = named.filter(([, { profiles }]) => profiles.length === 0).map(([name]) => name);
    expect(always.sort()).toEqual(['api', 'migrate', 'postgres', 's3', 'temporal', 'temporal-ui', 'worker']);
    expect(services['sandbox']?.profiles).toEqual(['sandbox']);
  });

  it('publishes the ports of the original on loopback and leaves 8010 free', () => {
    const published = named.flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`));
    expect(published.sort()).toEqual([
      'api 127.0.0.1:8001:8001',
      'sandbox 127.0.0.1:8000:8080',
      'temporal 127.0.0.1:7233:7233',
      'temporal-ui 127.0.0.1:8233:8080',
    ]);
  });

  it('starts our own services with commands that exist', async () => {
    const { commands: known } = await createProgram();
    const commands = known.map((command) => command.name());
    for (const name of ['migrate', 'api', 'worker']) {
      expect(services[name]?.command).toEqual([name]);
      expect(commands).toContain(name);
    }
    expect(textOf('Dockerfile')).toMatch(/^CMD \["serve"\]$/m);
    expect(commands).toContain('serve');
  });

  it('starts nothing before what it waits for can say that it is well', () => {
    for (const [name, { depends_on }] of named) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const isOneShot = condition === 'service_completed_successfully';
        expect(isOneShot ? other : services[other]?.healthcheck, `${name} waits for ${other}`).toBeTruthy();
      }
    }
    for (const name of ['api', 'worker']) {
      expect(services[name]?.depends_on['migrate']?.condition).toBe('service_completed_successfully');
    }
  });

  it('keeps data in volumes that are declared, and no secret in its own text', () => {
    const used = named.flatMap(([, service]) => service.volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(used.filter((volume) => !volume.startsWith('.')).sort()).toEqual(Object.keys(volumes).sort());
    const secrets = textOf('docker-compose.yml').match(/(PASSWORD|PWD|SECRET\w*|KEY\w*): .*/g) ?? [];
    expect(secrets.length).toBeGreaterThan(0);
    for (const line of secrets) expect(line).toMatch(/: \$\{\w+:\?/);
  });
});
