import { connect, createServer } from 'node:net';
import { freePort } from '../../dev/servers/ports.js';

/** A way to Postgres that can end a connection while it opens, as a server does that shuts down. */
export interface PostgresProxy {
  readonly url: string;
  /** Ends the next connection when the driver asks for array types. */
  endNext(): void;
  readonly hasEnded: boolean;
  close(): void;
}

export async function startPostgresProxy(target: string): Promise<PostgresProxy> {
  const url = new URL(target);
  const [host, port] = [url.hostname, Number(url.port)];
  let isToEnd = false;
  let hasEnded = false;
  const server = createServer((client) => {
    const upstream = connect(port, host);
    client.on('data', (data) => {
      if (isToEnd && data.includes('pg_catalog.pg_type')) {
        [isToEnd, hasEnded] = [false, true];
        client.end(SHUTDOWN);
        upstream.destroy();
      } else {
        upstream.write(data);
      }
    });
    upstream.pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  url.host = `127.0.0.1:${own}`;
  return {
    url: url.toString(),
    endNext() {
      isToEnd = true;
    },
    get hasEnded() {
      return hasEnded;
    },
    close() {
      server.close();
    },
  };
}

/** The error of Postgres with which it says goodbye. */
const SHUTDOWN = errorResponse({
  ...{ S: 'FATAL', V: 'FATAL', C: '57P01', R: 'ProcessInterrupts' },
  M: 'terminating connection due to administrator command',
});

function errorResponse(fields: Readonly<Record<string, string>>): Buffer {
  const body = Object.entries(fields).map(([name, text]) => `${name}${text}\0`);
  const content = Buffer.from(`${body.join('')}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
