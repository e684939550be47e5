import { everyone, anyAccount, type Row, type Rows } from './route-columns.js';

/** What is not a resource is refused after the caller was: viewers create nothing. */
const creators = [401, 400, 400, 403, 400, 400, 400, 400];

export const rowsOfProtocols: Rows = {
  'GET /health': { answers: everyone(200) },
  'GET /ready': { answers: everyone(200) },
  'GET /metrics': { answers: everyone(200) },
  'POST /api/v1/ow/webhooks': { body: () => ({}), answers: everyone(503) },
  'POST /api/v1/invitation/{token}': {
    at: () => `/api/v1/invitation/${'A'.repeat(43)}`,
    answers: everyone(404),
  },

  'POST /o/token/': { answers: everyone(400) },
  'GET /o/userinfo/': { answers: anyAccount },
  'GET /o/authorize/': { answers: everyone(400) },
  'GET /o/.well-known/openid-configuration': { answers: everyone(200) },
  'GET /o/.well-known/jwks.json': { answers: everyone(200) },

  ...observations('R5'),
  ...observations('R4'),
  'POST /FHIR/R5/Observation': { body: () => ({}), answers: creators },
  'POST /FHIR/R5': { body: () => ({}), answers: creators },
  'POST /FHIR/R5/': { body: () => ({}), answers: creators },
  ...directory('Patient', '40001', [401, 200, 404, 200, 200, 200, 404, 404]),
  ...directory('Group', '30001', [401, 200, 200, 200, 200, 200, 404, 404]),
  ...directory('Device', '70001', [401, 200, 200, 200, 200, 200, 404, 404]),
  ...discovery('R5'),
  ...discovery('R4'),
};

/** A search of one patient; and an observation that is not there, so that nobody sees it. */
function observations(release: string): Record<string, Row> {
  const path = `/FHIR/${release}/Observation`;
  return {
    [`GET ${path}`]: { at: () => `${path}?patient=40001`, answers: [401, 200, 200, 200, 200, 200, 403, 403] },
    [`POST ${path}/_search`]: {
      at: () => `${path}/_search?patient=40001`,
      answers: [401, 200, 200, 200, 200, 200, 403, 403],
    },
    [`GET ${path}/{id}`]: { at: () => `${path}/1`, answers: [401, 404, 404, 404, 404, 404, 404, 404] },
  };
}

function directory(type: string, id: string, answers: readonly number[]): Record<string, Row> {
  const path = `/FHIR/R5/${type}`;
  return {
    [`GET ${path}`]: { answers: anyAccount },
    [`POST ${path}/_search`]: { answers: anyAccount },
    [`GET ${path}/{id}`]: { at: () => `${path}/${id}`, answers },
  };
}

function discovery(release: string): Record<string, Row> {
  return {
    [`GET /FHIR/${release}/metadata`]: { answers: everyone(200) },
    [`GET /FHIR/${release}/.well-known/smart-configuration`]: { answers: everyone(200) },
  };
}
