import type { Context } from 'hono';
import { rowId } from '../../api/routes.js';
import { mayManageStudy, readableOrganizations } from '../../auth/policies.js';
import type { Sql } from '../../db/sql.js';
import { staffStudy, type StaffStudyDetail } from '../../db/staff-studies.js';
import { PageRefused } from './page-refused.js';
import type { StaffEnv } from './staff.js';

/** The study of this address, if this practitioner may read it; whichever is not there and whichever is not theirs look the same. */
export async function readableStudy(context: Context<StaffEnv>, sql: Sql): Promise<StaffStudyDetail> {
  const id = rowId.safeParse(Number(context.req.param('id')));
  const own = readableOrganizations(context.get('staff'));
  const study = id.success ? await staffStudy(sql, id.data, own) : undefined;
  if (study === undefined) throw new PageRefused('not found');
  return study;
}

/** The same for what changes something: members of the study's organization may. */
export async function manageableStudy(context: Context<StaffEnv>, sql: Sql): Promise<StaffStudyDetail> {
  const study = await readableStudy(context, sql);
  if (!mayManageStudy(context.get('staff'), study)) throw new PageRefused('not allowed');
  return study;
}
