import type { AccountEnd, AskedAs, ErasureReason, Evidence, Remains } from '../erasure.js';
import { digestOf } from '../erasure.js';
import type { Erased } from './erased-tables.js';
import type { Fragment } from './page.js';
import { leftOf } from './patient-references.js';
import { inTransaction, only, type Sql } from './sql.js';

/** An erasure as it stands; what follows `counts` is null while it runs. */
export interface Erasure {
  readonly id: number;
  readonly patientId: number;
  readonly organizationIds: readonly number[];
  readonly askedAs: AskedAs;
  readonly askedBy: number | null;
  readonly askedAt: Date;
  readonly reason: ErasureReason | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly endedAt: Date | null;
  readonly openWearables: AccountEnd | null;
  readonly remains: Remains | null;
  /** Hexadecimal. */
  readonly digest: string | null;
}

export interface Asking {
  readonly patientId: number;
  readonly askedAs: AskedAs;
  /** Null: the command line. */
  readonly askedBy: number | null;
  /** Null: the patient, or the command line. */
  readonly reason: ErasureReason | null;
  readonly receiptHash: Buffer | null;
}

/**
 * Remembers that a patient is to be erased; who asks again gets the erasure that was asked for, with a receipt of their
 * own. Undefined: there is no such patient, or not any more.
 */
export async function askErasure(sql: Sql, asking: Asking): Promise<Erased | undefined> {
  const { patientId, askedAs, askedBy, reason, receiptHash } = asking;
  const [erasure] = await sql<Erased[]>`
    insert into erasures as e (patient_id, organization_ids, asked_as, asked_by, reason, receipt_hash)
    select p.id, array(select o.organization_id from organization_patients o where o.patient_id = p.id order by 1),
           ${askedAs}, ${askedBy}, ${reason}, ${receiptHash}
    from patients p where p.id = ${patientId}
    on conflict (patient_id) do update set receipt_hash = coalesce(excluded.receipt_hash, e.receipt_hash)
      where e.ended_at is null
    returning e.id as "erasureId", e.patient_id as "patientId"`;
  return erasure;
}

