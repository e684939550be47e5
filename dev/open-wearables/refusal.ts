/** An answer that is not a success, as Open Wearables words it: `{"detail": "..."}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: 400 | 401 | 404 | 405 | 409 | 500 | 501 | 503,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** A failure inside Open Wearables: `500 text/plain "Internal Server Error"`. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** A JWT-only endpoint was called with an API key, or with a token that is not good. */
export function notADeveloper(detail = 'Could not validate credentials'): Refusal {
  return new Refusal(401, detail, { 'www-authenticate': 'Bearer' });
}

export function userNotFound(userId: string): Refusal {
  return new Refusal(404, `User with ID: ${userId} not found.`);
}
