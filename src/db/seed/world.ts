/** The starting world of the JupyterHealth Exchange: same ids, names and relations. All accounts share one password. */
export const SEED_PASSWORD = 'Jhe1234!';

const OMH = 'https://w3id.org/openmhealth';
const IEEE = 'https://w3id.org/ieee1752';
const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types';

export const organizations = [
  { id: 0, name: 'ROOT', type: 'root', part_of: null },
  { id: 20001, name: 'Planetary Research Institute', type: 'edu', part_of: 0 },
  { id: 20002, name: 'Saturn School of Data Science', type: 'team', part_of: 20001 },
  { id: 20003, name: 'Lifespan Lab', type: 'laboratory', part_of: 20002 },
  { id: 20004, name: 'Neptune Health System', type: 'prov', part_of: 0 },
  { id: 20005, name: 'Department of Medicine', type: 'dept', part_of: 20004 },
  { id: 20006, name: 'Cardiology Division', type: 'dept', part_of: 20005 },
  { id: 20007, name: 'Neptunian Pulse Lab', type: 'laboratory', part_of: 20006 },
  { id: 20008, name: 'Cosmic Cardio Lab', type: 'laboratory', part_of: 20006 },
];

export const practitioners = [
  { id: 10001, email: 'admin@example.com', given: 'Ada', family: 'Admin', superuser: true, roles: {} },
  {
    id: 10002,
    email: 'manager_mary@example.com',
    given: 'ManagerMary',
    family: 'Mayer',
    superuser: false,
    roles: { 20001: 'manager', 20002: 'manager', 20003: 'manager' },
  },
  {
    id: 10003,
    email: 'member_megan@example.com',
    given: 'MemberMegan',
    family: 'Moore',
    superuser: false,
    roles: { 20003: 'member' },
  },
  {
    id: 10004,
    email: 'viewer_victor@example.com',
    given: 'ViewerVictor',
    family: 'Vance',
    superuser: false,
    roles: { 20003: 'viewer' },
  },
  {
    id: 10005,
    email: 'three_org_tom@example.com',
    given: 'ThreeOrgTom',
    family: 'Tanaka',
    superuser: false,
    roles: { 20003: 'viewer', 20007: 'member', 20008: 'manager' },
  },
  {
    id: 10011,
    email: 'manager_mark@example.com',
    given: 'ManagerMark',
    family: 'Miller',
    superuser: false,
    roles: { 20004: 'manager', 20005: 'manager', 20006: 'manager', 20007: 'manager' },
  },
];

export const patients = [
  {
    id: 40001,
    user_id: 10006,
    email: 'll_patient_peter@example.com',
    given: 'Peter',
    family: 'Morris',
    birth_date: '1994-06-25',
    organizations: [20003],
    studies: [30001, 30002],
    agreed: [30001],
  },
  {
    id: 40002,
    user_id: 10007,
    email: 'll_patient_pamela@example.com',
    given: 'Pamela',
    family: 'Randall',
    birth_date: '1987-02-11',
    organizations: [20003],
    studies: [30001, 30002],
    agreed: [30001, 30002],
  },
  {
    id: 40003,
    user_id: 10008,
    email: 'npl_patient_percy@example.com',
    given: 'Percy',
    family: 'Olsen',
    birth_date: '1979-10-03',
    organizations: [20007],
    studies: [30004],
    agreed: [30004],
  },
  {
    id: 40004,
    user_id: 10009,
    email: 'ccl_patient_paul@example.com',
    given: 'Paul',
    family: 'Nguyen',
    birth_date: '1969-05-17',
    organizations: [20008],
    studies: [30005],
    agreed: [30005],
  },
  {
    id: 40005,
    user_id: 10010,
    email: 'ccl_cardio_patient_pat@example.com',
    given: 'Pat',
    family: 'Quinn',
    birth_date: '1991-12-30',
    organizations: [20006, 20008],
    studies: [30003, 30005],
    agreed: [30003, 30005],
  },
];

export const patientIdentifiers = [
  { patient_id: 40001, system: 'https://openwearables.io/ns/patient-id', value: 'abc123' },
  { patient_id: 40001, system: 'urn:oid:1.2.3.4', value: 'E1234' },
];

