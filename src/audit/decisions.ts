/** How a request to a route is recorded. */
export interface Audited {
  /**
   * `read`: before the answer leaves, with everybody it tells about. `change`: when it is about to happen, and how it
   * ended. `entry`: somebody gets in, or fails to; before a session or a token is made, and how it ended.
   */
  readonly kind: 'read' | 'change' | 'entry';
  /** In the words of whoever reads the trail. */
  readonly action: string;
}

/** Why a route needs no record. */
export interface Unrecorded {
  readonly kind: 'none';
  readonly because: string;
}

export type Decision = Audited | Unrecorded;

/** What was decided about some routes, by `METHOD /pattern`. */
export type Decisions = Readonly<Record<string, Decision>>;

export const read = (action: string): Audited => ({ kind: 'read', action });
export const change = (action: string): Audited => ({ kind: 'change', action });
export const entry = (action: string): Audited => ({ kind: 'entry', action });
export const none = (because: string): Unrecorded => ({ kind: 'none', because });
