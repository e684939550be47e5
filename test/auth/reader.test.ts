import { expect, it } from 'vitest';
import type { Identity } from '../../src/auth/policies.js';
import { readerOf } from '../../src/auth/reader.js';

function identity(
  user: Partial<Identity['user']>,
  roles: [number, 'viewer' | 'member' | 'manager'][] = [],
): Identity {
  const someone = {
    id: 1,
    email: 'a@b.example',
    isSuperuser: false,
    nameFamily: '',
    nameGiven: '',
    patientId: null,
  };
  return { user: { kind: 'practitioner', ...someone, ...user }, roles: new Map(roles) };
}

it('a patient reads as that patient', () => {
  expect(readerOf(identity({ kind: 'patient', patientId: 7 }))).toEqual({ kind: 'patient', patientId: 7 });
});

it('a practitioner reads by membership, whatever the role, and a superuser by nothing else', () => {
  const roles: [number, 'viewer' | 'manager'][] = [
    [20003, 'viewer'],
    [20007, 'manager'],
  ];
  const expected = { kind: 'practitioner', organizationIds: [20003, 20007] };
  expect(readerOf(identity({}, roles))).toEqual(expected);
  expect(readerOf(identity({ isSuperuser: true }))).toEqual({ kind: 'practitioner', organizationIds: [] });
});

it('an account of a patient that has none reads nothing', () => {
  expect(() => readerOf(identity({ kind: 'patient' }))).toThrow('an account of a patient has no patient');
});
