import fc from 'fast-check';
import type { Document, Operation } from '../../../src/api/openapi/document.js';
import type { Schema } from '../../../src/api/openapi/examples.js';
import { hostile, valueOf } from './values.js';

/** One generated call of an operation. */
export interface Call {
  readonly method: string;
  /** The path of the document, e.g. `/api/v1/studies/{id}`. */
  readonly operation: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Calls of every operation of the document, by any of these callers, mostly well-formed. */
export function callsOf(document: Document, tokens: readonly (string | null)[]): fc.Arbitrary<Call> {
  const resolve = (reference: string): Schema =>
    document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => callOf(method, path, operation, tokens, resolve)),
  );
  return fc.oneof(...operations);
}

type Resolve = (reference: string) => Schema;

function callOf(
  method: string,
  path: string,
  { parameters = [], requestBody }: Operation,
  tokens: readonly (string | null)[],
  resolve: Resolve,
): fc.Arbitrary<Call> {
  const value = (schema: Schema | undefined, example: unknown) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(example) },
      { weight: 4, arbitrary: valueOf(schema ?? {}, resolve) },
      { weight: 2, arbitrary: hostile },
    );
  const given = (place: string) => parameters.filter((each) => each.in === place);
  const inPath = given('path').map(
    ({ name, schema, example }) => [name, value(schema, example).map(segment)] as const,
  );
  const inQuery = given('query').map(({ name, schema, example }) => [name, value(schema, example)] as const);
  const media = Object.entries(requestBody?.content ?? {});
  const body =
    media.length === 0
      ? fc.constant(undefined)
      : fc.oneof(...media.map(([type, { schema, example }]) => bodyOf(type, value(schema, example))));
  return fc
    .record({
      path: fc.record(Object.fromEntries(inPath)),
      query: fc.record(Object.fromEntries(inQuery), { requiredKeys: [] }),
      token: fc.constantFrom(...tokens),
      accept: fc.constantFrom(undefined, '*/*', 'application/json', 'application/fhir+json', 'text/html'),
      body,
    })
    .map(({ path: segments, query, token, accept, body: sent }) => ({
      ...{ method: method.toUpperCase(), operation: path },
      address: addressOf(path, segments, query),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(accept === undefined ? {} : { accept }),
        ...(sent === undefined ? {} : { 'content-type': sent.type }),
      },
      body: sent?.text,
    }));
}

/** A segment of a path: never empty, and no dots that an address would take for a step. */
function segment(value: unknown): string {
  // Half a surrogate pair has no form in an address.
  const text = textOf(value).replaceAll(/\p{Surrogate}/gu, '?');
  return /^\.*$/.test(text) ? 'x' : encodeURIComponent(text);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function addressOf(
  path: string,
  segments: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, textOf(each));
  }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => segments[name] ?? 'x');
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function bodyOf(type: string, value: fc.Arbitrary<unknown>) {
  const form = (members: unknown) => {
    const pairs = membersOf(members).map(([name, member]): [string, string] => [name, textOf(member)]);
    return new URLSearchParams(pairs).toString();
  };
  const text = value.map((each) => (type.includes('json') ? JSON.stringify(each) : form(each)));
  const broken = fc.constantFrom('', '{', '[]', 'null', '"\\ud800"', '{"__proto__":1}');
  return fc.record({
    type: fc.oneof(
      { weight: 19, arbitrary: fc.constant(type) },
      { weight: 1, arbitrary: fc.constant('text/plain') },
    ),
    text: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: broken }),
  });
}
