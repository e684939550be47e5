import type { Registry } from 'prom-client';
import type { App } from '../app.js';
import type { Identity } from '../auth/policies.js';

/** What handlers are made of. */
export interface ServerDeps extends Pick<
  App,
  | 'config'
  | 'sql'
  | 'reading'
  | 'settings'
  | 'orchestration'
  | 'oversight'
  | 'health'
  | 'deadLetters'
  | 'limits'
  | 'clientAddress'
  | 'openWearables'
  | 'events'
  | 'post'
  | 'stopping'
  | 'tracing'
> {
  readonly metrics: Registry;
}

/** What middleware leaves for the handlers of the API. */
export interface ApiEnv {
  Variables: { requestId: string; identity: Identity; tokenHash: Buffer };
}
