import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { isFields } from './omh/fields.js';

/** Base URIs by folder; both have files of the same names. */
const BASES: ReadonlyMap<string, string> = new Map([
  ['ieee', 'https://w3id.org/ieee/ieee-1752-schema/'],
  ['omh', 'https://w3id.org/openmhealth/schemas/omh/'],
]);

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

const SCHEMAS = new URL('./omh/schemas/', import.meta.url);

/** What may be a data point: one of ours, or one that somebody posted. */
export interface Candidate {
  readonly header: object;
  readonly body: object;
}

/** Checks data points against the official Open mHealth and IEEE 1752.1 schemas. */
export interface SchemaValidation {
  /**
   * Where a data point breaks the schema of its header, its envelope or its body: paths and keywords, never values.
   * Empty for a valid point.
   */
  readonly problemsOf: (point: Candidate) => readonly string[];
}

/** Reads the 79 schema files; each schema is compiled at its first use. */
export function loadSchemaValidation(): SchemaValidation {
  const ajv = new Ajv({ strict: false, strictNumbers: true });
  ajv.addFormat('date-time', isDateTime);
  ajv.addFormat('uuid', (value) => z.guid().safeParse(value).success);
  // Datasheet references are declared as IRIs, and are plain text in practice.
  ajv.addFormat('iri', true);
  for (const [namespace, base] of BASES) addSchemas(ajv, new URL(`${namespace}/`, SCHEMAS), base);
  return { problemsOf: (point) => problemsOf(ajv, point) };
}

/** RFC 3339, and the same without the colon of the offset, as some write it. */
export function isDateTime(value: string): boolean {
  const strict = value
    .toUpperCase()
    .replace(' ', 'T')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return z.iso.datetime({ offset: true }).safeParse(strict).success;
}

/** The files name themselves without their version, and some as draft-04, which means the same for what they use. */
function addSchemas(ajv: Ajv, folder: URL, base: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const schema: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    if (!isFields(schema)) throw new Error('a schema file holds no object');
    ajv.addSchema({ ...schema, $schema: DRAFT_07, $id: base + file });
  }
}

function problemsOf(ajv: Ajv, point: Candidate): readonly string[] {
  const { namespace, name, version } = schemaIdOf(point.header);
  return [
    ...problemsIn('header', point.header, schemaOf(ajv, 'ieee', 'header', '1.0')),
    ...problemsIn('data point', point, schemaOf(ajv, 'ieee', 'data-point', '1.0')),
    ...problemsIn('body', point.body, schemaOf(ajv, namespace, name, version)),
  ];
}

/** Empty where the header names no schema, which its own schema tells. */
function schemaIdOf(header: object) {
  const id: unknown = Reflect.get(header, 'schema_id');
  const text = (name: string) => (isFields(id) && typeof id[name] === 'string' ? id[name] : '');
  return { namespace: text('namespace'), name: text('name'), version: text('version') };
}

function schemaOf(ajv: Ajv, namespace: string, name: string, version: string): ValidateFunction | undefined {
  return ajv.getSchema(`${BASES.get(namespace) ?? ''}${name}-${version}.json`);
}

function problemsIn(part: string, value: unknown, validate: ValidateFunction | undefined): readonly string[] {
  if (validate === undefined) return [`${part}: no such schema`];
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${part}${instancePath}: ${keyword}`);
}