export const concepts = [
  { id: 50001, system: OMH, code: 'omh:blood-glucose:4.0', text: 'Blood glucose' },
  { id: 50002, system: OMH, code: 'omh:blood-pressure:4.0', text: 'Blood pressure' },
  { id: 50003, system: OMH, code: 'omh:body-temperature:4.0', text: 'Body temperature' },
  { id: 50004, system: OMH, code: 'omh:heart-rate:2.0', text: 'Heart Rate' },
  { id: 50005, system: OMH, code: 'omh:oxygen-saturation:2.0', text: 'Oxygen saturation' },
  { id: 50006, system: OMH, code: 'omh:respiratory-rate:2.0', text: 'Respiratory rate' },
  { id: 50007, system: OMH, code: 'omh:rr-interval:1.0', text: 'RR Interval' },
  { id: 50008, system: OMH, code: 'omh:body-weight:3.0', text: 'Body weight' },
  { id: 50009, system: OMH, code: 'omh:forced-vital-capacity:1.0', text: 'Forced vital capacity' },
  {
    id: 50010,
    system: OMH,
    code: 'omh:forced-expiratory-volume-1-second:1.0',
    text: 'Forced expiratory volume 1 second',
  },
  { id: 50011, system: RESOURCE_TYPES, code: 'QuestionnaireResponse', text: 'FHIR QuestionnaireResponse' },
  { id: 50012, system: OMH, code: 'omh:physical-activity:1.2', text: 'Physical activity' },
  { id: 50013, system: OMH, code: 'omh:step-count:3.0', text: 'Step count' },
  { id: 50014, system: IEEE, code: 'ieee:sleep-stage-summary:1.0', text: 'Sleep stage summary' },
  { id: 50015, system: OMH, code: 'omh:sleep-episode:1.1', text: 'Sleep episode' },
  { id: 50016, system: OMH, code: 'omh:sleep-duration:2.0', text: 'Sleep duration' },
];

export const dataSources = [
  { id: 70001, name: 'CareX', type: 'personal_device', provider: null, scopes: [50002, 50004] },
  { id: 70002, name: 'Dexcom', type: 'personal_device', provider: null, scopes: [50001] },
  { id: 70003, name: 'iHealth', type: 'personal_device', provider: null, scopes: [50003, 50004] },
  { id: 70004, name: 'Oura', type: 'personal_device', provider: 'oura', scopes: [50004] },
  { id: 70005, name: 'Questionnaire', type: 'patient_app', provider: null, scopes: [50011] },
  { id: 70006, name: 'Patient Access API', type: 'medical_device', provider: null, scopes: [] },
];

export const studies = [
  {
    id: 30001,
    organization_id: 20003,
    name: 'Lifespan Study on BP & HR',
    description: 'Blood Pressure & Heart Rate',
    scopes: [50002, 50004, 50011],
  },
  {
    id: 30002,
    organization_id: 20003,
    name: 'Lifespan Study on BP',
    description: 'Blood Pressure',
    scopes: [50002, 50011],
  },
  {
    id: 30003,
    organization_id: 20006,
    name: 'Cardiology Div Study on BGL',
    description: 'Blood Glucose',
    scopes: [50001],
  },
  {
    id: 30004,
    organization_id: 20007,
    name: 'Nep Pulse Lab Study on BT',
    description: 'Body Temperature',
    scopes: [50003],
  },
  {
    id: 30005,
    organization_id: 20008,
    name: 'Cosmic Cardio Lab Study on O2',
    description: 'Oxygen Saturation',
    scopes: [50005],
  },
];

/** The client of our own pages for patients. */
export const OWN_CLIENT = 'ow-client';

/** Clients, with the invitation link of the one that this service serves itself. */
export const clients = (siteUrl: string) => [
  { id: 1, name: 'CareX', client_id: 'carex-client', invitation_url: 'https://carex.ai/invitation/CODE' },
  {
    id: 2,
    name: 'CommonHealth',
    client_id: 'commonhealth-client',
    invitation_url: 'https://commonhealth.tcp.org?invitation=CODE',
  },
  {
    id: 3,
    name: 'Patient Access',
    client_id: 'patient-access-client',
    invitation_url: `${siteUrl}/clients/patient-access/?code=CODE`,
  },
  { id: 6, name: 'OW Local', client_id: OWN_CLIENT, invitation_url: `${siteUrl}/clients/ow/?code=CODE` },
];
