import { z } from 'zod';

/** What the original answers, with exactly its keys: sections 3 and 4 of its reference. Ids are integers. */

export const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3,6})?Z$/);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const id = z.int();
const text = z.string();
const role = z.enum(['manager', 'member', 'viewer', 'super_user']).nullable();

const bare = { id, name: text, type: text };
const organizationInPatient = z.strictObject({
  ...{ ...bare, partOf: id.nullable(), currentUserRole: z.null(), children: z.array(z.never()) },
});
export const organization = z.strictObject({
  ...{ ...bare, partOf: id.nullable(), currentUserRole: role, children: z.array(z.never()) },
});
export const tree: z.ZodType = z.strictObject({
  ...{ ...bare, partOf: id.nullable(), currentUserRole: role, children: z.array(z.lazy(() => tree)) },
});
const identifier = z.strictObject({ id, system: text, value: text });
const patientInProfile = {
  ...{ id, jheUserId: id, identifiers: z.array(identifier), organizations: z.array(organizationInPatient) },
};
export const patient = z.strictObject({
  ...patientInProfile,
  ...{ nameFamily: text, nameGiven: text, birthDate: day.nullable() },
  ...{ telecomPhone: text.nullable(), telecomEmail: text },
});

const profile = { id, userType: text, isSuperuser: z.boolean() };
export const profileOfPatient = z.strictObject({ ...profile, patient: z.strictObject(patientInProfile) });
export const profileOfPractitioner = z.strictObject({
  ...{ ...profile, email: text, firstName: text, lastName: text, patient: z.null() },
  settings: z.strictObject({ currentOrganizationId: id.nullable(), currentStudyId: id.nullable() }),
});

export const scope = z.strictObject({ id, codingSystem: text, codingCode: text, text });
export const dataSource = z.strictObject({ ...bare, supportedScopes: z.array(scope) });

const inConsents = {
  ...{ id, name: text, description: text, organization: z.strictObject(bare) },
  dataSources: z.array(dataSource),
};
export const consents = z.strictObject({
  patient,
  consolidatedConsentedScopes: z.array(scope),
  studiesPendingConsent: z.array(
    z.strictObject({
      ...inConsents,
      pendingScopeConsents: z.array(
        z.strictObject({ code: scope, consented: z.null(), consentedTime: z.null() }),
      ),
    }),
  ),
  studies: z.array(
    z.strictObject({
      ...inConsents,
      scopeConsents: z.array(z.strictObject({ code: scope, consented: z.boolean(), consentedTime: moment })),
    }),
  ),
});
export const consentRows = z.strictObject({
  studyScopeConsents: z.array(
    z.strictObject({
      ...{ id, studyPatient: z.strictObject({ id, study: id, patient: id }), scopeCode: scope },
      ...{ consented: z.boolean(), consentedTime: moment },
    }),
  ),
});

const invitationFields = {
  id,
  patientId: id,
  client_id: id,
  tokenHash: z.string().length(43),
  lastUpdated: moment,
};
export const invitation = z.strictObject({ ...invitationFields, token: z.null(), status: text });
export const issued = z.strictObject({
  ...{
    ...invitationFields,
    // The original's has 32: ours carries 256 bits.
    token: z.string().length(43),
    status: z.literal('issued'),
    invitationLink: z.url(),
  },
});
export const client = z.strictObject({ id, name: text, clientId: text, invitationUrl: text });
export const consolidatedClient = client.extend({ patientInvitations: z.array(invitation) });

export const study = z.strictObject({
  ...{ id, name: text, description: text, organization: z.strictObject(bare), iconUrl: text.nullable() },
});
export const writtenStudy = study.extend({ organization: id });
const studyInPart = writtenStudy.extend({ lastUpdated: moment, patients: z.array(id) });
export const scopeRequest = z.strictObject({ id, study: studyInPart, scopeCode: scope });
export const studyDataSource = z.strictObject({
  ...{ id, study: studyInPart, dataSource: z.strictObject({ ...bare, lastUpdated: moment }) },
});
/** Without what the original tells of the application, its secret above all. */
export const studyClient = z.strictObject({
  ...{ id, study: studyInPart, client: z.strictObject({ id, client_id: text, name: text }) },
});
export const studyPatients = z.strictObject({
  studyPatients: z.array(
    z.strictObject({
      ...{ id, study: studyInPart },
      patient: z.strictObject({
        ...{
          id,
          nameFamily: text,
          nameGiven: text,
          birthDate: day.nullable(),
          telecomPhone: text.nullable(),
        },
        ...{ lastUpdated: moment, jheUser: id, organizations: z.array(id) },
      }),
    }),
  ),
});

export const setting = z.strictObject({
  ...{ id, key: text, valueType: z.enum(['string', 'int', 'bool', 'float', 'json']) },
  ...{ resolvedValue: z.union([text, z.number(), z.boolean()]).nullable(), lastUpdated: moment.nullable() },
});
export const observation = z.strictObject({
  ...{ id, subjectPatientId: id, patientNameFamily: text, patientNameGiven: text, jheUserId: id },
  ...{ codeableConceptId: id, codingSystem: text, codingCode: text, codingText: text, lastUpdated: moment },
  omhData: z.strictObject({
    header: z.looseObject({
      uuid: z.uuid(),
      schema_id: z.strictObject({ namespace: text, name: text, version: text }),
    }),
    body: z.looseObject({ effective_time_frame: z.looseObject({}) }),
  }),
});
export const member = z.strictObject({ id, email: text, firstName: text, lastName: text, role: text });
export const practitioner = z.strictObject({
  ...{ id, jheUserId: id, nameFamily: text, nameGiven: text, telecomEmail: text },
  organizations: z.array(z.looseObject(bare)),
});
/** The original tells `organization` and `practitioner` as objects, and not which keys they have. */
export const membership = z.strictObject({
  ...{ id, organization, practitioner, role: z.enum(['manager', 'member', 'viewer']) },
});
