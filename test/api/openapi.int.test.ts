import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { documentOf } from '../../src/api/openapi/routes.js';
import type { Document, Operation } from '../../src/api/openapi/document.js';

let world: TestWorld;
let document: Document;
let operations: (Operation & { name: string; path: string })[];
beforeAll(async () => {
  world = await startTestWorld();
  document = documentOf(world.app.server, world.config.SITE_URL);
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, path, name: `${method} ${path}` })),
  );
});
afterAll(async () => {
  await world.close();
});

/** The names of the operations of which something does not hold. */
const without = (holds: (operation: Operation & { path: string }) => boolean) =>
  operations.filter((operation) => !holds(operation)).map(({ name }) => name);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const checked = await new Validator().validate({ ...structuredClone(document) });
    expect(checked.errors ?? []).toEqual([]);
    expect(checked.valid).toBe(true);
  });

  it('names every operation, once, with a summary, a tag and its security', () => {
    expect(operations.length).toBeGreaterThan(15);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(without(({ operationId = '' }) => /^[a-z][A-Za-z0-9]+$/.test(operationId))).toEqual([]);
    expect(without(({ summary = '' }) => summary.length > 10)).toEqual([]);
    expect(without(({ tags = [] }) => tags.length === 1)).toEqual([]);
    const isOpen = (path: string) => /^\/(health|ready|metrics)$/.test(path);
    expect(without(({ security, path }) => security !== undefined || isOpen(path))).toEqual([]);
  });

  it('has an example of every parameter and body', () => {
    expect(
      without(({ parameters = [] }) => parameters.every(({ example }) => example !== undefined)),
    ).toEqual([]);
    const bodies = ({ requestBody, responses }: Operation) =>
      [requestBody?.content ?? {}, ...Object.values(responses).map(({ content = {} }) => content)].flatMap(
        (content) => Object.values(content),
      );
    expect(without((operation) => bodies(operation).every(({ example }) => example !== undefined))).toEqual(
      [],
    );
  });

  it('declares the parameters of its paths, and the errors of every operation', () => {
    const inPath = (path: string) => (path.match(/\{\w+\}/g) ?? []).map((name) => name.slice(1, -1));
    expect(
      without(({ path, parameters = [] }) => {
        const declared = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
        return inPath(path).every((name) => declared.includes(name));
      }),
    ).toEqual([]);
    expect(without(({ responses }) => '500' in responses)).toEqual([]);
    const secured = ({ security }: Operation) => (security ?? []).length > 0;
    expect(
      without((each) => !secured(each) || ['401', '403'].every((status) => status in each.responses)),
    ).toEqual([]);
    const refusals = ({ responses }: Operation) =>
      Object.entries(responses).filter(([status]) => status >= '400');
    expect(without((each) => refusals(each).every(([, { content }]) => content !== undefined))).toEqual([]);
  });

  it('has examples that fit their own schemas', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'doc', components: document.components });
    const misfits = operations.flatMap(({ name, requestBody, responses }) =>
      [
        ['request', requestBody?.content ?? {}] as const,
        ...Object.entries(responses).map(([status, { content = {} }]) => [status, content] as const),
      ].flatMap(([part, content]) =>
        Object.values(content).flatMap(({ schema = {}, example }) => {
          const local = JSON.parse(
            JSON.stringify(schema).replaceAll('#/components', 'doc#/components'),
          ) as object;
          const validate = ajv.compile(local);
          return validate(example) ? [] : [`${name} ${part}: ${ajv.errorsText(validate.errors)}`];
        }),
      ),
    );
    expect(misfits).toEqual([]);
  });
});

describe('/api/schema', () => {
  const get = async (query: string, accept?: string) =>
    world.app.server.request(`/api/schema${query}`, {
      headers: accept === undefined ? {} : { Accept: accept },
    });

  it.each([
    ['', undefined, 'application/json'],
    ['', '*/*', 'application/json'],
    ['', 'application/yaml', 'application/yaml'],
    ['', 'text/yaml, application/json;q=0.5', 'application/yaml'],
    ['', 'application/vnd.oai.openapi', 'application/yaml'],
    ['?format=yaml', 'application/json', 'application/yaml'],
    ['?format=json', 'application/yaml', 'application/json'],
  ])('%s with Accept %s is answered as %s', async (query, accept, type) => {
    const answer = await get(query, accept);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    const text = await answer.text();
    const read: unknown = type === 'application/yaml' ? parse(text) : JSON.parse(text);
    expect(read).toEqual(JSON.parse(JSON.stringify(document)));
    if (type === 'application/yaml') expect(text.startsWith('openapi: ')).toBe(true);
  });

  it('is answered in no other form', async () => {
    expect((await get('', 'text/html')).status).toBe(406);
    expect((await get('?format=xml')).status).toBe(406);
  });
});