/** Records that every standing agreement ends; answers how many did. */
export async function stopAllConsents(sql: Sql, { erasureId, patientId }: Erased): Promise<number> {
  const result = await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
    select s.patient_id, s.study_id, s.concept_id, 'stopped', e.asked_by, 'erasure', 'erasure'
    from standing_consents s join erasures e on e.id = ${erasureId}
    where s.patient_id = ${patientId} and s.decision = 'agreed'
    order by s.study_id, s.concept_id`;
  return result.count;
}

/** Takes everything off the two rows that are left which says who it is. */
export async function forgetPerson(sql: Sql, { patientId }: Erased): Promise<void> {
  await sql`
    with patient as (
      update patients set birth_date = null, telecom_phone = null, time_zone = 'UTC', language = 'en'
      where id = ${patientId} returning id, user_id
    )
    update users u
    set email = 'erased-' || patient.id || '@erased.invalid', name_family = '', name_given = '', password_hash = null
    from patient where u.id = patient.user_id`;
}

/** How the end came about. */
export interface Concluded {
  /** Columns that name the patient still; when there are any, nothing was concluded. */
  readonly left: readonly string[];
  readonly evidence?: Evidence;
}

/**
 * The end: under the lock of the patient's row, which every row that names the patient must take first, nothing is left;
 * then the row, the account and the open tombstone become a closed one, all or none. What is written about the patient
 * afterwards fails on its foreign key.
 */
export async function concludeErasure(
  sql: Sql,
  erased: Erased,
  openWearables: AccountEnd,
): Promise<Concluded> {
  const { erasureId, patientId } = erased;
  return inTransaction(sql, async (held): Promise<Concluded> => {
    const [patient] = await held<{ userId: number; owUserId: string | null }[]>`
      select user_id as "userId", ow_user_id as "owUserId" from patients where id = ${patientId} for update`;
    if (patient === undefined) return { left: [] };
    const left = await leftOf(held, patientId);
    if (left.length > 0) return { left };
    await stopAllConsents(held, erased);
    const { consentEvents, now } = only(
      await held<{ consentEvents: number; now: Date }[]>`
        select count(*) as "consentEvents", date_trunc('milliseconds', clock_timestamp()) as now
        from consent_events where patient_id = ${patientId}`,
    );
    await held`delete from patients where id = ${patientId}`;
    await held`delete from users where id = ${patient.userId}`;
    const open = only(await erasuresWhere(held, held`id = ${erasureId}`, 1));
    const counts: Erasure['counts'] = { ...open.counts, patients: 1, users: 1 };
    const rawObjects = counts['raw_objects'] ?? 0;
    const namesSomething = openWearables === 'emptied' || openWearables === 'remains' || rawObjects > 0;
    const remains = {
      ...{ consentEvents, rawObjects },
      openWearablesUser: namesSomething ? patient.owUserId : null,
    };
    const evidence = evidenceOf({ ...open, counts, endedAt: now, openWearables, remains });
    await held`
      update erasures
      set counts = ${held.json(counts)}, ended_at = ${now}, open_wearables = ${openWearables},
          remains = ${held.json(remains)}, digest = decode(${digestOf(evidence)}, 'hex')
      where id = ${erasureId}`;
    return { left: [], evidence };
  });
}

/** What the digest is made of. */
function evidenceOf(
  erasure: Omit<Erasure, 'digest'> & { endedAt: Date; openWearables: AccountEnd; remains: Remains },
): Evidence {
  const { id: erasureId, patientId, organizationIds, askedAs, askedBy, reason, askedAt, endedAt } = erasure;
  const { counts, openWearables, remains } = erasure;
  return {
    ...{ erasureId, patientId, organizationIds, askedAs, askedBy, reason },
    ...{ askedAt: askedAt.toISOString(), endedAt: endedAt.toISOString() },
    ...{ counts, openWearables, remains },
  };
}

/** The evidence of an erasure; undefined while it runs. */
export function endedEvidence(erasure: Erasure): Evidence | undefined {
  const { endedAt, openWearables, remains } = erasure;
  if (endedAt === null || openWearables === null || remains === null) return undefined;
  return evidenceOf({ ...erasure, endedAt, openWearables, remains });
}

/** Whether the digest fits what is recorded; undefined while it runs. */
export function isIntact(erasure: Erasure): boolean | undefined {
  const evidence = endedEvidence(erasure);
  return evidence === undefined ? undefined : digestOf(evidence) === erasure.digest;
}

/** An erasure by its number; undefined: there is none. */
export async function findErasure(sql: Sql, id: number): Promise<Erasure | undefined> {
  return (await erasuresWhere(sql, sql`id = ${id}`, 1))[0];
}

export async function erasureOfPatient(sql: Sql, patientId: number): Promise<Erasure | undefined> {
  return (await erasuresWhere(sql, sql`patient_id = ${patientId}`, 1))[0];
}

/** The erasure that a receipt opens. */
export async function erasureOfReceipt(sql: Sql, receiptHash: Buffer): Promise<Erasure | undefined> {
  return (await erasuresWhere(sql, sql`receipt_hash = ${receiptHash}`, 1))[0];
}

/** Erasures of patients of these organizations, or of all, the newest first; from before a number on. */
export async function listErasures(
  sql: Sql,
  organizationIds: readonly number[] | null,
  limit: number,
  before: number | null = null,
): Promise<Erasure[]> {
  const ofThem = organizationIds as number[] | null;
  return erasuresWhere(
    sql,
    sql`(${ofThem}::integer[] is null or organization_ids && ${ofThem}::integer[])
        and (${before}::integer is null or id < ${before})`,
    limit,
  );
}

/** What was asked for and has not ended. */
export async function unfinishedErasures(sql: Sql): Promise<(Erased & { readonly askedAs: AskedAs })[]> {
  return sql<(Erased & { readonly askedAs: AskedAs })[]>`
    select id as "erasureId", patient_id as "patientId", asked_as as "askedAs"
    from erasures where ended_at is null order by id`;
}

async function erasuresWhere(sql: Sql, isWanted: Fragment, limit: number): Promise<Erasure[]> {
  return sql<Erasure[]>`
    select id, patient_id as "patientId", organization_ids as "organizationIds", asked_as as "askedAs",
           asked_by as "askedBy", reason, asked_at as "askedAt", counts, ended_at as "endedAt",
           open_wearables as "openWearables", remains, encode(digest, 'hex') as digest
    from erasures where ${isWanted} order by id desc limit ${limit}`;
}
