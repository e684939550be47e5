import {
  anyAccount,
  staff,
  insideOrSuperuser,
  own,
  writers,
  managers,
  superuser,
  type Rows,
} from './route-columns.js';

const omh = { codingSystem: 'https://w3id.org/openmhealth', codingCode: 'omh:heart-rate:2.0' };
const consent = (consented?: boolean) => ({
  studyScopeConsents: [{ studyId: 30001, scopeConsents: [{ ...omh, consented }] }],
});
const lab = '?organizationId=20003';

export const rowsOfPeople: Rows = {
  'GET /api/v1/users/profile': { answers: anyAccount },
  'GET /api/v1/users/organizations': { answers: anyAccount },
  'GET /api/v1/users/search_by_email': {
    at: () => '/api/v1/users/search_by_email?email=member_megan@example.com',
    answers: [401, 403, 403, 403, 403, 200, 200, 200],
  },
  'GET /api/v1/users': { answers: superuser(200) },
  'GET /api/v1/users/{id}': {
    at: () => '/api/v1/users/10006',
    answers: [401, 200, 403, 403, 403, 403, 403, 200],
  },
  'GET /api/v1/practitioners': { answers: superuser(200) },
  'POST /api/v1/practitioners': {
    body: ({ word }) => ({
      ...{ telecomEmail: `${word}@example.com`, nameFamily: 'Doe', nameGiven: 'Jan', organizationId: 20003 },
    }),
    answers: superuser(201),
  },
  'DELETE /api/v1/practitioners/{id}': {
    at: ({ practitioner }) => `/api/v1/practitioners/${practitioner}`,
    answers: superuser(204),
  },

  'GET /api/v1/patients': { answers: anyAccount },
  'POST /api/v1/patients': {
    body: ({ word }) => ({ organizationId: 20003, telecomEmail: `${word}@example.com` }),
    answers: writers(201),
  },
  'GET /api/v1/patients/me': { answers: [401, 200, 200, 403, 403, 403, 403, 403] },
  'GET /api/v1/patients/me/': { answers: [401, 200, 200, 403, 403, 403, 403, 403] },
  'GET /api/v1/patients/global_lookup': {
    at: () => '/api/v1/patients/global_lookup?email=ll_patient_peter@example.com',
    answers: staff,
  },
  'GET /api/v1/patients/{id}': { at: () => '/api/v1/patients/40001', answers: own },
  'PUT /api/v1/patients/{id}': {
    at: ({ patient }) => `/api/v1/patients/${patient}${lab}`,
    body: () => ({ nameGiven: 'Jan' }),
    answers: writers(200),
  },
  'PATCH /api/v1/patients/{id}': {
    at: ({ patient }) => `/api/v1/patients/${patient}${lab}`,
    body: () => ({ nameGiven: 'Jan' }),
    answers: writers(200),
  },
  'DELETE /api/v1/patients/{id}': {
    at: ({ patient }) => `/api/v1/patients/${patient}${lab}`,
    answers: writers(204),
  },
  'PATCH /api/v1/patients/{id}/global_add_organization': {
    at: ({ patient, organization }) =>
      `/api/v1/patients/${patient}/global_add_organization?organization_id=${organization}`,
    // Of the fresh organization Mary is manager; Megan has no role in it.
    answers: managers(200),
  },
  'GET /api/v1/patients/{id}/consolidated_clients': {
    at: () => '/api/v1/patients/40001/consolidated_clients',
    answers: own,
  },
  'GET /api/v1/patients/{id}/wearable-status': {
    at: () => '/api/v1/patients/40001/wearable-status',
    answers: own,
  },
  'GET /api/v1/patients/{id}/consents': { at: () => '/api/v1/patients/40001/consents', answers: own },
  'POST /api/v1/patients/{id}/consents': {
    at: () => '/api/v1/patients/40001/consents',
    body: () => consent(true),
    // It is answered already: whoever may answer hears that.
    answers: [401, 409, 403, 403, 409, 409, 403, 409],
  },
  'PATCH /api/v1/patients/{id}/consents': {
    at: () => '/api/v1/patients/40001/consents',
    body: () => consent(true),
    answers: [401, 200, 403, 403, 200, 200, 403, 200],
  },
  'DELETE /api/v1/patients/{id}/consents': {
    at: () => '/api/v1/patients/40001/consents',
    body: () => ({ studyScopeConsents: [{ studyId: 30001, scopeConsents: [] }] }),
    answers: [401, 204, 403, 403, 204, 204, 403, 204],
  },

  'GET /api/v1/organizations': { answers: anyAccount },
  'GET /api/v1/organizations/types': { answers: anyAccount },
  'GET /api/v1/organizations/{id}': { at: () => '/api/v1/organizations/20003', answers: anyAccount },
  'GET /api/v1/organizations/{id}/tree': { at: () => '/api/v1/organizations/0/tree', answers: anyAccount },
  'POST /api/v1/organizations': {
    body: ({ word }) => ({ name: word, type: 'team', partOf: 20003 }),
    answers: managers(201),
  },
  'PUT /api/v1/organizations/{id}': {
    at: ({ organization }) => `/api/v1/organizations/${organization}`,
    body: () => ({ name: 'Renamed' }),
    answers: managers(200),
  },
  'PATCH /api/v1/organizations/{id}': {
    at: ({ organization }) => `/api/v1/organizations/${organization}`,
    body: () => ({ name: 'Renamed' }),
    answers: managers(200),
  },
  'DELETE /api/v1/organizations/{id}': {
    at: ({ organization }) => `/api/v1/organizations/${organization}`,
    answers: managers(204),
  },
  'GET /api/v1/organizations/{id}/users': {
    at: () => '/api/v1/organizations/20003/users',
    answers: insideOrSuperuser,
  },
  'GET /api/v1/organizations/{id}/studies': {
    at: () => '/api/v1/organizations/20003/studies',
    answers: insideOrSuperuser,
  },
  'POST /api/v1/organizations/{id}/user': {
    at: () => '/api/v1/organizations/20003/user',
    body: ({ practitioner }) => ({ jheUserId: practitioner, organizationPartitionerRole: 'viewer' }),
    answers: managers(201),
  },
  'DELETE /api/v1/organizations/{id}/remove_user': {
    at: ({ organization }) => `/api/v1/organizations/${organization}/remove_user`,
    body: () => ({ jheUserId: 10002 }),
    answers: managers(204),
  },
};
