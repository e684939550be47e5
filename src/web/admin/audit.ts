import { Hono } from 'hono';
import { z } from 'zod';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { auditableOrganizations } from '../../auth/policies.js';
import { auditLines, type AuditSearch } from '../../db/audit-search.js';
import { knownPatients } from '../../db/patients.js';
import { renderPage } from '../components/render-page.js';
import { type AuditAsked, auditHref } from '../views/admin/audit/audit-address.js';
import { AuditPage } from '../views/admin/audit/audit.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const PAGE = 50;
const DAY_MS = 86_400_000;

/** A filter that is left empty is sent as well. */
const given = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((sent) => (sent === '' ? undefined : sent), schema.optional());

const query = z.object({
  patient: given(z.coerce.number().pipe(rowId)),
  who: given(z.coerce.number().pipe(rowId)),
  from: given(z.iso.date()),
  until: given(z.iso.date()),
  before: given(z.coerce.number().int().positive()),
});

/** The audit trail, for managers of what concerns their organizations, for operators all of it. */
export function auditRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/audit', only('manager'), async (context) => {
    const staff = context.get('staff');
    const organizationIds = auditableOrganizations(staff);
    const { data: asked, success: isClear } = query.safeParse(context.req.query());
    const found = isClear ? await auditLines(reading, searchOf(asked, organizationIds)) : [];
    const events = found.slice(0, PAGE);
    const last = events.at(-1);
    const ofPatient = asked?.patient === undefined ? [] : [asked.patient];
    concerns(context, { patients: ofPatient, organizations: organizationIds ?? [] });
    const patients = [...new Set([...ofPatient, ...events.flatMap((event) => event.patients)])];
    const page = AuditPage({
      ...{ frame: staffFrame(deps, context), asked: asked ?? {}, events },
      openable: new Set(await knownPatients(reading, patients)),
      next: found.length > PAGE && last ? auditHref({ ...asked, before: last.id }) : undefined,
      problem: isClear ? undefined : 'Patients and accounts are numbers, as in 40001; days are dates.',
    });
    return context.html(await renderPage(page), isClear ? 200 : 422);
  });
  return routes;
}

function searchOf(asked: AuditAsked, organizationIds: readonly number[] | null): AuditSearch {
  const { patient = null, who = null, from, until, before = null } = asked;
  return {
    ...{ organizationIds, patientId: patient, actorId: who, before, limit: PAGE + 1 },
    from: from === undefined ? null : new Date(from),
    until: until === undefined ? null : new Date(Date.parse(until) + DAY_MS),
  };
}
