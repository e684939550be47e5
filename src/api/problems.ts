import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { takenConstraint } from '../db/sql.js';

/** An answer that ends a request with `{"detail": ...}` (FHIR: an OperationOutcome). `detail` is a fixed text. */
export class Problem extends HTTPException {
  constructor(
    status: ContentfulStatusCode,
    readonly detail: string,
    /** Further members of the answer, e.g. what is wrong with each field. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(status, { message: detail });
  }
}

export const notAuthenticated = () => new Problem(401, 'Authentication credentials were not provided.');
export const notAllowed = () => new Problem(403, 'You do not have permission to perform this action.');
export const notFound = (what: string) => new Problem(404, `No ${what} matches the given query.`);

/** What a write answers; `taken` when something with this name or id is there already. */
export async function unlessTaken<Result>(write: Promise<Result>, taken: Problem): Promise<Result> {
  try {
    return await write;
  } catch (thrown) {
    throw takenConstraint(thrown) === undefined ? thrown : taken;
  }
}
