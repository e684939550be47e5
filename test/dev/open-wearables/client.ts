import { startSandbox } from '../../../dev/open-wearables/sandbox.js';
import type { Sandbox, SandboxOptions } from '../../../dev/open-wearables/sandbox.js';
import { z } from 'zod';

/** A sandbox of a test's own, closed when the test is over (`await using`). */
export async function openSandbox(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ historyRunMs: 0, historyDays: 3, ...options });
  return { ...sandbox, [Symbol.asyncDispose]: () => sandbox.close() };
}

export function call(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'X-Open-Wearables-API-Key': sandbox.apiKey, 'content-type': 'application/json' };
  return fetch(sandbox.url + path, { headers, redirect: 'manual', ...init });
}

export async function read<T>(shape: z.ZodType<T>, response: Response | Promise<Response>): Promise<T> {
  return shape.parse(await (await response).json());
}

/** A user known by an external id; answers the Open Wearables id. */
export async function createUser(sandbox: Sandbox, externalId = 'ow:1'): Promise<string> {
  const body = JSON.stringify({ external_user_id: externalId });
  const { id } = await read(
    z.object({ id: z.string() }),
    call(sandbox, '/api/v1/users', { method: 'POST', body }),
  );
  return id;
}

/** A user whose ring is connected and whose history is stored. */
export async function connectedUser(sandbox: Sandbox, externalId?: string): Promise<string> {
  const userId = await createUser(sandbox, externalId);
  sandbox.control.connect(userId, 'oura');
  return userId;
}

const pageShape = z.object({
  data: z.array(z.object({ timestamp: z.string(), type: z.string(), value: z.number() })),
  pagination: z.object({ next_cursor: z.string().nullable(), total_count: z.number() }),
});

/** All rows of a window, page by page. */
export async function readAll(
  sandbox: Sandbox,
  userId: string,
  from: Date,
  to: Date,
  types: readonly string[] = [],
) {
  const rows: z.infer<typeof pageShape>['data'] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      start_time: from.toISOString(),
      end_time: to.toISOString(),
      limit: '100',
    });
    for (const type of types) query.append('types', type);
    if (cursor !== null) query.set('cursor', cursor);
    const path = `/api/v1/users/${userId}/timeseries?${query.toString()}`;
    const page: z.infer<typeof pageShape> = await read(pageShape, call(sandbox, path));
    rows.push(...page.data);
    cursor = page.pagination.next_cursor;
  } while (cursor !== null);
  return rows;
}
