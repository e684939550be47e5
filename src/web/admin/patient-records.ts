import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { readableOrganizations } from '../../auth/policies.js';
import { readerOf } from '../../auth/reader.js';
import { requestedScopes } from '../../db/consents.js';
import { birthDateOf, type Patient } from '../../db/patients.js';
import { provenanceOf, revisionsOf } from '../../db/provenance.js';
import { type ObservationRow, readObservations } from '../../db/readable-observations.js';
import { dataPointOf } from '../../fhir/observation.js';
import { dataKind } from '../components/data-kinds.js';
import type { LinkChoice } from '../components/link-choices.js';
import { renderPage } from '../components/render-page.js';
import { adminPaths } from '../views/paths.js';
import { ObservationPage } from '../views/admin/patient/observation.js';
import { type ListedObservation, ObservationsPage } from '../views/admin/patient/observations.js';
import { readablePatient } from './asked-patient.js';
import { measuredWords, numberWords, valueWords } from './observation-words.js';
import { PageRefused } from './page-refused.js';
import { factsOf } from './patient-facts.js';
import { labelOf } from './patient-calendar.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const PAGE = 25;
const ALL_STATUSES = ['final', 'amended', 'entered-in-error'];

/** `2026-11-21T09:48:12.000000Z~60001`: the observation after which a page goes on. */
const position = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z~\d{1,15}$/)
  .transform((text) => text.split('~'))
  .transform(([time = '', id]) => ({ time, id: Number(id) }));

const query = z.object({
  code: z.string().max(100).optional().catch(undefined),
  after: position.optional().catch(undefined),
});

/** The observations of a patient, and each with its provenance. */
export function patientRecordRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients/:id{[0-9]+}/observations', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const { code, after } = query.parse(context.req.query());
    const own = readableOrganizations(context.get('staff'));
    const [found, scopes, birth] = await Promise.all([
      readObservations(reading, readerOf(context.get('staff')), {
        patientId: patient.id,
        statuses: ALL_STATUSES,
        limit: PAGE + 1,
        ...(code === undefined ? {} : { codes: [{ system: null, code }] }),
        ...(after === undefined ? {} : { after }),
      }),
      requestedScopes(reading, patient.id),
      birthDateOf(reading, patient.id),
    ]);
    const asked = scopes.filter(({ organizationId }) => own.includes(organizationId));
    const rows = found.slice(0, PAGE);
    const last = rows.at(-1);
    const home = `${adminPaths.patients}/${patient.id}/observations`;
    return context.html(
      await renderPage(
        ObservationsPage({
          frame: staffFrame(deps, context),
          patient: factsOf(patient, birth),
          observations: await listed(patient, rows),
          kinds: kindsOf(home, asked, code),
          first: after === undefined ? undefined : addressOf(home, code),
          next: found.length > PAGE && last !== undefined ? addressOf(home, code, last) : undefined,
        }),
      ),
    );
  });

  routes.get(
    '/patients/:id{[0-9]+}/observations/:observation{[0-9]{1,15}}',
    only('practitioner'),
    async (context) => {
      const patient = await readablePatient(context, reading, context.req.param('id'));
      return context.html(await observationPage(context, patient, Number(context.req.param('observation'))));
    },
  );
  return routes;

  async function observationPage(context: Context<StaffEnv>, patient: Patient, id: number): Promise<string> {
    const asked = { patientId: patient.id, ids: [id], statuses: ALL_STATUSES, limit: 1 };
    const rows = await readObservations(reading, readerOf(context.get('staff')), asked);
    const [row] = rows;
    const [observation] = await listed(patient, rows);
    if (row === undefined || observation === undefined) throw new PageRefused('not found');
    const [provenance, revisions, birth] = await Promise.all([
      provenanceOf(reading, [id]),
      revisionsOf(reading, id),
      birthDateOf(reading, patient.id),
    ]);
    const origin = provenance.get(id);
    if (origin === undefined) throw new PageRefused('not found');
    return renderPage(
      ObservationPage({
        frame: staffFrame(deps, context),
        patient: factsOf(patient, birth),
        ...{ observation, provenance: origin, identifierSystem: row.identifierSystem },
        revisions: revisions.map((revision) => ({
          ...revision,
          value: valueWords(row.dataType, revision.value, revision.details),
        })),
        dataPoint: JSON.stringify(dataPointOf(row), null, 2),
      }),
    );
  }

  async function listed(patient: Patient, rows: readonly ObservationRow[]): Promise<ListedObservation[]> {
    const provenance = await provenanceOf(
      reading,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => {
      const origin = provenance.get(row.id);
      const before = origin?.before ?? null;
      return {
        href: `${adminPaths.patients}/${patient.id}/observations/${row.id}`,
        measured: measuredWords(row, patient.timeZone),
        kind: labelOf(row.dataType),
        value: valueWords(row.dataType, row.value, row.details),
        before: before === null || before === row.value ? undefined : numberWords(before),
        device: origin?.device ?? 'device not named',
        status: row.status,
        identifier: row.identifier,
        version: (origin?.revisions ?? 0) + 1,
        hasRawObject: origin?.rawKey != null,
      };
    });
  }
}

function kindsOf(
  home: string,
  scopes: readonly { readonly code: string; readonly text: string }[],
  current: string | undefined,
): LinkChoice[] {
  const codes = new Map(scopes.map(({ code, text }) => [code, dataKind(code, text).label]));
  return [
    { href: home, text: 'All', isCurrent: current === undefined },
    ...[...codes].map(([code, text]) => ({ href: addressOf(home, code), text, isCurrent: code === current })),
  ];
}

function addressOf(home: string, code: string | undefined, after?: ObservationRow): string {
  const words = new URLSearchParams();
  if (code !== undefined) words.set('code', code);
  if (after !== undefined) words.set('after', `${after.startUtc}~${after.id}`);
  return words.size === 0 ? home : `${home}?${words.toString()}`;
}
