import {
  anyAccount,
  staff,
  inside,
  writers,
  superuser,
  type Fresh,
  type Row,
  type Rows,
} from './route-columns.js';

export const rowsOfStudies: Rows = {
  'GET /api/v1/studies': { answers: staff },
  'GET /api/v1/studies/{id}': { at: () => '/api/v1/studies/30001', answers: inside },
  'POST /api/v1/studies': {
    body: ({ word }) => ({ organization: 20003, name: word, description: 'D' }),
    answers: writers(201),
  },
  'PUT /api/v1/studies/{id}': {
    at: ({ study }) => `/api/v1/studies/${study}`,
    body: () => ({ name: 'N' }),
    answers: writers(200),
  },
  'PATCH /api/v1/studies/{id}': {
    at: ({ study }) => `/api/v1/studies/${study}`,
    body: () => ({ name: 'N' }),
    answers: writers(200),
  },
  'DELETE /api/v1/studies/{id}': { at: ({ study }) => `/api/v1/studies/${study}`, answers: writers(204) },
  'GET /api/v1/studies/{id}/patients': { at: () => '/api/v1/studies/30001/patients', answers: inside },
  'POST /api/v1/studies/{id}/patients': {
    at: ({ study }) => `/api/v1/studies/${study}/patients`,
    body: ({ patient }) => ({ patientIds: [patient] }),
    answers: writers(201),
  },
  'DELETE /api/v1/studies/{id}/patients': {
    at: ({ study }) => `/api/v1/studies/${study}/patients`,
    body: ({ patient }) => ({ patientIds: [patient] }),
    answers: writers(204),
  },
  ...partOfStudy('scope_requests', { scopeCodeId: 50004 }),
  ...partOfStudy('data_sources', { dataSourceId: 70004 }),
  ...partOfStudy('clients', { client_id: 6 }),

  'GET /api/v1/data_sources': { answers: anyAccount },
  'GET /api/v1/data_sources/all_scopes': { answers: anyAccount },
  'GET /api/v1/data_sources/{id}': { at: () => '/api/v1/data_sources/70004', answers: anyAccount },
  'POST /api/v1/data_sources': { body: ({ word }) => ({ name: `${word} 2` }), answers: superuser(201) },
  'PUT /api/v1/data_sources/{id}': {
    at: ({ source }) => `/api/v1/data_sources/${source}`,
    body: ({ word }) => ({ name: word }),
    answers: superuser(200),
  },
  'PATCH /api/v1/data_sources/{id}': {
    at: ({ source }) => `/api/v1/data_sources/${source}`,
    body: ({ word }) => ({ name: word }),
    answers: superuser(200),
  },
  'DELETE /api/v1/data_sources/{id}': {
    at: ({ source }) => `/api/v1/data_sources/${source}`,
    answers: superuser(204),
  },
  'GET /api/v1/data_sources/{id}/supported_scopes': {
    at: () => '/api/v1/data_sources/70004/supported_scopes',
    answers: anyAccount,
  },
  'POST /api/v1/data_sources/{id}/supported_scopes': {
    at: ({ source }) => `/api/v1/data_sources/${source}/supported_scopes`,
    body: () => ({ scopeCodeId: 50004 }),
    answers: superuser(201),
  },
  'DELETE /api/v1/data_sources/{id}/supported_scopes': {
    at: ({ source }) => `/api/v1/data_sources/${source}/supported_scopes`,
    body: () => ({ scopeCodeId: 50004 }),
    // Nobody ever said that it measures this.
    answers: superuser(404),
  },

  'GET /api/v1/clients': { answers: anyAccount },
  'GET /api/v1/clients/{id}': { at: () => '/api/v1/clients/6', answers: anyAccount },
  'POST /api/v1/clients': {
    body: ({ word }) => ({ name: word, clientId: `${word}-2`, invitationUrl: 'https://app.example/CODE' }),
    answers: superuser(201),
  },
  'PUT /api/v1/clients/{id}': {
    at: ({ client }) => `/api/v1/clients/${client}`,
    body: () => ({ name: 'N' }),
    answers: superuser(200),
  },
  'PATCH /api/v1/clients/{id}': {
    at: ({ client }) => `/api/v1/clients/${client}`,
    body: () => ({ name: 'N' }),
    answers: superuser(200),
  },
  'DELETE /api/v1/clients/{id}': { at: ({ client }) => `/api/v1/clients/${client}`, answers: superuser(204) },
  'GET /api/v1/clients/{id}/data_sources': {
    at: () => '/api/v1/clients/6/data_sources',
    answers: anyAccount,
  },
  'POST /api/v1/clients/{id}/data_sources': {
    at: ({ client }) => `/api/v1/clients/${client}/data_sources`,
    body: () => ({ dataSourceId: 70004 }),
    answers: superuser(201),
  },
  'DELETE /api/v1/clients/{id}/data_sources': {
    at: ({ client }) => `/api/v1/clients/${client}/data_sources`,
    body: () => ({ dataSourceId: 70004 }),
    answers: superuser(404),
  },

  'POST /api/v1/invitation': {
    body: ({ patient }) => ({ patient_id: patient, client_id: 6 }),
    answers: writers(201),
  },
  'GET /api/v1/invitation': { answers: [401, 403, 403, 403, 200, 200, 200, 200] },
  'GET /api/v1/invitation/{id}': {
    at: ({ invitation }) => `/api/v1/invitation/${invitation}`,
    answers: writers(200),
  },
  'PATCH /api/v1/invitation/{id}': {
    at: ({ invitation }) => `/api/v1/invitation/${invitation}`,
    body: () => ({ status: 'cancelled' }),
    answers: writers(200),
  },
  'DELETE /api/v1/invitation/{id}': {
    at: ({ invitation }) => `/api/v1/invitation/${invitation}`,
    answers: writers(204),
  },

  'GET /api/v1/jhe_settings': { answers: superuser(200) },
  'GET /api/v1/jhe_settings/{id}': { at: () => '/api/v1/jhe_settings/1', answers: superuser(200) },
  'POST /api/v1/jhe_settings': {
    body: () => ({ key: 'ow.lookback_hours', valueType: 'int', value: '24' }),
    answers: superuser(201),
  },
  'PUT /api/v1/jhe_settings/{id}': {
    at: () => '/api/v1/jhe_settings/2',
    body: () => ({ value: 'normalized' }),
    answers: superuser(200),
  },
  'PATCH /api/v1/jhe_settings/{id}': {
    at: () => '/api/v1/jhe_settings/2',
    body: () => ({ value: 'normalized' }),
    answers: superuser(200),
  },
  'DELETE /api/v1/jhe_settings/{id}': { at: () => '/api/v1/jhe_settings/2', answers: superuser(204) },
  'GET /api/v1/observations': { answers: staff },

  'POST /api/v1/ow/users': { answers: [401, 200, 200, 403, 403, 403, 403, 403] },
  'GET /api/v1/ow/providers': { answers: anyAccount },
  'GET /api/v1/ow/oauth/{provider}/authorize': {
    at: () => '/api/v1/ow/oauth/oura/authorize',
    answers: [401, 200, 200, 403, 403, 403, 403, 403],
  },
};

function partOfStudy(part: string, body: unknown): Record<string, Row> {
  const at = ({ study }: Fresh) => `/api/v1/studies/${study}/${part}`;
  return {
    [`GET /api/v1/studies/{id}/${part}`]: { at, answers: inside },
    [`POST /api/v1/studies/{id}/${part}`]: { at, body: () => body, answers: writers(201) },
    // It was never there: whoever may take it away hears that.
    [`DELETE /api/v1/studies/{id}/${part}`]: { at, body: () => body, answers: writers(404) },
  };
}
