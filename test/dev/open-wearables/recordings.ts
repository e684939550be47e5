import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const folder = new URL('../../fixtures/open-wearables/recorded/', import.meta.url);

const recordingShape = z.object({
  note: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().optional(),
    form: z.record(z.string(), z.string()).optional(),
  }),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
  }),
});

/** One request and the answer of the real server, key and tokens left out. */
export type Recording = z.infer<typeof recordingShape> & { readonly name: string };

/** Recordings that the sandbox does not replay, with the reason: the one place that says what is missing. */
export const NOT_REPLAYED: Readonly<Record<string, string>> = {
  'flow-webhooks-endpoint-create-201': 'webhook delivery is switched off, as it is by default',
  'flow-webhooks-endpoint-create-bad-400': 'webhook delivery is switched off',
  'flow-webhooks-endpoint-delete-204': 'webhook delivery is switched off',
  'flow-webhooks-endpoints-200': 'webhook delivery is switched off',
  'flow-webhooks-messages-200': 'webhook delivery is switched off',
  'flow-webhooks-patch-200': 'webhook delivery is switched off',
  'flow-webhooks-secret-200': 'webhook delivery is switched off',
  'flow-webhooks-test-200': 'webhook delivery is switched off',
  // flow-webhooks-attempts-200 (4 MB) is not among the fixtures for the same reason.
};

export function recordingNames(): string[] {
  return readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
}

export function recordingOf(name: string): Recording {
  const parsed = recordingShape.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
  return { ...parsed, name };
}

/** A query parameter of a recording that is sent once. */
export function parameter(recording: Recording, name: string): string | undefined {
  const value = recording.request.query[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The user id in the path, when there is one. */
export function userInPath(recording: Recording): string | undefined {
  return /\/users\/([0-9a-f]{8}-[0-9a-f-]{27})/.exec(recording.request.path)?.[1];
}
