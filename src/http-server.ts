import { once } from 'node:events';
import { serve, type ServerType } from '@hono/node-server';
import { NamedError } from './errors.js';

/** Whatever answers requests. */
export interface Served {
  readonly fetch: Parameters<typeof serve>[0]['fetch'];
}

export interface RunningHttp {
  readonly url: string;
  /** Takes no new connection, lets running requests end; what has not ended by then is cut. */
  stop(): Promise<void>;
}

/** The longest answer is a download of a patient's whole history. */
const GRACE_MS = 20_000;

/** Listens; throws NamedError `PortTaken` when somebody else does already. Port 0 takes any free one. */
export async function startHttp(
  server: Served,
  { port, host }: { port: number; host: string },
): Promise<RunningHttp> {
  const listener = await listen(server, port, host);
  const address = listener.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${actual}`,
    async stop() {
      const closed = listener.listening ? once(listener, 'close') : Promise.resolve();
      listener.close();
      if ('closeIdleConnections' in listener) listener.closeIdleConnections();
      const last = setTimeout(() => {
        if ('closeAllConnections' in listener) listener.closeAllConnections();
      }, GRACE_MS);
      await closed;
      clearTimeout(last);
    },
  };
}

async function listen(server: Served, port: number, hostname: string): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const listener = serve({ fetch: server.fetch, port, hostname }, () => {
      resolve(listener);
    });
    listener.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new NamedError('PortTaken', `port ${port} is taken; set PORT to another one`) : error);
    });
  });
}
