import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createStudy } from '../../src/db/study-records.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { putObservation } from '../helpers/observations.js';
import { hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from '../api/caller.js';
import { agreements, drawn, type Drawn, known } from './consent-happenings.js';
import * as model from './consent-world.js';

const NEVER = 30_002;
const staff = [
  { email: 'member_megan@example.com', organizations: [model.LAB] },
  { email: 'viewer_victor@example.com', organizations: [model.LAB] },
  { email: 'three_org_tom@example.com', organizations: [model.LAB, model.PULSE, 20008] },
  { email: 'manager_mark@example.com', organizations: [20004, 20005, 20006, model.PULSE] },
  { email: 'admin@example.com', organizations: [] },
];

let world: TestWorld;
let patients: readonly number[];
let studies: readonly number[];
let organizationOf: ReadonlyMap<number, number>;
let measured: readonly model.Measured[];
const tokens = new Map<string, string>();
beforeAll(async () => {
  world = await startTestWorld();
  const { sql } = world.app;
  await sql`update studies set history_days = 90`;
  patients = (await ensureDemoPatients(sql, { organizationId: model.LAB, studyId: NEVER, count: 2 })).map(
    ({ id }) => id,
  );
  await sql`delete from organization_patients where patient_id = any(${patients as number[]})`;
  const made = [];
  for (const organization of [model.LAB, model.LAB, model.PULSE]) {
    made.push({
      ...(await createStudy(sql, { organization, name: 'Model', description: '-', iconUrl: null })),
    });
  }
  studies = made.map(({ id }) => id);
  organizationOf = new Map(made.map(({ id, organization }) => [id, organization]));
  measured = await measure();
  const emails = await sql<{ id: number; email: string }[]>`
    select p.id, u.email from patients p join users u on u.id = p.user_id where p.id = any(${patients as number[]})`;
  for (const { email } of staff) tokens.set(email, await Caller.tokenOf(world, email));
  for (const { id, email } of emails) tokens.set(`patient ${id}`, await Caller.tokenOf(world, email));
});
afterAll(async () => {
  await world.close();
});

/** Of each patient, kind and wearable something between any two events, and about where a first agreement reaches to. */
async function measure(): Promise<model.Measured[]> {
  const all: model.Measured[] = [];
  for (const patient of patients) {
    for (const concept of model.CONCEPTS) {
      for (const source of model.SOURCES) {
        for (const hours of [24 * 92, 24 * 89, ...Array.from({ length: 22 }, (_, nth) => 11.5 - nth / 2)]) {
          const [at, dataType] = [
            hoursAgo(hours),
            concept === model.OXYGEN ? 'oxygen_saturation' : 'heart_rate',
          ];
          const stored = { patientId: patient, conceptId: concept, dataSourceId: source, dataType, at };
          all.push({ id: await putObservation(world.app.sql, stored), patient, concept, source, at });
        }
      }
    }
  }
  return all;
}

/** Nothing has happened yet. */
async function begin(): Promise<model.Standing> {
  const { sql } = world.app;
  await sql`alter table consent_events disable trigger user`;
  await sql`truncate consent_events cascade`;
  await sql`alter table consent_events enable trigger user`;
  await sql`delete from organization_patients where patient_id = any(${patients as number[]})`;
  await sql`delete from study_patients where patient_id = any(${patients as number[]})`;
  await sql`delete from study_data_sources where study_id = any(${studies as number[]})`;
  for (const study of studies) {
    const whose = { patient: 0, study };
    for (const concept of model.CONCEPTS)
      await model.happen(sql, { ...whose, happening: { kind: 'asks', concept } }, new Date());
    await model.happen(sql, { ...whose, happening: { kind: 'uses', source: model.SOURCES[0] } }, new Date());
  }
  for (const source of model.SOURCES) {
    for (const concept of model.CONCEPTS) {
      const measures = { kind: 'measures', source, concept } as const;
      await model.happen(sql, { patient: 0, study: 0, happening: measures }, new Date());
    }
  }
  return new model.Standing(organizationOf);
}

const bundle = z.object({
  total: z.int(),
  entry: z.array(z.object({ resource: z.object({ id: z.string() }).loose() })),
});
const envelope = z.object({ count: z.int(), results: z.array(z.object({ id: z.int() }).loose()) });

async function get(path: string, token = ''): Promise<{ status: number; body: unknown }> {
  const answer = await world.app.server.request(path, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
}

/** What a search answers, and that it counts as many; nothing when it is refused. */
async function served(path: string, token: string): Promise<number[]> {
  const { status, body } = await get(path, token);
  if (status === 403) return [];
  expect(status, path).toBe(200);
  const isFhir = path.startsWith('/FHIR/');
  const found = isFhir ? bundle.parse(body) : envelope.parse(body);
  const ids =
    'entry' in found
      ? found.entry.map(({ resource }) => Number(resource.id))
      : found.results.map(({ id }) => id);
  expect('entry' in found ? found.total : found.count).toBe(ids.length);
  return ids.sort((a, b) => a - b);
}

/** A patient sees all of their own, whatever became of the consents, and nothing of another's. */
async function compareOwn(): Promise<void> {
  for (const patient of patients) {
    const own = measured.filter((each) => each.patient === patient).map(({ id }) => id);
    for (const release of ['R5', 'R4']) {
      const path = `/FHIR/${release}/Observation?_count=1000`;
      expect(await served(path, tokens.get(`patient ${patient}`) ?? ''), `${patient} ${path}`).toEqual(own);
    }
  }
}

async function compare(standing: model.Standing): Promise<void> {
  for (const { email, organizations } of staff) {
    const token = tokens.get(email) ?? '';
    const granted = (among: readonly number[], whose = patients, within = organizations) =>
      measured
        .filter(
          (each) =>
            whose.includes(each.patient) &&
            standing.isGranted(
              each,
              organizations,
              among.filter((study) => within.includes(organizationOf.get(study) ?? 0)),
            ),
        )
        .map(({ id }) => id);
    const asked: readonly (readonly [fhir: string, rest: string, expected: readonly number[]])[] = [
      ['', '', granted(studies)],
      ...studies.map(
        (study) =>
          [`&patient._has:Group:member:_id=${study}`, `&study_id=${study}`, granted([study])] as const,
      ),
      ...patients.map(
        (patient) => [`&patient=${patient}`, `&patient_id=${patient}`, granted(studies, [patient])] as const,
      ),
      [
        `&patient.organization=${model.LAB}`,
        `&organization_id=${model.LAB}`,
        granted(studies, patients, [model.LAB]),
      ],
    ];
    for (const [fhir, rest, expected] of asked) {
      expect(await served(`/FHIR/R5/Observation?_count=1000${fhir}`, token), `${email} ${fhir}`).toEqual(
        expected,
      );
      expect(await served(`/FHIR/R4/Observation?_count=1000${fhir}`, token), `${email} ${fhir}`).toEqual(
        expected,
      );
      expect(await served(`/api/v1/observations?page_size=1000${rest}`, token), `${email} ${rest}`).toEqual(
        expected,
      );
    }
    const visible = new Set(granted(studies));
    for (const { id } of [measured[0], measured[17], measured.at(-1)].flatMap((each) => each ?? [])) {
      for (const release of ['R5', 'R4']) {
        const { status } = await get(`/FHIR/${release}/Observation/${id}`, token);
        expect(status, `${email} ${id}`).toBe(visible.has(id) ? 200 : 404);
      }
    }
  }
}

const placed = ({ patient, study, happening: each }: Drawn): model.Event => ({
  ...{ patient: patients[patient] ?? 0, study: studies[study] ?? 0, happening: each },
});

it('whatever was agreed, stopped, joined and left: REST, R5 and R4 serve what the consents and the caller’s roles cover, and nothing else', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(agreements, { minLength: 4 }),
      fc.array(drawn, { minLength: 4, maxLength: 22 }),
      async (agreed, later) => {
        const standing = await begin();
        // All are in all studies, and some agreed already: what is drawn takes some of it away.
        const first = patients.flatMap((patient) =>
          studies.flatMap((study) => [
            { patient, study, happening: { kind: 'enrols' } as const },
            {
              patient,
              study,
              happening: { kind: 'joins', organization: organizationOf.get(study) ?? 0 } as const,
            },
          ]),
        );
        const begun = [...first, ...agreed.map(placed)].map((event) => [0, event] as const);
        for (const [nth, event] of [...begun, ...later.flat().slice(0, 22).map(placed).entries()]) {
          standing.happen(event, model.timeOf(nth));
          await model.happen(world.app.sql, event, model.timeOf(nth));
        }
        most = Math.max(
          most,
          measured.filter((each) => standing.isGranted(each, [model.LAB], studies)).length,
        );
        await compare(standing);
        await compareOwn();
      },
    ),
    { numRuns: 12, endOnFailure: true, examples: [known] },
  );
  // The property is not true of nothing only.
  expect(most).toBeGreaterThan(10);
}, 300_000);
