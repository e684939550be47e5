import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { performJourney, type StepReport } from '../../dev/journey/journey.js';
import { STUDY } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { WITHOUT_RIGHTS } from './image.js';
import { startProduction, type Production } from './production.js';

/** From here on the patient is connected, and history and polls are read. */
const CONNECTED = 5;

let production: Production;
beforeAll(async () => {
  production = await startProduction();
});
afterAll(async () => {
  await production.stop();
});

it('api and two workers are ready, as the health check of their containers tells', async () => {
  const { api, workers } = production;
  for (const part of [api, ...workers]) {
    expect(await part.healthcheck('health')).toBe(0);
    await until('it is ready', async () => (await part.healthcheck('ready')) === 0);
  }
});

it('nothing of the image can be written by what runs in it, and its parts are listed', async () => {
  const { image } = production;
  const [program, ...args] = [...WITHOUT_RIGHTS, 'touch', path.join(image.folder, 'dist/src/main.js')];
  await expect(promisify(execFile)(program, args)).rejects.toThrow('Permission denied');
  expect((await production.command('version')).code).toBe(0);
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(image.folder, name), 'utf8'));
  const listed = z
    .object({ components: z.array(z.object({ purl: z.string() })) })
    .parse(await json('sbom.cdx.json'))
    .components.map(({ purl }) => decodeURIComponent(purl));
  const { packages: installed } = z
    .object({ packages: z.record(z.string(), z.object({ version: z.string() })) })
    .parse(await json('node_modules/.package-lock.json'));
  const there = Object.entries(installed).map(
    ([place, { version }]) => `pkg:npm/${place.replace(/.*node_modules\//, '')}@${version}`,
  );
  expect(listed.sort()).toEqual([...new Set(there)].sort());
});

it('the journey holds, although one of the two workers is killed in the middle of it', async () => {
  const { place, sandbox, workers } = production;
  const [patient] = await ensureDemoPatients(place.app.sql, { ...STUDY, count: 1 });
  const reports: StepReport[] = [];
  let killed: Promise<void> | undefined;
  await performJourney({
    ...{ world: place, sandbox, patientId: patient?.id ?? 0 },
    report: (step) => {
      reports.push(step);
      if (step.number === CONNECTED) killed = workers[0].process.kill();
    },
  });
  await killed;
  expect(reports.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(reports[7]?.evidence).toBe('OW poll complete (mode=normalized). Created 0 observations.');
  expect(sandbox.control.defects).toEqual([]);
  expect(await workers[0].healthcheck('health')).toBe(1);
  expect(await workers[1].healthcheck('ready')).toBe(0);
});

it('Temporal keeps everything in Postgres, in 512 shards, and what ended for a day', async () => {
  const connection = await Connection.connect({ address: production.temporal.address });
  const { persistenceStore, visibilityStore, historyShardCount } =
    await connection.workflowService.getClusterInfo({});
  expect({ persistenceStore, visibilityStore, historyShardCount }).toEqual({
    ...{ persistenceStore: 'postgres12', visibilityStore: 'postgres12', historyShardCount: 512 },
  });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(86_400);
  await connection.close();
  expect(await closedRunsIn(production.postgresUrl)).toBeGreaterThan(5);
});

it('doctor finds nothing wrong: what finds runs is registered, though nobody did it by hand', async () => {
  const { code, lines, errors } = await production.command('doctor', '--json');
  const { findings } = z
    .object({ findings: z.array(z.object({ part: z.string(), ok: z.boolean(), says: z.string() })) })
    .parse(JSON.parse(lines.join('\n')));
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings).toContainEqual(
    expect.objectContaining({ part: 'search attributes', says: 'are registered at Temporal' }),
  );
  expect([code, errors]).toMatchObject([0, expect.not.stringContaining('error')]);
});

it('what prepares Temporal may run again', async () => {
  await production.temporal.prepareAgain();
  const { code } = await production.command('status');
  expect(code).toBe(0);
});

async function closedRunsIn(url: string): Promise<number> {
  const visibility = Object.assign(new URL(url), { pathname: '/temporal_visibility' }).toString();
  const sql = postgres(visibility, { max: 1 });
  try {
    const [row] = await sql<{ runs: number }[]>`
      select count(*)::int as runs from executions_visibility where close_time is not null`;
    return row?.runs ?? 0;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
