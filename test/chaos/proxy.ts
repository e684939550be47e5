import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a network does to those who use it; the plain data of a script. */
export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  /** Every connection breaks with RST when so many bytes of answers have passed. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The same with FIN: the answer ends in the middle, politely. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  | { readonly kind: 'stall' }
  /** Nobody listens, and whoever was connected is not any more. */
  | { readonly kind: 'refuse' }
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number };

/** A way to a server that can be made bad, and well again. */
export interface Link {
  /** The same for as long as the link lives. */
  readonly port: number;
  /** How many bytes that were sent to the server a stall keeps back. */
  readonly keptBack: number;
  /** From now on; null: healthy. What was held up goes on, what was cut stays cut. */
  set(fault: Fault | null): Promise<void>;
  close(): Promise<void>;
}

/** Below the ports that systems give to outgoing connections, so that nobody takes one while nobody listens. */
const PORTS = { first: 20_000, last: 29_999 };

const FOREVER_MS = 2 ** 31 - 1;

/** Opens a healthy link to a server on this machine; only `host` of its addresses leads there. */
export async function openLink(target: number, host = '127.0.0.1'): Promise<Link> {
  const wire = new Wire(target, host);
  const port = await wire.listenSomewhere();
  return {
    port,
    get keptBack() {
      return wire.keptBack;
    },
    set: (fault) => wire.set(fault),
    close: () => wire.close(),
  };
}

class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #fault: Fault | null = null;
  #keptBack = 0;
  /** Aborted when the fault changes. */
  #changed = new AbortController();

  constructor(
    private readonly target: number,
    private readonly host: string,
  ) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => {
      this.#carry(client);
    });
  }

  get keptBack(): number {
    return this.#keptBack;
  }

  async listenSomewhere(): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      this.#port = PORTS.first + Math.floor(Math.random() * (PORTS.last - PORTS.first));
      try {
        await this.#listen();
        return this.#port;
      } catch (thrown) {
        if (tries === 20) throw thrown;
      }
    }
  }

  async set(fault: Fault | null): Promise<void> {
    const before = this.#fault;
    this.#fault = fault;
    this.#changed.abort();
    this.#changed = new AbortController();
    if (fault?.kind === 'refuse' && before?.kind !== 'refuse') await this.#stopListening();
    if (fault?.kind !== 'refuse' && before?.kind === 'refuse') await this.#listen();
  }

  async close(): Promise<void> {
    this.#fault = null;
    this.#changed.abort();
    await this.#stopListening();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, this.host);
    await once(this.#server, 'listening');
  }

  async #stopListening(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  #carry(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const cut = (how: 'reset' | 'truncate') => {
      if (how === 'reset') client.resetAndDestroy();
      else client.end(() => client.destroy());
      server.destroy();
    };
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.setNoDelay(true);
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroySoon();
      });
    }
    const answers = { passed: 0 };
    void this.#pump(client, server, undefined, cut);
    void this.#pump(server, client, answers, cut);
  }

  /** Carries one direction; `answers` counts what came back since the fault began, and is what a cut goes by. */
  async #pump(
    from: Socket,
    to: Socket,
    answers: { passed: number } | undefined,
    cut: (how: 'reset' | 'truncate') => void,
  ): Promise<void> {
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        let rest = chunk as Buffer;
        while (rest.length > 0 && !to.destroyed) rest = await this.#pass(rest, to, answers, cut);
      }
      to.end();
    } catch {
      // The socket's own error event has told the other side.
    }
  }

  async #unchangedFor(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#changed.signal }).catch(() => undefined);
  }

  /** Sends what the fault of this moment lets through; answers what is left. */
  async #pass(
    data: Buffer,
    to: Socket,
    answers: { passed: number } | undefined,
    cut: (how: 'reset' | 'truncate') => void,
  ): Promise<Buffer> {
    const fault = this.#fault;
    switch (fault?.kind) {
      case 'stall': {
        const question = answers === undefined ? data.length : 0;
        this.#keptBack += question;
        await this.#unchangedFor(FOREVER_MS);
        this.#keptBack -= question;
        return data;
      }
      case 'latency':
        await pause(fault.ms);
        await send(to, data);
        return data.subarray(data.length);
      case 'drip':
        await send(to, data.subarray(0, fault.bytes));
        await this.#unchangedFor(fault.everyMs);
        return data.subarray(fault.bytes);
      case 'reset':
      case 'truncate': {
        if (answers === undefined) break;
        const left = Math.max(0, fault.afterBytes - answers.passed);
        answers.passed += data.length;
        if (data.length <= left) break;
        await send(to, data.subarray(0, left));
        cut(fault.kind);
        return data.subarray(data.length);
      }
      case 'refuse':
      case undefined:
    }
    await send(to, data);
    return data.subarray(data.length);
  }
}

/** Settles when the system has taken the data, or the connection is gone: so that nothing piles up here. */
async function send(to: Socket, data: Buffer): Promise<void> {
  if (data.length === 0) return;
  await new Promise<void>((resolve) => {
    to.write(data, () => {
      resolve();
    });
  });
}
