import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { createOpenWearables, type OpenWearables } from '../../src/open-wearables/client.js';
import type { FailureKind } from '../../src/open-wearables/failures.js';
import type { HttpOptions } from '../../src/open-wearables/http.js';

/** A client and the upstream it talks to. */
export interface Against extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: OpenWearables;
  /** What the client told its owner of failed requests: `operation kind`. */
  readonly told: readonly string[];
}

/** A sandbox and a client of it, both gone when the test is over (`await using`). */
export async function againstSandbox(
  options: Partial<Pick<HttpOptions, 'apiKey' | 'timeoutMs' | 'requestsPerSecond'>> = {},
): Promise<Against> {
  const sandbox = await startSandbox({ historyRunMs: 0, historyDays: 3 });
  const told: string[] = [];
  const client = createOpenWearables({
    url: sandbox.url,
    apiKey: sandbox.apiKey,
    ...options,
    onFailure: ({ kind }: { kind: FailureKind }, operation) => void told.push(`${operation} ${kind}`),
  });
  return {
    ...{ sandbox, client, told },
    async [Symbol.asyncDispose]() {
      await client.close();
      await sandbox.close();
    },
  };
}
