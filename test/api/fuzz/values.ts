import fc from 'fast-check';
import type { Schema } from '../../../src/api/openapi/examples.js';

/** Ids and codes that the seeded world knows, so that requests meet rows. */
const KNOWN = [
  ...[
    0, 1, 6, 101, 10002, 10006, 20003, 20007, 30001, 30002, 40001, 40002, 40003, 50002, 50004, 60001, 70001,
    70004,
  ],
  ...[
    'omh:heart-rate:2.0',
    'https://w3id.org/openmhealth|omh:heart-rate:2.0',
    'oura',
    '2026-01-01',
    'ge2026-01-01',
  ],
];

/** Values that nobody means: edges of numbers, odd texts, other types. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\0',
    '%00',
    '../..',
    "'; drop table users; --",
    '<script>',
    '🦄',
    '\ud800',
    'null',
  ),
  fc.constantFrom<unknown>(-1, 0, 2 ** 31, 2 ** 53, 1e308, -0.5, '1e999', 'NaN', '9'.repeat(400)),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], { a: { b: null } }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 200, maxLength: 3000 }),
);

/** Values that fit a schema, or nearly. */
export function valueOf(
  schema: Schema,
  resolve: (reference: string) => Schema,
  depth = 0,
): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valueOf(resolve(schema.$ref), resolve, depth);
  if (depth > 6) return fc.constant(null);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((each) => valueOf(each, resolve, depth + 1)));
  const examples = [schema.example, ...(schema.examples ?? [])].filter((each) => each !== undefined);
  const plain = plainValue(schema, resolve, depth);
  return examples.length === 0 ? plain : fc.oneof(fc.constantFrom(...examples), plain);
}

function plainValue(
  schema: Schema,
  resolve: (reference: string) => Schema,
  depth: number,
): fc.Arbitrary<unknown> {
  const types = typeof schema.type === 'object' ? schema.type : [schema.type ?? 'string'];
  return fc.oneof(...types.map((type) => ofType(type, schema, resolve, depth)));
}

function ofType(
  type: string,
  schema: Schema,
  resolve: (reference: string) => Schema,
  depth: number,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectOf(schema, resolve, depth);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, resolve, depth + 1), { maxLength: 3 });
    case 'integer':
      return fc.oneof(fc.constantFrom(...KNOWN.filter((each) => typeof each === 'number')), fc.integer());
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema);
  }
}

function objectOf(schema: Schema, resolve: (reference: string) => Schema, depth: number) {
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const value = fc.oneof(
      { weight: 12, arbitrary: valueOf(member, resolve, depth + 1) },
      { weight: 1, arbitrary: hostile },
    );
    return [name, value] as const;
  });
  return fc.record(Object.fromEntries(members), { requiredKeys: [] }).chain((partial) =>
    // Mostly with everything that is required, so that a request gets beyond its shape.
    fc
      .oneof(
        {
          weight: 3,
          arbitrary: fc.record(
            Object.fromEntries(members.filter(([name]) => schema.required?.includes(name))),
          ),
        },
        { weight: 1, arbitrary: fc.constant({}) },
      )
      .map((required) => ({ ...partial, ...required })),
  );
}

function textOf({ format, pattern }: Schema): fc.Arbitrary<string> {
  const known = fc.constantFrom(...KNOWN).map(String);
  const any = fc.string({ maxLength: 60 });
  if (format === 'uuid') return fc.oneof(fc.uuid(), any);
  if (format === 'date-time' || format === 'date')
    return fc.oneof(fc.constantFrom('2026-11-21T18:00:00Z', '2026-11-21'), any);
  if (pattern !== undefined && !pattern.includes('(?'))
    return fc.oneof(fc.stringMatching(new RegExp(pattern)), any);
  return fc.oneof(known, any);
}
