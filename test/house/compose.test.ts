import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.js';
import { secretVariables } from '../../src/config.js';
import { textOf } from './documents.js';

const words = z.array(z.string()).default([]);
const service = z.object({
  image: z.string(),
  command: words,
  environment: z.record(z.string(), z.string()).default({}),
  ports: words,
  profiles: words,
  secrets: words,
  volumes: words,
  healthcheck: z
    .object({ test: z.array(z.string()) })
    .or(z.object({ disable: z.literal(true) }))
    .optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  restart: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: words,
  tmpfs: words,
  security_opt: words,
  container_name: z.undefined().optional(),
  logging: z.object({ options: z.object({ 'max-size': z.string(), 'max-file': z.string() }) }).optional(),
  deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string() }) }) }).optional(),
});
const { services, volumes, secrets } = z
  .object({
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.null()),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(textOf('docker-compose.yml'), { merge: true }));
const named = Object.entries(services);
const OURS = ['migrate', 'api', 'worker', 'sandbox'];
/** These do their work once and end. */
const ONCE = ['temporal-schema', 'temporal-namespace', 'migrate'];

describe('docker-compose.yml', () => {
  it('has every real component, and what is for demonstrations only when asked for', () => {
    const always = named.filter(([, { profiles }]) => profiles.length === 0).map(([name]) => name);
    expect(always.sort()).toEqual([
      ...['api', 'migrate', 'postgres', 's3', 'temporal', 'temporal-namespace', 'temporal-schema'],
      ...['temporal-ui', 'worker'],
    ]);
    expect(services['sandbox']?.profiles).toEqual(['sandbox']);
    expect(services['mail']?.profiles).toEqual(['mail']);
  });

  it('names a version of every image', () => {
    const others = named.filter(([name]) => !OURS.includes(name));
    for (const [name, { image }] of others) expect(image, name).toMatch(/:v?\d+(\.\d+)*$/);
    expect(new Set(OURS.map((name) => services[name]?.image))).toEqual(new Set(['wearable-exchange']));
  });

  it('publishes the ports of the original on loopback and leaves 8010 free', () => {
    const published = named.flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`));
    expect(published.sort()).toEqual([
      'api 127.0.0.1:8001:8001',
      'mail 127.0.0.1:8025:8025',
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
        expect(isOneShot, `${name} waits for the end of ${other}`).toBe(ONCE.includes(other));
        if (!isOneShot) expect(services[other]?.healthcheck, `${name} waits for ${other}`).toBeTruthy();
      }
    }
    for (const name of ['api', 'worker']) {
      expect(services[name]?.depends_on['migrate']?.condition).toBe('service_completed_successfully');
    }
  });

  it('keeps data in volumes that are declared', () => {
    const used = named.flatMap(([, service]) => service.volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(used.filter((volume) => !volume.startsWith('.')).sort()).toEqual(Object.keys(volumes).sort());
  });

  it('gives every secret as a file, to whom needs it', () => {
    let given = 0;
    for (const [name, service] of named) {
      for (const [variable, value] of Object.entries(service.environment)) {
        if (!/PASSWORD|PWD|SECRET|KEY|DATABASE_URL|SMTP_URL/.test(variable)) continue;
        expect(variable, name).toMatch(/_FILE$/);
        const [, secret = ''] = /^\/run\/secrets\/(.+)$/.exec(value) ?? [];
        expect(service.secrets, `${name}: ${variable}`).toContain(secret);
        given += 1;
      }
      for (const secret of service.secrets) expect(Object.keys(secrets), name).toContain(secret);
    }
    expect(given).toBeGreaterThan(10);
    for (const [name, { file }] of Object.entries(secrets)) expect(file).toBe(`./secrets/${name}`);
    expect(services['worker']?.secrets).not.toContain('postgres-password');
  });

  it('gives our own secrets by variables that the program knows', () => {
    for (const [variable] of Object.entries(services['api']?.environment ?? {}))
      if (variable.endsWith('_FILE')) expect(secretVariables).toContain(variable.replace(/_FILE$/, ''));
  });

  it('runs our own services, and Temporal, without rights and without a place to write', () => {
    for (const name of [...OURS, 'temporal', 'temporal-schema', 'temporal-namespace', 's3', 'mail']) {
      const { read_only, cap_drop, security_opt, tmpfs } = services[name] ?? {};
      expect({ name, read_only, cap_drop, security_opt, tmpfs }).toEqual({
        ...{ name, read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] },
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('bounds the logs of everything, and the memory of what goes on', () => {
    for (const [name, { logging, deploy }] of named) {
      expect(logging?.options, name).toEqual({ 'max-size': '10m', 'max-file': '5' });
      if (!ONCE.includes(name)) expect(deploy?.resources.limits.memory, name).toBeDefined();
    }
  });

  it('lets there be many workers: none has a name or a port of the machine', () => {
    expect(services['worker']?.ports).toEqual([]);
    expect(textOf('docker-compose.yml')).not.toContain('container_name');
  });

  it('has its processes tell their metrics where deploy/prometheus looks for them', () => {
    const { PORT = '', WORKER_PORT = '' } = services['api']?.environment ?? {};
    const scraped = textOf('deploy/prometheus/prometheus.yml');
    expect(scraped).toContain(`targets: ['api:${PORT}']`);
    expect(scraped).toMatch(new RegExp(`names: \\[worker\\]\\s+type: A\\s+port: ${WORKER_PORT}\\b`));
  });

  it('starts again what ended, but for what does its work once', () => {
    for (const [name, { restart, profiles }] of named) {
      if (profiles.length > 0) continue;
      expect(restart, name).toMatch(ONCE.includes(name) ? /^on-failure:\d+$/ : /^unless-stopped$/);
    }
  });
});
