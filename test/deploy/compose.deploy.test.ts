import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMPOSE_FILE, loadCompose } from './compose-model.js';

let folder: string;
let text: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-compose-'));
  text = await readFile(COMPOSE_FILE, 'utf8');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('docker-compose.yml is one that Docker takes, with nothing set', async () => {
  const { services } = await loadCompose(COMPOSE_FILE);
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining(['postgres', 'temporal', 'migrate', 'api', 'worker', 'sandbox', 'mail']),
  );
});

it.each([
  ['a word that nobody knows', 'healthcheck: &ready', 'helthcheck: &ready', /helthcheck/],
  ['a wrong type', 'stop_grace_period: 40s', 'stop_grace_period: [40]', /stop_grace_period must be/],
  [
    'a start order that leads nowhere',
    '      migrate: { condition',
    '      migrated: { condition',
    /migrated/,
  ],
  ['a condition that does not exist', 'condition: service_healthy', 'condition: service_well', /service_/],
  ['a secret that nobody declares', 'secrets: [database-url,', 'secrets: [database-uri,', /database-uri/],
  ['a volume that nobody declares', "['s3:/data']", "['s4:/data']", /s4/],
  ['a port that is none', "'127.0.0.1:8001:8001'", "'127.0.0.1:8001:web'", /web/],
  ['a variable that does not end', '${OW_API_URL:-}', '${OW_API_URL:-', /OW_API_URL/],
])('%s is refused', async (_what, right, wrong, complaint) => {
  expect(text).toContain(right);
  const file = path.join(folder, 'docker-compose.yml');
  await writeFile(file, text);
  await loadCompose(file);
  await writeFile(file, text.replace(right, wrong));
  await expect(loadCompose(file)).rejects.toThrow(complaint);
});
