import { expect, it } from 'vitest';
import { digestOf, type Evidence } from '../../src/erasure.js';

const evidence: Evidence = {
  ...{ erasureId: 90001, patientId: 40001, organizationIds: [20003], askedAs: 'manager', askedBy: 10002 },
  ...{ reason: null, askedAt: '2026-11-21T10:07:00.000Z', endedAt: '2026-11-21T10:08:00.000Z' },
  ...{ counts: { users: 1, patients: 1 }, openWearables: 'deleted' },
  remains: { consentEvents: 3, rawObjects: 0, openWearablesUser: null },
};

it('a tombstone from before there were reasons keeps the digest that it was closed with', () => {
  expect(digestOf(evidence)).toBe('6f59316494a433eec5a9fd01963ff8028eca222313a06fc099b0b4085c7edb96');
});

it('the digest depends on why, and not on the order of the tables', () => {
  const because = digestOf({ ...evidence, reason: 'study over' });
  expect(new Set([because, digestOf(evidence), digestOf({ ...evidence, reason: 'withdrawn' })]).size).toBe(3);
  expect(digestOf({ ...evidence, counts: { patients: 1, users: 1 } })).toBe(digestOf(evidence));
});
