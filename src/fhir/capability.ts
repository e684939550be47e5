/** What a CapabilityStatement is made of, beside what never changes. */
export interface CapabilitySource {
  readonly release: 'R5' | 'R4';
  readonly siteUrl: string;
  readonly version: string;
}

/** When what is declared here changed last. */
const DATE = '2026-11-27';
const parameter = (name: string, type: string) => ({ name, type });
const common = [parameter('_id', 'token'), parameter('_lastUpdated', 'date'), parameter('_source', 'uri')];
const readOnly = [{ code: 'read' }, { code: 'search-type' }];

const observation = [
  ...common,
  parameter('patient', 'reference'),
  parameter('identifier', 'token'),
  parameter('code', 'token'),
  parameter('category', 'token'),
  parameter('date', 'date'),
  parameter('status', 'token'),
];
const patient = [
  ...common,
  parameter('identifier', 'token'),
  parameter('birthdate', 'date'),
  parameter('family', 'string'),
  parameter('given', 'string'),
  parameter('name', 'string'),
  parameter('organization', 'reference'),
];

const RESOURCES = {
  R5: [
    {
      type: 'Observation',
      documentation:
        'What was measured, with the Open mHealth data point as attachment; as far as consents stand',
      interaction: [{ code: 'create' }, ...readOnly],
      searchParam: observation,
    },
    {
      type: 'Patient',
      documentation: 'Patients of one’s organizations',
      interaction: readOnly,
      searchParam: patient,
    },
    { type: 'Group', documentation: 'Studies', interaction: readOnly, searchParam: common },
    { type: 'Device', documentation: 'Data sources: wearables', interaction: readOnly, searchParam: common },
  ],
  R4: [
    {
      type: 'Observation',
      documentation: 'What was measured, in LOINC, SNOMED CT and UCUM; as far as consents stand',
      interaction: readOnly,
      searchParam: observation,
    },
  ],
};

/** What this server can do with one release of FHIR. */
export function renderCapabilityStatement({ release, siteUrl, version }: CapabilitySource) {
  return {
    resourceType: 'CapabilityStatement' as const,
    status: 'active' as const,
    date: DATE,
    kind: 'instance' as const,
    software: { name: 'wearable-exchange', version },
    implementation: { description: 'Consented wearable data', url: `${siteUrl}/FHIR/${release}` },
    fhirVersion: release === 'R5' ? '5.0.0' : '4.0.1',
    format: ['json'],
    ...(release === 'R5' ? { patchFormat: ['application/json'] } : {}),
    rest: [
      {
        mode: 'server' as const,
        documentation:
          'Reads follow the consents that stand at that moment and the organizations of the caller',
        security: security(siteUrl),
        ...(release === 'R5' ? { interaction: [{ code: 'batch' }] } : {}),
        resource: RESOURCES[release],
      },
    ],
  };
}

function security(siteUrl: string) {
  const { authorization_endpoint: authorize, token_endpoint: token } = smartConfiguration(siteUrl);
  const url = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
  const system = 'http://terminology.hl7.org/CodeSystem/restful-security-service';
  return {
    extension: [
      {
        url,
        extension: [
          { url: 'authorize', valueUri: authorize },
          { url: 'token', valueUri: token },
        ],
      },
    ],
    service: [{ coding: [{ system, code: 'SMART-on-FHIR' }] }],
  };
}

/** Where SMART on FHIR clients find what they need to sign in. */
export function smartConfiguration(siteUrl: string) {
  return {
    authorization_endpoint: `${siteUrl}/o/authorize/`,
    token_endpoint: `${siteUrl}/o/token/`,
    grant_types_supported: ['authorization_code'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    capabilities: ['launch-standalone', 'client-public', 'client-confidential-symmetric'],
  };
}
