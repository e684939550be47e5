import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document } from '../../../src/api/openapi/document.js';
import type { Call } from './requests.js';

const UUID = /^[0-9a-f-]{36}$/;

/** What is wrong with an answer: against the document, or against what every answer promises. */
export type Judge = (call: Call, answer: Response) => Promise<string | undefined>;

/** Answers are judged by the document alone. */
export function judgeOf(document: Document): Judge {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'doc', components: document.components });
  const compiled = new Map<string, ValidateFunction>();

  return async ({ method, operation, headers }, answer) => {
    const text = await answer.text();
    if (!UUID.test(answer.headers.get('x-request-id') ?? '')) return 'has no id';
    if (answer.headers.get('x-content-type-options') !== 'nosniff') return 'may be sniffed';
    const { status } = answer;
    const declared = document.paths[operation]?.[method.toLowerCase()]?.responses[String(status)];
    if (status >= 500 && !isUpstream(operation)) return `fails: ${text}`;
    // A page for people is asked for, or none of our media types: what is answered then is no part of the document.
    if (declared === undefined)
      return status === 406 && headers['accept'] === 'text/html' ? undefined : `answers ${status}: ${text}`;
    const media = Object.keys(declared.content ?? {});
    if (media.length === 0) return undefined;
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (!media.includes(type)) return `answers ${status} as ${type}`;
    return type.endsWith('json') ? misfit(`${operation} ${method} ${status} ${type}`, text) : undefined;

    function misfit(name: string, body: string): string | undefined {
      const schema = declared?.content?.[type]?.schema ?? {};
      const local = JSON.stringify(schema).replaceAll('#/components', 'doc#/components');
      const validate = compiled.get(name) ?? ajv.compile(JSON.parse(local) as object);
      compiled.set(name, validate);
      return validate(JSON.parse(body))
        ? undefined
        : `${status}: ${ajv.errorsText(validate.errors)}: ${body.slice(0, 300)}`;
    }
  };
}

/** Routes that ask Open Wearables may say that it failed. */
const isUpstream = (path: string) =>
  path.includes('/ow/') || path.includes('/oauth/') || path.endsWith('wearable-status');
