import { FORM_TYPES } from '../forms.js';
import type { Schema } from './examples.js';

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

/** The forms that a body in JSON may be sent as: its plain members, unless it needs others. */
export function formsOf(
  content: Readonly<Record<string, Media>>,
  resolve: (reference: string) => Schema,
): Record<string, Media> {
  const schema = content['application/json']?.schema;
  if (schema === undefined) return {};
  const { properties = {}, required = [] } = schema.$ref === undefined ? schema : resolve(schema.$ref);
  const plain = Object.entries(properties).filter(([, member]) => isPlain(member, resolve));
  const names = plain.map(([name]) => name);
  if (names.length === 0 || !required.every((name) => names.includes(name))) return {};
  const form: Schema = { type: 'object', properties: Object.fromEntries(plain), required };
  return Object.fromEntries(FORM_TYPES.map((type) => [type, { schema: form }]));
}

function isPlain(schema: Schema, resolve: (reference: string) => Schema): boolean {
  if (schema.$ref !== undefined) return isPlain(resolve(schema.$ref), resolve);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.every((each) => isPlain(each, resolve));
  if (schema.type === 'array') return schema.items !== undefined && isPlain(schema.items, resolve);
  return schema.type !== 'object' && schema.properties === undefined;
}
