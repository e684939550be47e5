import { describe, expect, it } from 'vitest';
import * as policies from '../../src/auth/policies.js';
import type { Role, User } from '../../src/db/users.js';

const LAB = 20003;
const PARENT = 20002;

function who(kind: User['kind'], roles: Readonly<Record<number, Role>> = {}, isSuperuser = false) {
  const name = { nameFamily: '', nameGiven: '', email: 'someone@example.com' };
  const user = { id: 1, kind, isSuperuser, patientId: kind === 'patient' ? 40001 : null, ...name };
  return { user, roles: new Map(Object.entries(roles).map(([id, role]) => [Number(id), role])) };
}

const patient = who('patient');
const viewer = who('practitioner', { [LAB]: 'viewer' });
const member = who('practitioner', { [LAB]: 'member' });
const manager = who('practitioner', { [LAB]: 'manager' });
const stranger = who('practitioner', { 20004: 'manager' });
const superuser = who('practitioner', {}, true);
const everyone = { patient, viewer, member, manager, stranger, superuser };

function whoMay(allows: (identity: policies.Identity) => boolean): string[] {
  return Object.entries(everyone).flatMap(([name, identity]) => (allows(identity) ? [name] : []));
}

describe('a route', () => {
  it.each([
    ['any account', ['patient', 'viewer', 'member', 'manager', 'stranger', 'superuser']],
    ['patient', ['patient']],
    ['practitioner', ['viewer', 'member', 'manager', 'stranger', 'superuser']],
    ['patient or member', ['patient', 'member', 'manager', 'stranger', 'superuser']],
    ['member', ['member', 'manager', 'stranger', 'superuser']],
    ['manager', ['manager', 'stranger', 'superuser']],
    ['superuser', ['superuser']],
  ] as const)('for "%s" admits %s', (policy, admitted) => {
    expect(whoMay((identity) => policies.isAdmitted(policy, identity))).toEqual(admitted);
  });
});

describe('what belongs to an organization', () => {
  const peter = { id: 40001, organizationIds: [LAB] };

  it('is read by its members whatever their role, and never by a superuser without membership', () => {
    const study = { organizationId: LAB };
    expect(whoMay((who) => policies.mayReadStudy(who, study))).toEqual(['viewer', 'member', 'manager']);
    const readers = ['patient', 'viewer', 'member', 'manager'];
    expect(whoMay((who) => policies.mayReadPatient(who, peter))).toEqual(readers);
    expect(whoMay((who) => policies.mayReadPatient(who, { ...peter, id: 40002 }))).toEqual(readers.slice(1));
  });

  it('is written from the role of member on', () => {
    const writers = ['member', 'manager', 'superuser'];
    expect(whoMay((who) => policies.mayManageStudy(who, { organizationId: LAB }))).toEqual(writers);
    expect(whoMay((who) => policies.mayManagePatient(who, peter, LAB))).toEqual(writers);
  });

  it('is nothing to a patient, even one who is on the list of members', () => {
    const listed = who('patient', { [LAB]: 'manager' });
    expect(policies.readableOrganizations(listed)).toEqual([]);
    expect(policies.mayReadStudy(listed, { organizationId: LAB })).toBe(false);
    expect(policies.mayManageStudy(listed, { organizationId: LAB })).toBe(false);
    expect(policies.mayReadPatient(listed, { id: 40002, organizationIds: [LAB] })).toBe(false);
  });

  it('is read and written by a role in any one of its organizations', () => {
    const both = { id: 40001, organizationIds: [20009, LAB] };
    expect(policies.mayReadPatient(viewer, both)).toBe(true);
    expect(policies.hasRole(member, [20009, LAB], 'member')).toBe(true);
    expect(policies.hasRole(member, [20009], 'viewer')).toBe(false);
    expect(policies.hasRole(member, [], 'viewer')).toBe(false);
    expect(policies.readableOrganizations(who('practitioner', { 7: 'viewer', [LAB]: 'manager' }))).toEqual([
      7,
      LAB,
    ]);
  });

  it('is not written in the name of an organization that it is not in', () => {
    const elsewhere = who('practitioner', { 20004: 'manager', [LAB]: 'viewer' });
    expect(policies.mayManagePatient(elsewhere, peter, 20004)).toBe(false);
    expect(policies.mayManagePatient(superuser, peter, 20004)).toBe(false);
  });
});

describe('having a patient erased', () => {
  const ofLab = { id: 40001, organizationIds: [LAB] };
  const ofBoth = { id: 40001, organizationIds: [LAB, 20009] };
  const ofBothManager = who('practitioner', { [LAB]: 'manager', 20009: 'manager' });

  it('takes a manager of every organization, or an operator', () => {
    expect(whoMay((who) => policies.mayErasePatient(who, ofLab))).toEqual(['manager', 'superuser']);
    expect(whoMay((who) => policies.mayErasePatient(who, ofBoth))).toEqual(['superuser']);
    expect(policies.mayErasePatient(ofBothManager, ofBoth)).toBe(true);
    const half = who('practitioner', { [LAB]: 'manager', 20009: 'member' });
    expect(policies.mayErasePatient(half, ofBoth)).toBe(false);
  });

  it('of no organization is for operators alone', () => {
    const ofNone = { id: 40001, organizationIds: [] };
    expect(whoMay((who) => policies.mayErasePatient(who, ofNone))).toEqual(['superuser']);
    expect(policies.mayErasePatient(ofBothManager, ofNone)).toBe(false);
  });

  it('names those who have to be asked, and is followed by the managers of any of them', () => {
    expect(policies.organizationsToAsk(manager, [20009, LAB])).toEqual([20009]);
    expect(policies.organizationsToAsk(superuser, [20009, LAB])).toEqual([]);
    expect(whoMay((who) => policies.mayReadErasure(who, ofBoth))).toEqual(['manager', 'superuser']);
  });
});

describe('the organization tree', () => {
  it('hands no role down: a manager of the parent is nobody inside the child', () => {
    const above = who('practitioner', { [PARENT]: 'manager' });
    expect(policies.mayManageStudy(above, { organizationId: LAB })).toBe(false);
    expect(policies.mayReadPatient(above, { id: 40001, organizationIds: [LAB] })).toBe(false);
  });

  it('lets the managers of the parent change an organization, and its own at the top level', () => {
    const child = { id: LAB, partOf: PARENT };
    const above = who('practitioner', { [PARENT]: 'manager' });
    expect(policies.mayManageOrganization(above, child)).toBe(true);
    expect(whoMay((who) => policies.mayManageOrganization(who, child))).toEqual(['superuser']);
    const top = { id: LAB, partOf: 0 };
    expect(whoMay((who) => policies.mayManageOrganization(who, top))).toEqual(['manager', 'superuser']);
    const root = { id: LAB, partOf: null };
    expect(whoMay((who) => policies.mayManageOrganization(who, root))).toEqual(['manager', 'superuser']);
  });

  it('grows under a manager, at the top level by superusers only', () => {
    expect(whoMay((who) => policies.mayFoundUnder(who, LAB))).toEqual(['manager', 'superuser']);
    const ofRoot = who('practitioner', { [policies.ROOT_ORGANIZATION]: 'manager' });
    for (const top of [null, 0]) {
      expect(whoMay((who) => policies.mayFoundUnder(who, top))).toEqual(['superuser']);
      expect(policies.mayFoundUnder(ofRoot, top)).toBe(false);
    }
  });
});
