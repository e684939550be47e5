import { exampleOf, type Schema } from './examples.js';
import { formsOf } from './forms.js';

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}
type Content = Readonly<Record<string, Media>>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
  readonly example?: unknown;
}
interface Answer {
  readonly description: string;
  readonly content?: Content;
}
export interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}
type PathItem = Readonly<Record<string, Operation>>;
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const TAGS: Readonly<Record<string, string>> = {
  'FHIR R5': 'FHIR as the JupyterHealth Exchange serves it: Open mHealth data points as attachments',
  'FHIR R4': 'FHIR as electronic health records read it: LOINC, SNOMED CT, UCUM',
  OAuth: 'Access tokens for programs and patient apps',
};

const PROBLEM = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
const OUTCOME = {
  'application/fhir+json': { schema: { $ref: '#/components/schemas/OperationOutcome' } },
  'application/json': { schema: { $ref: '#/components/schemas/OperationOutcome' } },
};

/**
 * The document with what all operations have alike: a name, the errors that any of them may answer, and an example of
 * everything that goes in or out. What a route says of itself stays.
 */
export function completed(document: Document): Document {
  const resolve = (reference: string): Schema =>
    document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
  const paths = mapped(document.paths, (item, path) =>
    mapped(item, (operation, method) => completeOperation(operation, method, path, resolve)),
  );
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const names = [...new Set(operations.flatMap(({ tags }) => tags ?? []))].sort();
  const tags = names.map((name) => ({ name, description: TAGS[name] ?? `Routes about ${name}` }));
  return { ...document, paths, ...{ tags } };
}

function completeOperation(
  operation: Operation,
  method: string,
  path: string,
  resolve: (reference: string) => Schema,
): Operation {
  const { parameters, requestBody, responses } = operation;
  const withExamples = (content: Content): Content =>
    mapped(content, (media) => ({
      ...media,
      example: media.example ?? exampleOf(media.schema ?? {}, resolve),
    }));
  const content = path.startsWith('/FHIR/') ? OUTCOME : PROBLEM;
  const forms = path.startsWith('/api/v1/') ? formsOf(requestBody?.content ?? {}, resolve) : {};
  const common = {
    ...(parameters === undefined && requestBody === undefined
      ? {}
      : { 400: { description: 'the request cannot be understood', content } }),
    ...(parameters?.some(({ name }) => name === 'page') === true
      ? { 404: { description: 'there is no such page', content } }
      : {}),
    ...(requestBody === undefined
      ? {}
      : {
          413: { description: 'the body is larger than a megabyte', content },
          415: { description: 'the body is of another media type', content },
        }),
    500: { description: 'something failed here; it has been logged under the id of the request', content },
  };
  const answers = mapped({ ...common, ...responses }, (answer, status) => ({
    ...answer,
    headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
    ...contentOf(answer, status),
  }));
  return {
    operationId: operationId(method, path),
    ...operation,
    ...(parameters === undefined
      ? {}
      : {
          parameters: parameters.map((each) => ({
            ...each,
            example: each.example ?? exampleOf(each.schema ?? {}, resolve),
          })),
        }),
    ...(requestBody === undefined
      ? {}
      : { requestBody: { ...requestBody, content: withExamples({ ...requestBody.content, ...forms }) } }),
    responses: answers,
  };

  /** Every refusal has a body, also where a route says no more of it than when it comes. */
  function contentOf(answer: Answer, status: string) {
    if (answer.content !== undefined) return { content: withExamples(answer.content) };
    return Number(status) >= 400 ? { content: withExamples(content) } : {};
  }
}

/** `get /api/v1/studies/{id}` is `getApiV1StudiesById`. */
function operationId(method: string, path: string): string {
  const words = path
    .replaceAll(/\{(\w+)\}/g, 'by $1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const slash = path.endsWith('/') ? ['slash'] : [];
  return method + [...words, ...slash].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function mapped<Value, Result>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
