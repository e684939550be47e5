import { describe, expect, it } from 'vitest';
import { decided, requireDecisions, subjectsOfPath } from '../../src/audit/decided.js';
import { openDatabase } from '../../src/db/sql.js';
import { serverAlone } from '../helpers/server-alone.js';
import { routesOf } from '../web/header-rows.js';

const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

/** Routes that only some installations have. */
const WITH_EVERYTHING = {
  TEMPORAL_PAYLOAD_KEYS: 'a key of this test and of nothing else',
  TEMPORAL_UI_URL: 'http://localhost:8233',
};

describe('what is recorded of each route', () => {
  it('is decided for every route there is, and for no other', () => {
    const { server } = serverAlone(openDatabase(NOWHERE, 1), NOWHERE, WITH_EVERYTHING);
    expect(Object.keys(decided).sort()).toEqual(routesOf(server));
  });

  it('is decided before a server can be built', () => {
    expect(() => {
      requireDecisions([{ method: 'GET', path: '/api/v1/secrets' }]);
    }).toThrow('routes that nobody decided to record or not: GET /api/v1/secrets');
  });

  it('is a name of an action, or a reason why not', () => {
    for (const [route, decision] of Object.entries(decided))
      expect(decision.kind === 'none' ? decision.because : decision.action, route).toMatch(
        /^[a-z][\w' ,:;-]{5,}$/i,
      );
  });
});

it.each([
  ['/api/v1/patients/:id/consents', '/api/v1/patients/40001/consents', { patients: [40001] }],
  ['/admin/patients/:id{[0-9]+}/days', '/admin/patients/40001/days', { patients: [40001] }],
  ['/FHIR/R5/Patient/:id', '/FHIR/R5/Patient/40001', { patients: [40001] }],
  ['/api/v1/users/:id', '/api/v1/users/10002', { account: 10002 }],
  ['/api/v1/invitation/:token', '/api/v1/invitation/NULgpYyGzyAOsoP3AEcM', {}],
  ['/api/v1/patients/:id', '/api/v1/patients/99999999999999', {}],
  ['/api/v1/patients', '/api/v1/patients', undefined],
])('%s at %s is about %j', (pattern, path, expected) => {
  expect(subjectsOfPath(pattern, path)).toEqual(expected);
});
