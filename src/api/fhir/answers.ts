import type { Context, TypedResponse } from 'hono';
import { accepts } from 'hono/accepts';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { renderOutcome } from '../../fhir/bundle.js';
import type { ApiEnv } from '../env.js';
import { Problem } from '../problems.js';

const FHIR_JSON = 'application/fhir+json';
const OFFERED = [FHIR_JSON, 'application/json'];
const FORMATS = new Map([
  ['json', FHIR_JSON],
  ['fhir+json', FHIR_JSON],
  [FHIR_JSON, FHIR_JSON],
  ['application/json', 'application/json'],
]);

/** The media type that the client wants of ours; undefined when it wants none of them. */
function mediaType(context: Context<ApiEnv>): string | undefined {
  const format = context.req.query('_format');
  // A plus sign arrives as a blank when a client does not encode it.
  if (format !== undefined) return FORMATS.get(format.replace(' ', '+').split(';')[0] ?? '');
  const none = '';
  const type = accepts(context, {
    ...{ header: 'Accept', supports: OFFERED, default: FHIR_JSON },
    match: (wanted) => best(wanted.filter(({ q }) => q > 0)) ?? none,
  });
  return type === none ? undefined : type;
}

function best(wanted: readonly { readonly type: string; readonly q: number }[]): string | undefined {
  for (const { type } of [...wanted].sort((a, b) => b.q - a.q)) {
    if (type === '*/*' || type === 'application/*') return FHIR_JSON;
    const offered = OFFERED.find((each) => each === type.toLowerCase());
    if (offered !== undefined) return offered;
  }
  return undefined;
}

/**
 * Answers a resource in the media type that the client asked for. Its type says nothing of the body: that it is what the
 * document promises is shown for every rendering by the official schemas, not by ours.
 */
export function resource<Status extends ContentfulStatusCode = 200>(
  context: Context<ApiEnv>,
  body: object,
  status?: Status,
) {
  const type = mediaType(context);
  if (type === undefined) {
    throw new Problem(406, 'Only JSON is answered: application/fhir+json or application/json.');
  }
  const answer: Response = context.body(JSON.stringify(body), status ?? 200, { 'Content-Type': type });
  return answer as Response & TypedResponse<never, Status, 'json'>;
}

/** Answers an error, in FHIR's own media type whatever was asked for. */
export function outcome(context: Context<ApiEnv>, status: ContentfulStatusCode, detail: string): Response {
  const type = mediaType(context) ?? FHIR_JSON;
  return context.body(JSON.stringify(renderOutcome(detail)), status, { 'Content-Type': type });
}
