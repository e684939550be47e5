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

interface Place {
  /** 0 takes any free one. */
  readonly port: number;
  readonly host: string;
  /** The variable that names the port. */
  readonly variable?: string;
}

/** Listens; throws NamedError `PortTaken` when somebody else does already. */
export async function startHttp(server: Served, place: Place): Promise<RunningHttp> {
  const { port, host } = place;
  const listener = await listen(server, place);
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

async function listen(server: Served, { port, host, variable = 'PORT' }: Place): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const listener = serve({ fetch: server.fetch, port, hostname: host }, () => {
      resolve(listener);
    });
    listener.once('error', (error: NodeJS.ErrnoException) => {
      const advice = `port ${port} is taken; set ${variable} to another one`;
      reject(error.code === 'EADDRINUSE' ? new NamedError('PortTaken', advice) : error);
    });
  });
}
