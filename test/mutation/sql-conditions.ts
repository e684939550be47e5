/** Conditions of statements that decide, and the tests that have to notice when one is taken out. */
export interface Statements {
  readonly file: string;
  readonly tests: readonly string[];
  /** Each as it stands there once, with what is taken out `[-so-]` and what takes its place `{+so+}`. */
  readonly conditions: readonly string[];
}

/** What stands consented, what is read and written by it, and who gets in. */
export const statements: readonly Statements[] = [
  {
    file: 'migrations/0008_records.sql',
    tests: ['test/serving/consent-model.int.test.ts'],
    conditions: [
      'i\n[-join study_patients p on p.study_id = i.study_id and p.patient_id = i.patient_id\n-]join',
      '{+left +}join study_scopes sc on',
      '[-\njoin data_source_scopes ds on ds.data_source_id = d.data_source_id and ds.concept_id = i.concept_id-];',
    ],
  },
  {
    file: 'src/db/readers.ts',
    tests: ['test/serving/consented.int.test.ts'],
    conditions: [
      'where p.id = ${patientId}[- and p.id = ${asked}-] and',
      'where [-p.id = ${patientId} and -]p.id = ${asked}',
      'where [-s.organization_id = any(${organizations}) and -]s.id =',
      '[- and s.id = coalesce(${studyId}::integer, s.id)-]',
      '[-          and (${patientId === null} or v.patient_id = ${patientId ?? 0})\n-]',
      '[-m.patient_id = v.patient_id and -]m.organization_id',
      'm.patient_id = v.patient_id[- and m.organization_id = any(${reader.organizationIds as number[]})-]',
    ],
  },
  {
    file: 'src/db/readable-observations.ts',
    tests: ['test/serving/consented.int.test.ts'],
    conditions: [
      'and [-o.effective_start >= s.starts_at and -]o.effective_start < s.ends_at',
      'o.effective_start >= s.starts_at[- and o.effective_start < s.ends_at-]',
      '[-(s.kinds is null or row(o.data_source_id, o.data_type) = any(s.kinds))-]{+true+}`',
    ],
  },
  {
    file: 'src/db/pages.ts',
    tests: ['test/db/pages.int.test.ts', 'test/db/withheld.int.test.ts'],
    conditions: [
      '[-\n        and p.consent_version = (select count(*) from consent_events e where e.patient_id = p.id)-]',
      'from covered_intervals[- where patient_id = ${page.patientId}-]\n',
      'where [-v.concept_id = m.concept_id and -]v.data',
      'v.concept_id = m.concept_id[- and v.data_source_id = m.data_source_id-]',
      '[-          and (m.comes_with_code or m.data_type = any(v.extra_data_types))\n-]',
      'and [-m.effective_start >= v.starts_at and -](v.ends_at',
      'm.effective_start >= v.starts_at[- and (v.ends_at is null or m.effective_start < v.ends_at)-]',
    ],
  },
  {
    file: 'src/db/sessions.ts',
    tests: ['test/db/who-gets-in.int.test.ts'],
    conditions: [
      'where id = ${session.userId}[- and password_hash = ${session.passwordHash}-] for share',
      'u.id = s.user_id[- and s.expires_at > now()-]\n',
      's.expires_at > now()[-\n      and s.seen_at > now() - make_interval(mins => ${idleMinutes})-]\n    returning',
      "[- and l.opens = 'invitation'-]",
      "and [-i.status = 'issued' and -]i.expires_at > now()\n",
      "i.status = 'issued'[- and i.expires_at > now()-]\n",
      "[- and l.opens = 'session'-]",
      '[- and l.used_at is null-]',
      '[- and l.expires_at > now()-]\n',
      "[- and created_at > now() - interval '1 minute'-]",
    ],
  },
  {
    file: 'src/db/access-tokens.ts',
    tests: ['test/db/who-gets-in.int.test.ts'],
    conditions: [
      '[-t.expires_at > now() and -]t.revoked_at',
      'and [-t.revoked_at is null and -]f.revoked_at',
      't.revoked_at is null[- and f.revoked_at is null-]',
      'where id = ${id}[- and user_id = ${userId}-] and family_id',
    ],
  },
  {
    file: 'src/db/authorization-codes.ts',
    tests: ['test/db/single-use.int.test.ts'],
    conditions: [
      "[-i.status = 'issued' and -]i.expires_at > now()",
      "i.status = 'issued'[- and i.expires_at > now()-]",
      '[- and i.code_expires_at <= now()-]',
      '[-\n                and i.redeemed_at > now() - make_interval(hours => ${code.windowHours})-]',
      '[- and used_at is null-] and expires_at > now()',
      'and used_at is null[- and expires_at > now()-]',
    ],
  },
  {
    file: 'src/db/token-families.ts',
    tests: ['test/db/single-use.int.test.ts'],
    conditions: [
      '[- and f.revoked_at is null-] and f.created_at',
      "[- and f.created_at > now() - interval '1 year'-]",
      'where token_hash = ${tokenHash}[- and used_at is null-]\n',
    ],
  },
  {
    file: 'src/db/connect-attempts.ts',
    tests: ['test/db/who-gets-in.int.test.ts'],
    conditions: [
      'return_hash = ${returnHash}[- and session_hash = ${sessionHash}-] and returned_at',
      'session_hash = ${sessionHash}[- and returned_at is null-]\n    returning',
      '[- and session_hash is distinct from ${sessionHash}-]',
      'patient_id = ${patientId}[- and session_hash = ${sessionHash}-] and outcome',
      "[-started_at > clock_timestamp() - interval '1 hour'\n      and -]substring",
    ],
  },
];

/** The text of a file without the condition, or why it cannot be taken out. */
export function without(text: string, condition: string): string {
  const before = condition.replace(/\{\+.*?\+\}/gs, '').replace(/\[-|-\]/g, '');
  const after = condition.replace(/\[-.*?-\]/gs, '').replace(/\{\+|\+\}/g, '');
  const [head = '', ...rest] = text.split(before);
  if (rest.length !== 1) throw new Error(`stands there ${rest.length} times: ${condition}`);
  return [head, ...rest].join(after);
}
