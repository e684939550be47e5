import type { Config } from './config.js';
import type { Events } from './events.js';
import { createOpenWearables, type OpenWearables } from './open-wearables/client.js';
import { OpenWearablesFailure } from './open-wearables/failures.js';
import type { RuntimeSettings } from './runtime-settings.js';
import { type Tracing, untraced } from './tracing.js';

export interface Upstream {
  /** The client for the address, key and pace in force; throws OpenWearablesFailure `NotConfigured`. */
  readonly openWearables: () => Promise<OpenWearables>;
  close(): Promise<void>;
}

/** Follows the settings: a changed address, key or pace makes a new client, without a restart. */
export function createUpstream(
  settings: Pick<RuntimeSettings, 'recent' | 'egress'>,
  events: Events,
  signInHosts: Config['SIGN_IN_HOSTS'] = [],
  tracing: Pick<Tracing, 'call'> = untraced,
): Upstream {
  const { egress } = settings;
  let current: { readonly identity: string; readonly client: OpenWearables } | undefined;
  const onFailure = (failure: OpenWearablesFailure, operation: string) => {
    events.upstreamFailed({ kind: failure.kind, operation, status: failure.details.status ?? null });
  };
  return {
    async openWearables() {
      const inForce = await settings.recent();
      const {
        'ow.api_url': url,
        'ow.api_key': apiKey,
        'ow.requests_per_second': requestsPerSecond,
        'ow.requests_at_once': requestsAtOnce,
      } = inForce;
      if (url === '' || apiKey === '' || egress.refusal(url) !== undefined)
        throw new OpenWearablesFailure('NotConfigured');
      const identity = `${url} ${apiKey} ${requestsPerSecond} ${requestsAtOnce}`;
      if (current?.identity !== identity) {
        const replaced = current;
        current = {
          identity,
          client: createOpenWearables({
            url,
            apiKey,
            requestsPerSecond,
            requestsAtOnce,
            onFailure,
            onAnswer: (answer) => {
              events.upstreamAnswered(answer);
            },
            around: (operation, work) => tracing.call(`Open Wearables: ${operation}`, work),
            signInHosts,
            lookup: egress.lookup,
          }),
        };
        // Requests of the replaced client may end; nobody waits for them here.
        void replaced?.client.close();
      }
      return current.client;
    },
    close: async () => current?.client.close(),
  };
}
