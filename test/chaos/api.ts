import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Series } from './script.js';
import { CODES, type ChaosWorld } from './world.js';

const PATIENCE_MS = 60_000;
const BEFORE_ANOTHER_TRY_MS = 200;
/** Longer than any fault: a request that was given up could still take effect after the next one. */
const ANSWER_MS = 60_000;

/** Records an answer through the API, as often as it takes until the API says that it stands. */
export async function answer(
  world: ChaosWorld,
  patientId: number,
  series: Series,
  isAgreed: boolean,
): Promise<void> {
  const scope = {
    codingSystem: 'https://w3id.org/openmhealth',
    codingCode: CODES[series],
    consented: isAgreed,
  };
  const body = { studyScopeConsents: [{ studyId: world.study.id, scopeConsents: [scope] }] };
  await insistently(world, `/api/v1/patients/${patientId}/consents`, {
    method: 'PATCH',
    body: JSON.stringify(body),
  });
}

const observations = z.object({ results: z.array(z.object({ id: z.int() }).loose()) });

/** The ids of all observations that a practitioner is served of a patient. */
export async function served(world: ChaosWorld, patientId: number): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const query = `patient_id=${patientId}&study_id=${world.study.id}&page=${page}&page_size=1000`;
    const { results } = observations.parse(await insistently(world, `/api/v1/observations?${query}`, {}));
    ids.push(...results.map(({ id }) => id));
    if (results.length < 1000) return ids;
  }
}

async function insistently(
  world: ChaosWorld,
  path: string,
  request: { readonly method?: string; readonly body?: string },
): Promise<unknown> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answered = await fetch(world.apiUrl + path, {
      ...request,
      headers: { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_MS),
    }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      () => undefined,
    );
    if (answered?.status === 200) return JSON.parse(answered.text);
    // What the API refuses for good is an error of the script.
    if (answered !== undefined && answered.status < 500)
      throw new Error(`${path} answered ${answered.status}`);
    if (performance.now() > deadline) throw new Error(`${path} was not answered in time`);
    await pause(BEFORE_ANOTHER_TRY_MS);
  }
}
