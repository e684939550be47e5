import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PlacedSample, SandboxControl } from '../dev/open-wearables/control.js';

/** What the process is asked for, by the names of the sandbox's control. */
export type Call =
  | { readonly name: 'addSamples'; readonly args: Parameters<SandboxControl['addSamples']> }
  | { readonly name: 'setConnection'; readonly args: Parameters<SandboxControl['setConnection']> }
  | { readonly name: 'connect'; readonly args: Parameters<SandboxControl['connect']> }
  | { readonly name: 'sendWebhooksTo'; readonly args: Parameters<SandboxControl['sendWebhooksTo']> }
  | { readonly name: 'setWeather'; readonly args: Parameters<SandboxControl['faults']['setWeather']> }
  | { readonly name: 'forgetRequests' };

export interface Asked {
  readonly number: number;
  readonly call: Call;
}

/** The sandbox Open Wearables in a process of its own, so that its work is nobody else's. */
export interface OpenWearablesProcess {
  readonly pid: number;
  readonly url: string;
  readonly apiKey: string;
  addSamples(owUserId: string, samples: readonly PlacedSample[]): Promise<void>;
  connect(owUserId: string, provider: string): Promise<void>;
  /** As `connect`, as a sign-in at the vendor does it: with the history of the ring. */
  signIn(...account: Parameters<SandboxControl['connect']>): Promise<void>;
  /** Signed, as Svix does; null: no more. */
  sendWebhooksTo(...endpoint: Parameters<SandboxControl['sendWebhooksTo']>): Promise<void>;
  /** What every request meets from now on; null: nothing. */
  setWeather(...weather: Parameters<SandboxControl['faults']['setWeather']>): Promise<void>;
  /** The sandbox keeps a log of its requests, which would grow with the bench. */
  forgetRequests(): Promise<void>;
  stop(): Promise<void>;
}

export async function startOpenWearables(): Promise<OpenWearablesProcess> {
  const child = fork(fileURLToPath(new URL('./open-wearables-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const [place] = (await once(child, 'message')) as [{ readonly url: string; readonly apiKey: string }];
  const waiting = new Map<number, () => void>();
  child.on('message', ({ done }: { readonly done: number }) => {
    waiting.get(done)?.();
    waiting.delete(done);
  });
  let number = 0;
  const ask = (call: Call) => {
    number += 1;
    const asked: Asked = { number, call };
    const answered = new Promise<void>((resolve) => waiting.set(asked.number, resolve));
    child.send(asked);
    return answered;
  };
  return {
    ...{ pid: child.pid ?? 0, ...place },
    addSamples: (...args) => ask({ name: 'addSamples', args }),
    connect: (owUserId, provider) =>
      ask({ name: 'setConnection', args: [owUserId, provider, { status: 'active' }] }),
    signIn: (...args) => ask({ name: 'connect', args }),
    sendWebhooksTo: (...args) => ask({ name: 'sendWebhooksTo', args }),
    setWeather: (...args) => ask({ name: 'setWeather', args }),
    forgetRequests: () => ask({ name: 'forgetRequests' }),
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
