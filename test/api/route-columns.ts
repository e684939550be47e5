/** Everybody who may call the API, in the order of the columns. */
export const callers = [
  'anonymous',
  'patient',
  'other patient',
  'viewer',
  'member',
  'manager',
  'other organization',
  'superuser',
] as const;

export type Caller = (typeof callers)[number];

/** What a row's address and body may need: made anew for every call, in the organization of the columns. */
export interface Fresh {
  readonly study: number;
  readonly patient: number;
  readonly invitation: number;
  readonly organization: number;
  readonly source: number;
  readonly client: number;
  readonly practitioner: number;
  readonly word: string;
}

export interface Row {
  /** Where the call goes; default: the route's own path. */
  readonly at?: (fresh: Fresh) => string;
  readonly body?: (fresh: Fresh) => unknown;
  /** The status for every caller. */
  readonly answers: readonly number[];
}

export const everyone = (status: number) => callers.map(() => status);
export const anyAccount = [401, 200, 200, 200, 200, 200, 200, 200];
export const staff = [401, 403, 403, 200, 200, 200, 200, 200];
export const inside = [401, 403, 403, 200, 200, 200, 403, 403];
export const insideOrSuperuser = [401, 403, 403, 200, 200, 200, 403, 200];
export const own = [401, 200, 403, 200, 200, 200, 403, 403];
export const writers = (status: number) => [401, 403, 403, 403, status, status, 403, status];
export const managers = (status: number) => [401, 403, 403, 403, 403, status, 403, status];
export const superuser = (status: number) => [401, 403, 403, 403, 403, 403, 403, status];

/** Rows by route: `METHOD /path`. */
export type Rows = Readonly<Record<string, Row>>;
